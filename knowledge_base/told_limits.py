"""A number in a question put against the limit that decides it: "임신 24주인데 단축 해줘야 하나요", "7일 썼대요".

The limits with what is said on either side stand in ``told_limits.yaml``. Conditions on what the conversation knows
of the firm are the programs' own (``rules.py``); here is only what a question itself counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from knowledge_base.items import read_item
from knowledge_base.search_text import normalised
from knowledge_base.sentence_schema import Counted, Limit, LimitsFile

FILE = Path(__file__).parent / "told_limits.yaml"
LENGTHS: tuple[Counted, ...] = ("leave_days", "days_at_a_time", "leave_months")
_ONES = {
    "하루": 1, "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
    "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15, "돌": 12, "두돌": 24,
}
_N = r"(?P<n>\d{1,3}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?"
_USED = r"(?:썼|쓴|사용|소진|다녀왔|쉬었)"
_SHORT_DAYS = r"(?P<n>하루|이틀|사흘|나흘|닷새|엿새|이레|열흘|보름|\d{1,3}\s?일)"
_PATTERNS: dict[Counted, tuple[str, ...]] = {
    "pregnancy_weeks": (rf"(?<!\d){_N}주(?:차|째|에|인|이|라|밖|면|쯤|된|예|\s|$)(?!\s?\d+\s?시간)",),
    "leave_days": (
        rf"{_SHORT_DAYS}\s?(?:을|를|로)?\s?(?:다\s?|전부\s?|모두\s?)?(?:만|동안|간|짜리|쓰|쓸|써|쉬|쉰|쓴|이면|은|도|줘|주)",
        r"(?P<n>[1-4]|한|두|세|네)\s?(?P<unit>주)(?:일)?\s?(?:만|동안|간|짜리|쓰|쓸|써|쉬|쉰|쓴|이면)",
    ),
    "days_at_a_time": (rf"{_SHORT_DAYS}씩", r"(?P<n>하루)\s?단위"),
    "leave_months": (
        rf"(?:휴직|육휴)[^0-9]{{0,8}}{_N}(?P<unit>개월|달|년)(?!\s?(?:전|뒤|후|안|이내|지나|차|된|됐))",
        rf"{_N}(?P<unit>개월|달|년)\s?(?:만|짜리|쓰|쓸|써|쓴|썼|쉬|쉰|쉴)",
    ),
    "used_days": (
        rf"(?:이미|벌써|올해|지금까지|앞서|작년)[^0-9]{{0,10}}{_SHORT_DAYS}\s?(?:을|은|를)?\s?{_USED}",
        rf"{_SHORT_DAYS}\s?(?:을|은|를)?\s?(?:이미|벌써)?\s?(?:썼|쓴\s?(?:직원|사람|상태|분)|사용했|사용한|소진)",
    ),
    "days_since": (
        rf"{_N}(?P<unit>일|주일?|개월|달)\s?(?:전|지났|지난|됐|넘)", r"(?P<n>보름|열흘)\s?(?:전|지났|됐)",
        r"(?P<unit>지난\s?주|지난\s?달)",
    ),
    "days_since_birth": (
        rf"(?:낳|출산|태어)[^0-9]{{0,10}}{_N}(?P<unit>일|주|개월|달)\s?(?:이|이나|은|쯤|정도|도)?\s?(?:지났|지난|됐|된|넘|째)",
    ),
    "cover_days": (
        rf"(?:대체|뽑|새로|알바|온\s?사람|파견)[^0-9]{{0,14}}{_SHORT_DAYS}\s?(?:만에|만|쓰|일하|다니|있다)",
    ),
    "overtime_hours": (
        rf"(?:야근|연장\s?근[로무]|초과\s?근[로무]|잔업|특근)[^0-9]{{0,10}}{_N}시간",
        rf"{_N}시간\s?(?:야근|연장|초과|잔업)",
    ),
    "day_hours": (r"하루에?\s?(?P<n>\d{1,2})\s?시간\s?(?:을|만|씩)?\s?(?:일하|일해|근무|짜리|인)",),
    "week_cut": (
        r"(?:주|일주일에|매주)\s?(?P<n>\d{1,2})\s?시간\s?(?:을|만|씩)?\s?(?:단축|줄)",
        r"하루\s?(?P<a_day>[1-5]|한|두|세)\s?시간\s?(?:을|만|씩)?\s?(?:일찍|늦게)?\s?(?:단축|줄|퇴근|출근)",
    ),
    "week_hours": (r"주\s?(?P<n>\d{1,2})\s?시간\s?(?:만|으로|근무|일|씩|도|은|이면)(?!\s?(?:단축|줄))",),
    "tenure_months": (
        rf"(?:입사|들어온|들어와|이직|근속|다닌|일한|온)[^0-9]{{0,6}}{_N}(?P<unit>개월|달|년)",
        rf"{_N}(?P<unit>개월|달|년)\s?(?:차|째|밖에|된|됐|다닌|일한|근무)",
    ),
    "child_months": (
        rf"{_N}(?P<unit>개월)\s?(?:아기|애기|아이|애|된\s?아)",
        rf"(?:아기|애기|아이|애)[^0-9]{{0,5}}{_N}(?P<unit>개월)", r"(?P<n>돌|두\s?돌)\s?(?:이\s?)?(?:지[난났나]|넘)",
    ),
    "days_a_month": (r"(?:한\s?달에|월|매달)\s?(?P<n>\d{1,2}|한|두|세|네)\s?(?:번|회|일)",),
    "month_income": (r"(?:월|한\s?달에|매달)\s?(?P<n>\d{2,4})\s?만?\s?원?\s?(?:번|벌|버|정도|쯤|받)",),
}
_DAYS_OF = {"주": 7, "주일": 7, "개월": 30, "달": 30}
_WEEK, _MONTH, _WORKING_DAYS, _YEAR = 7, 30, 5, 12
_WHETHER = re.compile(r"^(네|아니요)[,. ]|에 따라 달라요|아직 확실하지|알아야 해요|쓸 수 있는 사람이에요|이런 분이")
_OF_A_DUTY = re.compile(r"^(원칙적으로 줘야|어기면)")
# Asked the other way round: "24주인데 거절해도 되나요".
_TURNED = re.compile(r"거절|거부|안\s?(해\s?)?(줘|주|보내)|못\s?(받|쓰|주|준)|안\s?(되|돼|나오)|끊기|끊겨")
_KEPT = 3  # paragraphs of the general answer below the one that decides


@lru_cache(maxsize=1)
def limits() -> dict[str, tuple[Limit, ...]]:
    """The limits by the id of the right or program. Raises KnowledgeError for a wrong file."""
    return read_item(FILE, LimitsFile).__root__


def number_told(text: str, told: Counted) -> int | None:
    """The number that ``text`` says of ``told``, in its unit; None where it says none."""
    clean = normalised(text)
    for pattern in _PATTERNS[told]:
        if found := re.search(pattern, clean):
            return _value(found, told)
    return None


def _value(found: re.Match[str], told: Counted) -> int:
    groups = found.groupdict()
    if groups.get("a_day"):
        return _WORKING_DAYS * _count(groups["a_day"])
    unit = (groups.get("unit") or "").replace(" ", "")
    if unit.startswith("지난"):
        return _WEEK if unit.endswith("주") else _MONTH
    count = _count(groups["n"])
    if told in ("leave_days", "days_since", "days_since_birth"):
        return count * _DAYS_OF.get(unit, 1)
    return count * _YEAR if unit == "년" else count


def _count(said: str) -> int:
    bare = said.replace(" ", "").removesuffix("일")
    return int(bare) if bare.isdigit() else _ONES[bare]


def decided(
    identifier: str, text: str, tenure: int | None = None, *, besides: Sequence[Counted] = ()
) -> str | None:
    """The sentence for the number that ``text`` puts against a limit of the item; None where it tells none.

    ``tenure`` are the months of service told before, where the question hangs on them; numbers of ``besides`` decide
    nothing of what is asked.
    """
    for limit in limits().get(identifier, ()):
        if limit.told in besides:
            continue
        number = number_told(text, limit.told)
        if number is None and limit.told == "tenure_months":
            number = tenure
        case = next((case for case in limit.cases if number is not None and number <= case.to), None)
        if case is None or number is None:
            continue
        yes = "" if case.so is None or _TURNED.search(text) else "네, " if case.so else "아니요, "
        return yes + case.text.format(n=number, left=(limit.total or 0) - number)
    return None


def with_what_decides(paragraphs: list[str], sentence: str) -> list[str]:
    """``sentence`` first, then what else was to be said but for a general yes, no or "it depends"."""
    besides = [text for text in paragraphs if not _WHETHER.search(text)]
    if sentence.startswith("아니요"):
        besides = [text for text in besides if not _OF_A_DUTY.search(text)]
    return [sentence, *besides[:_KEPT]]
