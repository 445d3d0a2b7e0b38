"""Words that are a fact only as the answer to a question: "뽑아야죠", "내가 때워야지 뭐", "애 없어요".

Whether the question was asked is the conversation's to know: the entities end in ``_if_asked``.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_COVERS = {
    "dispatch": re.compile(r"파견|아웃소싱|용역\s?(?:업체|회사)"),
    "coworkers": re.compile(
        r"나눠|나누|분담|동료|돌아가면서|남은\s?(?:사람|직원)|(?:다른\s?)?직원들?이\s?(?:하|해|같이|대신)"
        r"|같이\s?(?:해|하)|우리끼리|로테이션|교대로|당번|합반|한\s?명\s?(?:빼|뺐|돌려|돌렸)|떠안|겸직|겸임"
    ),
    "hire": re.compile(
        r"뽑|채용|구해야|구할|구하려|구해요|구했|구인|공고|워크넷|알바천국|이력서|면접|경력직|신입"
        r"|새\s?(?:사람|직원)|새로\s?(?:오|온|들)|모셨|모시기로|오기로"
        r"|(?:알바|사람|계약직|기간제|단기)(?:를|을|로)?\s?(?:써|쓰|쓸|씁)"
    ),
    "none": re.compile(
        r"때우|때워|때울|버티|버텨|그냥\s?(?:둬|두|비워|없이)|비워\s?(?:둬|두|둘)"
        r"|안\s?뽑|(?:내가|제가|사장이)\s?(?:해|하|다|직접|대신)|없는\s?대로|업무를\s?줄|(?:가족|와이프|아내|남편|처제|아들|딸|부모님)[이가]\s[^.]{0,6}(?:도와|돕|나와)"
    ),
}
_NOT_HIRED = re.compile(
    r"안\s?(?:뽑|구|쓰|써|쓸|씁|채용|올렸|냈)|못\s?(?:뽑|구|쓰|써)|(?:뽑|채용하|구하|쓰)지\s?(?:는\s)?(?:않|못)"
)
_GIVES = re.compile(r"(?<![가-힣])(?:줄\s?(?:거|생각|까|게|예정)|주려|줘야|줘요|주죠|드리|드려|줍니다|챙겨|지급)")
_GIVES_NOT = re.compile(r"(?:안|못)\s?(?:줘|주|줄)|(?:줄|주)\s?(?:생각|형편|여유)[이은도는]?\s?(?:없|안)")
_CHILD = r"(?:아이|애|애기|아기|자녀)"
# A place among what was offered: "1번이요", "두 번째 걸로 할게요", "맨 위에 거", "제일 빠른 시간으로요".
_PLACES = (("첫", "1"), ("두", "둘", "2"), ("세", "셋", "3"), ("네", "4"), ("다섯", "5"), ("여섯", "6"))
_NTH = {name: place for place, names in enumerate(_PLACES, 1) for name in names}
_BEFORE = r"^\s*(?:그럼|그냥|네|음|저는|전)?[\s,]*"
_ONE = r"\s?(?:거|꺼|것|걸|게|시간|자리|날)"
_PLEASE = (
    r"\s?(?:로|으로|려)?\s?(?:(?:할게|할께|할래|해\s?주세|해\s?줘|부탁(?:해|드려|드릴게)?|주세|이)?요?|이에요|예요|입니다|하겠습니다)"
    r"[\s.!~]*$"
)
_CHOICE = re.compile(rf"{_BEFORE}(?P<nth>첫|두|둘|세|셋|네|다섯|여섯|[1-6])\s?번(?:째|쨰)?(?:{_ONE})?{_PLEASE}")
_FIRST = re.compile(
    rf"{_BEFORE}(?:(?:맨|제일|가장)\s?(?:위|앞|처음|먼저|빠른|이른)(?:에|의)?(?:{_ONE})?|처음{_ONE}){_PLEASE}")
_LAST = re.compile(
    rf"{_BEFORE}(?:(?:맨|제일|가장)\s?(?:아래|밑|끝|뒤|나중|늦은)(?:에|의)?(?:{_ONE})?|마지막{_ONE}){_PLEASE}")
_NO_CHILD = re.compile(rf"{_CHILD}(?:가|는|도|들이)?\s?(?:아직\s?)?없|미혼|{_CHILD}\s?있는\s?(?:사람|직원)[은이]? 없")


def find(said: Said) -> list[Fact]:
    """ "cover_if_asked", "allowance_if_asked", "no_child_if_asked" and "choice_if_asked" of a short message.

    A question gives none. A choice is its number among what was offered, from 1; -1 is the last.
    """
    if len(said.text) > 40 or "?" in said.text:
        return []
    found: list[Fact] = []
    covers = [(name, match) for name, pattern in _COVERS.items() if (match := pattern.search(said.text))]
    if _NOT_HIRED.search(said.text):
        covers = [(name, match) for name, match in covers if name != "hire"]
    if len(covers) == 1:
        name, match = covers[0]
        found.append(Fact("cover_if_asked", name, match.start(), match.end()))
    for pattern, value in ((_GIVES_NOT, False), (_GIVES, True)):
        if match := pattern.search(said.text):
            found.append(Fact("allowance_if_asked", value, match.start(), match.end()))
            break
    if match := _NO_CHILD.search(said.text):
        found.append(Fact("no_child_if_asked", True, match.start(), match.end()))
    if match := _CHOICE.match(said.text):
        found.append(Fact("choice_if_asked", _NTH[match["nth"]], match.start(), match.end()))
    elif match := _FIRST.match(said.text):
        found.append(Fact("choice_if_asked", 1, match.start(), match.end()))
    elif match := _LAST.match(said.text):
        found.append(Fact("choice_if_asked", -1, match.start(), match.end()))
    return found
