"""Whether a Korean message has the shape of a question, of a reported request, or of bare words to look up.

Only the form is looked at; whether the knowledge holds an answer is decided in ``surely_asked.py``.
"""

from __future__ import annotations

import re
from typing import Literal

from knowledge_base.answer_choice import lacks_subject
from knowledge_base.morphemes import morphemes
from knowledge_base.search_text import matters, normalised

Shape = Literal["question", "request", "reported", "look_up", "bare"]

# "얼마 안 됐어요", "언제든", "뭔가", "그렇지 뭐": words of asking that ask nothing.
_ASKS_NOTHING = re.compile(
    r"얼마\s*(안|전|되지|못)|언제든|언제나(?!요)|아무\s*때|뭔가(?!요)|뭐든|프랜차이즈|스물하나|"
    r"(지|죠)\s*뭐|뭐\s*(어때|됐)|어떻게든|누구든|누구나|어디든|왠지|"
    r"(우리야|그냥)\s*뭐|왜냐"
)
# Who does not know or puts off answering asks nothing either.
_KNOWS_NOT = re.compile(r"모르|몰라|글쎄|기억이|가물|(나중|다음)에\s*(알려|말)|못\s*정했|안\s*(정했|물어봤)|미정|"
    r"궁금하?지?\s*않|안\s*궁금")
_WORD_OF_ASKING = re.compile(
    r"며칠|몇\s*(일|개월|달|년|번|회|주|살|세|시간|퍼|프로|명\s*까지)|얼마|얼만|언제|무엇|무슨|무얼|뭐|뭘|뭔|뭣|어떻게|어케|어뜨케|"
    r"어떡|어떤\s|어디|누가|누구|왜|어느|궁금|차이"
)
_TELL_ME = re.compile(
    r"(알려|설명해?|가르쳐|말해)\s*(줘|주세|주실|주시|달라|주라|줄래)|"
    r"(바뀌|바뀐|달라지|달라진|새로\s*생긴)\s*(는|은)?\s*(거|것|점|내용)[\s.~?]*$"
)
_ENDS_ASKING = re.compile(
    r"((?<![끝겁지만떠혼어화])나(요|여)|까(요|여)|[은는인던한된]가요?|건가|[은는인한된을]지요?|"
    r"[가-힣]냐고?요?|(습|합|됩|입)니까|[가-힣](?<![겁만지떠혼하이거구바])나|[은는]요|"
    r"(아|어|해|줘|여|려|가|켜|써|라|도)도\s*(되|돼|됨|괜찮)(요|여|용|지|죠|지요)?|"
    r"(해야|줘야|내야|써야|여야|와야|가야|어야|아야)\s*(되|돼|하|함|됨|한다)(요|여|지|죠|지요|는지|는데)?|(해|줘|내|써|여|와|가|어)야|"
    r"되는\s*거(죠|지|에요|예요|야|임)?|맞(죠|지|지요)|(되|돼|주|하|나오|받|있|없)(죠|지요)|다던데요?|다면서요?)"
    r"[\s.~!ㅠㅜㅋㅎ]*$|"
    r"면\s*[가-힣\s]{1,14}(되|돼|나와|나오|줘|받아|있어|없어)(요|여|용)[\s.~]*$|"
    r"(있|없|되|하|주|받|[인은는한])(나요|가요)(?=[\s,.])|(될|할|줄|을|를)까요(?=[\s,.])"
)
# A condition left hanging asks what then: "노동청에서 조사 나오면", "중간에 그만두면은요".
_HANGS = re.compile(
    r"(하|되|오|가|면|두|주|내|쓰|치|나|누|추|꾸|으|았|었|했|리|키|이|보|르|없|있|않)으?면(은요?|요)?[\s.~?!…]*$"
)
# What an employee asks for, told by whoever must answer it.
_ASKS_FOR = re.compile(
    r"(안|못)\s*(줘요|주네요|해\s*줘요|보내\s*줘요|된대요|된다네요|해\s*준대요|준대요|보내\s*준대요)|"
    r"(달래|달라(고|는|네|던|셔|함)|겠대|겠다(고|네|는|며|던)|게\s*해\s*달|싶대|싶다(고|네|는|며)|해\s*주래|재요)"
)
# What an employee is said to do or to have done: "철회한대요", "놓쳤대요", "돌아온다는데요".
_REPORTED = re.compile(
    r"(?P<before>[가-힣])대(요|용|여)?[\s.~!?ㅠㅜㅋㅎ]*$|"
    r"(다네|다는데|답니다|라는데|라네|다고\s*(해|합|하|했)[가-힣]*)요?[\s.~!?ㅠㅜㅋㅎ]*$"
)
_FEWEST_NOUNS = 2  # one word alone is mostly an answer or the beginning of a talk
_N, _SS = 4, 20  # final consonants ㄴ and ㅆ as Unicode counts them
# At a loss what to do: what they tell of is what matters ("직원이 육아휴직 간대요 어떡하죠").
_AT_A_LOSS = re.compile(r"어떡하?(죠|지|나|냐|해|면)?|어쩌|어떻게\s*(해야|하죠|하지|하나|할지|해요|할까)")
# Where one sentence ends and the next begins, with or without a full stop.
_NEXT_SENTENCE = re.compile(r"(?<=[.?!])\s+(?!\d)|\n+|(?<=니다)\s+|(?<=[어아에해예세데고]요),?\s+")
# The last word of a look-up without a predicate.
_LOOKED_UP = re.compile(
    r"(조건|방법|기한|서류|금액|비용|기간|자격|대상|절차|양식|신청|급여|월급|연차|퇴직금|4대보험|건강보험|세금|세액공제|"
    r"처벌|벌금|과태료|상한|하한|의무|여부|지원|지원금|장려금|혜택|차이|해고|거부|분할|연장|출산휴가|유급|무급)(은|는|도)?[\s.~?!]*$"
)
# Notes on the firm rather than a search: "12월 출산 예정", "식당 운영 중", "직원 20명".
_TELLS = re.compile(r"(예정|중|시작|명|인|이상|미만|이하|정도|쯤|운영|생각|계획|사용|취소|종사|업|요)[\s.~!]*$")


def shape_of(text: str) -> Shape | None:
    """The shape of ``text``; None for a plain statement, a bare word and whoever says that they do not know."""
    clean = normalised(text)
    if _KNOWS_NOT.search(clean):
        return None
    asking = _ASKS_NOTHING.sub(" ", clean)
    lost = _AT_A_LOSS.search(asking)
    asking = _AT_A_LOSS.sub(" ", asking)
    if "?" in text.replace("어떡해?", "") or _WORD_OF_ASKING.search(asking) or _TELL_ME.search(asking):
        return "question"
    if _ENDS_ASKING.search(asking) or _HANGS.search(asking):
        return "question"
    if lost or _ASKS_FOR.search(clean):
        return "request"
    if _is_reported(clean):
        return "reported"
    return _looked_up(clean)


def asking_part(text: str) -> str:
    """``text`` from its first question on, where that names by itself what it asks about; else all of it.

    A greeting and who one is only hide the question from the search: "안녕하세요. 식당인데요. 출산휴가 며칠이에요?"
    """
    sentences = [part for part in _NEXT_SENTENCE.split(text.strip()) if part.strip()]
    first = next((at for at, part in enumerate(sentences) if shape_of(part) == "question"), 0)
    asks = sentences[first] if sentences else ""
    return " ".join(sentences[first:]) if first and matters(asks)[0] and not lacks_subject(asks) else text


def asking_sentences(text: str) -> str:
    """The sentences of ``text`` that ask, without those that tell: the first of "월급은요? 월 400 받아요"."""
    asks = [part for part in _NEXT_SENTENCE.split(text.strip()) if part.strip() and shape_of(part) == "question"]
    return " ".join(asks) or text


def _is_reported(text: str) -> bool:
    """Whether ``text`` ends as hearsay; "세대요" ends so by its letters only."""
    found = _REPORTED.search(text)
    if found is None:
        return False
    before = found["before"]
    return before is None or (ord(before) - ord("가")) % 28 in (_N, _SS)


def _looked_up(text: str) -> Shape | None:
    """ "look_up" or "bare" where the text ends in a noun and is no sentence; None for a sentence and for one word."""
    if _TELLS.search(text):
        return None
    if _LOOKED_UP.search(text):
        return "look_up"
    tokens = morphemes(text)
    nouns = sum(token.tag.startswith(("NNG", "NNP", "SL")) for token in tokens)
    sentence = any(token.tag == "EF" for token in tokens)
    ends_in_noun = bool(tokens) and tokens[-1].tag.startswith(("NNG", "NNP", "XSN"))
    several = " " in text.strip() or nouns > _FEWEST_NOUNS  # "육아휴직" is one word of two nouns
    return "bare" if ends_in_noun and not sentence and several and nouns >= _FEWEST_NOUNS else None
