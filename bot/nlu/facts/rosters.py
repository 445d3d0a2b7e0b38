"""A staff told as a list of who is there and how many: "객실 정비 12 프런트 6 식음 9", "현장에 마흔 사무실에 여섯".

Whatever the people or their places are called, two or more names each with its number are one whole. Lists of
customers, of those who leave and of things are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.nlu.facts.fact import Said
from bot.nlu.facts.movers import Count
from bot.nlu.facts.numbers import NUMBER, Number, read_number
from bot.nlu.facts.staff import STAFF

_MANY = (
    r"(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)|열|스물|서른|마흔|쉰"
    r"|예순|일흔"
)
_UNIT = (
    r"살|세|개|대|달|월|일|년|시|시간|분\s?(?:간|동안)|층|호|평|번|차|주|만|만원|원|퍼|교대|군데|곳|마리|석|마지기|째|개월|년차|시간|동|채"
)
_NO_UNIT = rf"(?!(?:{_UNIT})(?![하해합])|\s(?:{_UNIT})(?![가-힣])|\s?%|[.:/~-]\d|\d)"
_ITEM = re.compile(
    r"(?:(?<![가-힣\d])|(?<=(?<!\d)[1-9]))(?P<who>[가-힣]{1,7}?|[A-D](?:동|점|팀|반|조)?)(?:님)?(?:들)?(?:쪽)?(?P<at>에서?|에는)?(?:은|는|이|가|만|도|:|으로)?(?:\s(?:한|약|총))?\s?"
    rf"(?:(?P<counted>{NUMBER})\s?(?P<unit>명|분(?!\s?(?:간|동안|정도))|인(?![가-힣])|사람)(?:씩(?!\s))?"
    rf"|(?P<bare>\d{{1,3}}|{_MANY}){_NO_UNIT}(?=[이에하랑와과고,./·+)\s예요입인있]|$))"
)
# What may stand between two of the list; a word or two may tell more of the next ("객실 정비 12").
_BETWEEN = re.compile(
    r"\s?(?:(?:이?고요?|이구요?|이랑|랑|하고|이며|에다가?|에|와|과|있고요?|계시고요?|이?에요|이?요|예요|입니다|그리고|[,./·+(&])\s?){0,3}"
    r"\s?(?:(?:그리고|거기에|또|아|음)[,\s]\s?)?(?P<more>[가-힣]{1,4}\s)?"
)
_WHOLES = re.compile(
    r"^(?:저|나|제|내|직원|인원|총원|근로자|종업원|임직원|사원|식구|사람|멤버|구성원|상시|상시근로자|전체|모두|총|합|합계|다|전부|회사|저희|우리|지금"
    r"|현재|팀원|정원|직원수|인원수|중|그중|이중|가운데|포함|제외|빼면|빼고|말고|나머지|이렇게|해서|합쳐서|또는|아니|내년|작년|올해)$"
)
_OTHERS = re.compile(
    r"면접|지원자|이력서|손님|고객|환자|원생|학생|원아|회원|수강생|어르신|입소자|이용자|아이|애들?$|애기|아기|자녀|첫째|둘째|셋째|아들|딸|휴직|육휴|출휴|출산|임신"
    r"|단축|복직|퇴사|퇴직|신규|채용|보험|가입|대표|사장|오전|오후|아침|저녁|점심|주말|평일|초등|유치원생|하루|매출|평수|가구|가족|월세|테이블"
    r"|좌석|병상|^객실$|^방$|룸$|프리랜서|외주|임원|이사$|감사$|조합원|이상|미만|이하|초과|예정|부터|까지|하나|둘|셋|넷|남았|나가|들어|반기|지난|이번|정원|현원|현재원|재적|채용|퇴직|입사|사고|병가"
)
# Where people stand, beside the words that ``STAFF`` has.
_PEOPLE = re.compile(
    rf"(?:{STAFF})$|(?:자|사|원|터|너|장|님|모|바|직|생|저|수|머|부|팀|조|반|점|실|파트|라인|층|급|쪽|무|비|당|공|서빙|시설|식음|정규|계약|마케팅|디자인|개발|기획|생산|물류|품질|회계"
    r"|인사|구매|연구|지원|카운터|프런트|프론트|안내|상담|배차|포장|분류|설계|편집|제작|조리|연장반|방역|보일러|라운지|하우스키핑|내근|외근|주간|야간|상근)$"
)
_DENIED = re.compile(r"\s?(?:명|분)?\s?(?:말고|아니|→|->|에서\s)")
_NOW_OURS = re.compile(r"저희|우리|저흰|우린|여기는|여긴|나는|저는|지금은")
_OF_A_GENDER = re.compile(r"^(?:남|여|남자|여자|남성|여성|남직원|여직원)$")
_FEWEST_UNCOUNTED, _A_FEW = 3, 2
_LEAVES = re.compile(
    r"\s?[이가은는]?\s?[^.,가-힣]{0,8}(?:[가-힣]{1,3}\s){0,2}?(?:육휴|출휴|휴직|육아|출산|임신|휴가|단축|쉬|쉰|빠)"
)


_OWNER = re.compile(r"(?:사장|대표|대표자|대표이사|원장|점주|사업주|오너|무급가족종사자|가족종사자)")


@dataclass(frozen=True)
class _Item:
    who: str
    number: int
    start: int
    end: int
    counted: bool
    at_place: bool


def rosters(said: Said) -> list[Count]:
    """The lists of the message, each as one count, the sum of its parts."""
    if told := _besides(said) or _at_each_place(said):
        return [told]
    found: list[Count] = []
    chain: list[_Item] = []
    for item in [*_items(said), None]:
        if item and _OWNER.fullmatch(item.who) and item.number <= _A_FEW:
            if chain and _goes_on(said, chain[-1], item):
                chain[-1] = replace(chain[-1], end=item.end)  # "영업 6 창고 5 대표 1"
            continue  # "원장 1 간호 4": no staff
        if item and chain and _goes_on(said, chain[-1], item):
            chain.append(item)
            continue
        while len(chain) > 1 and chain[-1].number <= _A_FEW and _LEAVES.match(said.text, chain[-1].end):
            chain.pop()  # "기사 30 사무 5 여직원 하나 1/15부터 출휴"
        while len(chain) > 2 and _OF_A_GENDER.match(chain[-1].who) and not _OF_A_GENDER.match(chain[0].who):
            chain.pop()  # "생산 20 품질 3 관리 4, 여자가 9명": counted already
        if _is_staff(said, chain):
            total = sum(part.number for part in chain)
            found.append(Count(Number(total), chain[0].start, chain[-1].end, None, None))
        chain = [item] if item else []
    return found


_HOW_MANY = rf"(?:{_MANY}|\d{{1,3}}|한|두|세|네|열한|열두)"
_TEMPS = r"알바|아르바이트|파트타임|파트|계약직|일용직|단기|인턴|외국인"
# "알바 빼고 여섯이요 알바는 넷".
_BESIDES = re.compile(
    rf"(?P<kind>{_TEMPS})(?:생)?(?:은|는)?\s?(?:빼고|빼면|말고|제외하고|제외|빼구)\s(?:정직원|정규직|직원|정식\s?직원)?(?:은|만|이)?\s?"
    rf"(?P<first>{_HOW_MANY})\s?(?:명|분)?(?:이?요|이고요?|이에요|예요|입니다|인데요?)?[\s,.]+(?:그리고\s)?(?P=kind)(?:생)?(?:은|는|이|가|만|도)?\s?"
    rf"(?P<more>{_HOW_MANY})(?![가-힣]*\s?(?:달|개월|시|살|년|번|주))"
)
# "지점이 세 군데고 지점마다 네 명씩이에요".
_AT_EACH = re.compile(
    rf"(?P<first>{_HOW_MANY})\s?(?:군데|곳|개\s?(?:매장|지점|점포|점)|개)[^.?!\n\d]{{0,10}}?\s?(?:마다|각각|각|매장당|지점당|점포당|한\s?(?:군데|곳)에)\s"
    rf"(?:직원이?\s|알바가?\s|근무자가?\s)?(?P<more>{_HOW_MANY})\s?(?:명|분|사람)(?:씩)?(?!\s?(?:해서\s|이서\s)?(?:총|합|전부|모두|다\s?해))"
)


def _besides(said: Said) -> Count | None:
    match = _BESIDES.search(said.text)
    first, more = (read_number(match.group(name)) for name in ("first", "more")) if match else (None, None)
    if match is None or first is None or more is None:
        return None
    return Count(Number(first.value + more.value), match.start("first"), match.end("more"), None, None)


def _at_each_place(said: Said) -> Count | None:
    match = _AT_EACH.search(said.text)
    places, each = (read_number(match.group(name)) for name in ("first", "more")) if match else (None, None)
    if match is None or places is None or each is None:
        return None
    if re.search(r"총|합쳐|합해|전부|모두", said.text[match.end() :]):
        return None  # the whole is told as well
    return Count(Number(places.value * each.value), match.start("more"), match.end(), None, None)


def _items(said: Said) -> list[_Item]:
    items = []
    for match in _ITEM.finditer(said.text):
        number = read_number(match.group("counted") or match.group("bare") or "")
        if number is None or number.rough or not _is_noun(said, match.end("who")):
            continue
        counted = bool(match.group("counted"))
        numbered = re.search(r"(?<!\d)[1-9]$", said.text[: match.start()])  # "1공장 40명 2공장 25명"
        who = (numbered.group() if numbered else "") + match.group("who")
        start = match.start() - (1 if numbered else 0)
        items.append(_Item(who, number.value, start, match.end(), counted, bool(match.group("at"))))
    return items


def _is_noun(said: Said, end: int) -> bool:
    """Whether a noun ends there: people are counted after what they are, not after a deed ("뽑아서 열한 명")."""
    return not any(
        token.start + token.len == end and token.tag.startswith(("E", "J", "V", "MAG", "MAJ", "XSV", "NP", "SN"))
        for token in said.tokens
    )


def _goes_on(said: Said, last: _Item, item: _Item) -> bool:
    between = said.text[last.end : item.start]
    if _NOW_OURS.search(between):
        return False  # "친구네는 4명이고 우리 식당은 9명"
    match = _BETWEEN.fullmatch(between)
    if match and (match.group("more") or "").strip() in ("전체", "총", "모두", "합계"):
        return False  # "교사 3명 전체 교직원 22명"
    if match and match.group("more") and not _is_noun(said, last.end + match.end("more") - 1):
        return False  # "7명 퇴사했고 현재원 52명"
    return bool(match) and not re.match(r"\s?(?:중|가운데)", between)


def _is_staff(said: Said, chain: list[_Item]) -> bool:
    if len(chain) < 2 or len({item.who for item in chain}) < len(chain):
        return False
    if any(_WHOLES.search(item.who) or _OTHERS.search(item.who) for item in chain):
        return False
    if any(_DENIED.match(said.text, item.end) for item in chain):
        return False
    people = sum(bool(_PEOPLE.search(item.who)) for item in chain)
    counted = any(item.counted for item in chain)
    place = any(item.at_place for item in chain)
    return counted or (people >= len(chain) / 2 and (len(chain) >= _FEWEST_UNCOUNTED or people == len(chain))) or (
        place and people > 0)
