"""What a told fact decides is said instead of the rule: how long the person works here, the child's age, twins.

Only what the rights themselves say; whether a grant is due for told facts is ``screening``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.aspects import Aspect
from knowledge_base.facts import Event
from knowledge_base.item_schema import Question, Right
from knowledge_base.korean import josa
from knowledge_base.search_items import item, title_of
from knowledge_base.search_text import normalised, pack

_LEAST_MONTHS = 6  # of work in the firm before the leave begins
_OF_TENURE = ("parental_leave", "childcare_reduced_hours", "family_care_long_leave", "family_care_reduced_hours")
_OF_PAY = ("parental_leave", "parental_leave_benefit", "maternity_leave", "maternity_leave_benefit")
_WHETHER: tuple[Aspect, ...] = ("refusal", "eligibility", "general")
_TENURE = re.compile(
    r"(입사|들어온지|일한지|근무한지|다닌지).{0,6}?(?P<months>\d{1,2})(개월|달)|(?P<nth>\d{1,2})개월차")
_IN_WORDS = re.compile(r"(입사|들어온지|일한지|근무한지|다닌지).{0,4}?(?P<word>한|두|세|석|네|넉|다섯)달")
_WORDS = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5}
# The last 초등학교 grade, and the last age, of a child for which it may be used (rights › who).
_LIMITS = {"parental_leave": (2, 8), "childcare_reduced_hours": (6, 12)}
_GRADE = re.compile(r"(?:초등?|초등학교|국민학교)(?P<grade>[1-6])(?:학년)?|(?<!중)(?<!고)(?<!\d)(?P<only>[1-6])학년")
_OLDER = re.compile(r"중학|고등학|중[1-3](?!\d)|고[1-3](?!\d)|고딩|중딩")
_ASKS = re.compile(r"되|돼|쓸수|가능|줘야|해당|인가|나요|쓰게")
# "안 된다고 해도 되나요": the child's age is no answer to it.
_REFUSES = re.compile(r"거부|거절|반려|(안|못)(된다|해준다|준다|되겠다|해주겠다)고|안(해)?줘도|미루")
_TWINS = re.compile(r"쌍둥|쌍생|다태아|세쌍|둘을(임신|낳)")
_TWIN_DAYS = "쌍둥이 이상이면 120일이에요. 출산 뒤에 60일 이상이 남게 배치해요. 처음 75일은 유급이에요."
_UNDER_180 = "급여는 고용보험에 든 날이 모두 합쳐 180일 이상이어야 나와요. 다른 직장에서 든 날도 합쳐요."


def told_first(
    identifier: str, aspect: Aspect, text: str, before: str, event: Event
) -> tuple[list[str], bool] | None:
    """The sentences for what was told, and whether they answer alone; None where nothing told decides."""
    about, around = _about(identifier), pack(normalised(f"{before} {text}"))
    packed = pack(normalised(text))
    if "maternity_leave" in about[:1] and aspect in ("duration", "amount") and _TWINS.search(around):
        return ([_TWIN_DAYS], True) if not re.search(r"급여|월급|돈|만원|얼마(?!나)", packed) else None
    months = _months(event, around)
    if months is not None and months < _LEAST_MONTHS:
        of = next((right for right in about if right in _OF_TENURE), None)
        if of and about[0] == of and aspect in _WHETHER and not re.search(r"지원금|급여|월급", packed):
            return [_may_be_refused(of, months)], True
        if aspect in ("who_pays", "eligibility", "amount") and about[:1] and about[0] in _OF_PAY and (
            re.search(r"급여|월급|나오|받", packed)):
            return [_UNDER_180], False
    for right in about[:1]:
        if right not in _LIMITS or aspect not in _WHETHER or _REFUSES.search(packed):
            continue
        if (fits := _fits(right, text, before, event)) is not None:
            return [_child(right, fits)], True
    return None


def _about(identifier: str) -> Sequence[str]:
    found = item(identifier)
    if isinstance(found, Question):
        return found.related_rights
    return (identifier,) if isinstance(found, Right) else ()


def _months(event: Event, around: str) -> int | None:
    """How long the person has worked here, in whole months, as told; None where it was not."""
    if event.worker_tenure_months is not None:
        return int(event.worker_tenure_months)
    if found := _IN_WORDS.search(around):
        return _WORDS[found["word"]]
    found = _TENURE.search(around)
    return int(found["months"] or found["nth"]) if found else None


def _may_be_refused(right: str, months: int) -> str:
    name = josa(re.sub(r"\(.*\)", "", title_of(right) or ""), "은/는")
    return (f"입사한 지 {months}개월이라고 하셨지요. {name} 시작하는 날의 전날까지 일한 기간이 6개월이 안 되면 "
            "거부할 수 있어요. 그때까지 6개월을 채우면 줘야 해요.")


def _fits(right: str, text: str, before: str, event: Event) -> bool | None:
    """Whether the child named, or told of before, is young enough; None where that is not sure."""
    grade, age = _LIMITS[right]
    for said in (text, before if _ASKS.search(pack(text)) else ""):
        packed = pack(normalised(said))
        if _OLDER.search(packed):
            return False
        if found := _GRADE.search(packed):
            return int(found["grade"] or found["only"]) <= grade
    if event.child_birth is None or event.start is None:
        return None
    years = event.start.year - event.child_birth.year
    return True if years <= age else False if years > age + 2 else None


def _child(right: str, fits: bool) -> str:
    grade, age = _LIMITS[right]
    name = "육아휴직은" if right == "parental_leave" else "육아기 근로시간 단축은"
    if fits:
        return (f"네, 아이 나이로는 쓸 수 있어요. {name} 만 {age}세 이하나 초등학교 {grade}학년 이하 아이면 돼요. "
                "6개월 이상 일한 직원이어야 해요.")
    other = " 육아기 근로시간 단축은 만 12세 이하나 초등학교 6학년 이하까지 쓸 수 있어요."
    no = f"아니요, {name} 만 {age}세 이하나 초등학교 {grade}학년 이하까지라 쓸 수 없어요."
    return no + (other if right == "parental_leave" else "")
