"""What a question is about that leaves it out while an employee's event is talked of: "며칠 줘야 해요?".

The event is what the firm told ("남직원 배우자가 출산해요"); which item answers is chosen in ``answers.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge_base.answer_choice import too_general
from knowledge_base.aspects import Aspect, asked_about
from knowledge_base.facts import Cover, Event, EventType
from knowledge_base.loading import load_knowledge
from knowledge_base.search import search
from knowledge_base.search_text import normalised, pack

# The right that an event uses, or the program where no right stands behind it.
_ITEM_OF: dict[EventType, str] = {
    "maternity_leave": "maternity_leave",
    "spouse_maternity_leave": "spouse_childbirth_leave",
    "miscarriage_leave": "miscarriage_stillbirth_leave",
    "infertility_leave": "infertility_treatment_leave",
    "parental_leave": "parental_leave",
    "childcare_reduced_hours": "childcare_reduced_hours",
    "pregnancy_reduced_hours": "pregnancy_reduced_hours",
    "family_care_leave": "family_care_long_leave",
    "flexible_work": "flexible_work_incentive",
    "ten_oclock_start": "childcare_10am_start_grant",
    "reduced_hours": "family_care_reduced_hours",
    "four_and_half_day": "worklife_45_project",
    "return_from_leave": "return_to_work",
}
# What a firm files papers for, and is paid, when such an event is told of.
_GRANT_OF: dict[EventType, str] = {
    "maternity_leave": "replacement_worker_grant",
    "spouse_maternity_leave": "maternity_leave_pay_priority_firm",
    "parental_leave": "parental_leave_grant",
    "childcare_reduced_hours": "childcare_hours_reduction_grant",
    "pregnancy_reduced_hours": "worklife_hours_reduction_grant",
    "reduced_hours": "worklife_hours_reduction_grant",
}
# What is paid for filling the place.
_GRANT_OF_COVER: dict[Cover, str] = {
    "hire": "replacement_worker_grant", "dispatch": "replacement_worker_grant", "coworkers": "work_sharing_grant",
}
_OF_THE_GRANT = ("documents", "payment")
# What is asked of the leave itself even after its grants were shown.
OF_THE_RIGHT = ("refusal", "penalty", "duration", "under5")
_KIND_OF_REDUCTION: dict[EventType, str] = {
    "childcare_reduced_hours": "육아기", "parental_leave": "육아기", "pregnancy_reduced_hours": "임신기",
    "reduced_hours": "가족돌봄",
}
_REDUCTION = re.compile(r"단축|줄인|줄이|줄여")
_NAMES_CHILDCARE = re.compile(r"육아기|복직|복귀")
_LOST = re.compile(r"유산(?!\s*(위험|기|방지|균))|사산")
_PREGNANT = re.compile(r"임산부|임신부|임신\s*(한|했|중|\d|초기|말기)")
_NAMES_ITS_KIND = re.compile(r"육아기|임신|임산부|태아|가족|돌봄|워라밸|학업|은퇴|4\.?5일|육아휴직|출산")
_NOT_THE_LEAVE = re.compile(r"휴직|계약|대체|명|둘이|셋이|넷이")  # what is named as longer is named already
_LONGER = re.compile(r"\d+(개월|년|달)더|더(줘|써|쓸|쓰|쉬|쉴|달라)|연장|늘려")
_GRANT = re.compile(r"지원금|장려금|지원|혜택|돈|받|주는(거|것|게|건)|나오|나와|(제일|가장)(큰|많)")
_MONEY_COMES = re.compile(
    r"(돈|지원금|장려금|지원|보조금)(이|은|도|을|금이)?.{0,3}(나오|나와|있|되|돼|받|줘|주)(나|아|요|어|는|을|죠|냐|니)"
)
_PAY_OF_THE_WORKER = re.compile(r"급여|월급|임금|통상임금|유급|무급|직원(이|한테)받")
_TO_THE_FIRM = re.compile(r"(회사|우리|사장)(에|에게|한테|에다)(주는|줄|나오는)|(회사|우리|사장)(가|이)?받는")
_STATE_PAYS = re.compile(r"(나라|국가|정부|고용보험)(에서|가|는)?.{0,6}(얼마|지원|내|주|나오|나와|대)")
_IN_ALL = re.compile(r"총|전부|모두|다합|합쳐|합하|합계|결국|그래서|(제일|가장)(큰|많)")
_OF_THE_FIRM = (
    "회사", "정부", "나라", "국가", "사장", "우리", "저희", "혜택", "전체", "합치", "합계", "그래서", "결국", "건",
    "제일", "가장", "크", "많",
)


def item_of(event: Event, aspect: Aspect = "general") -> str | None:
    """The id of the right (or program) that ``event`` is about; None for an event of unknown kind.

    Papers and the day of payment (``aspect``) are of the grant for it where there is one.
    """
    if aspect in _OF_THE_GRANT and event.type in _GRANT_OF:
        return _GRANT_OF[event.type]
    if event.type == "maternity_leave" and event.worker_gender == "male":
        return _ITEM_OF["spouse_maternity_leave"]
    return _ITEM_OF[event.type] if event.type else None


def event_using(right: str) -> EventType | None:
    """The kind of event that uses a right or a program, or the leave of a benefit; None where none does."""
    base = right.removesuffix("_benefit")
    return next((kind for kind, identifier in _ITEM_OF.items() if identifier == base), None)


def grant_of(event: Event | None) -> str | None:
    """The id of the grant that is claimed for ``event``; None where there is none or the event is unknown."""
    return _GRANT_OF.get(event.type) if event is not None and event.type else None


def paid_for(right: str) -> str | None:
    """What the firm is paid for the leave or the benefit last talked of; None for another item.

    "우리가 받는 건요?" after the employee's pay during reduced hours asks for the firm's grant.
    """
    base = right.removesuffix("_benefit")
    kinds = (kind for kind, identifier in _ITEM_OF.items() if base in (identifier, kind))
    return next((_GRANT_OF[kind] for kind in kinds if kind in _GRANT_OF), None)


# What is done to fill a place: "대신 올 사람을 뽑으면", "인수인계", "동료가 나눠 하면".
_HIRES = re.compile(
    r"뽑|채용|(사람|인력|알바|직원|사원|선생님|간호사|기사)(을|를)?(좀|더)?(하나|한명|새로|급히|임시로)?(을|를)?(구하|들이|충원|쓰려|구해)|충원|대타|대신(할|올|쓸|일할|하는|해줄|들어올)|대신[가-힣]{0,6}(구하|쓰면|쓸|쓰려|들이)|대체자|대체인력|대체할사람|후임|인수인계"
)
_SHARES = re.compile(
    r"(동료|남은직원|다른직원|팀원)(들)?(이|가|한테|에게|들이)?.{0,8}(나눠|나누|맡|대신)|업무분담|나눠(맡|서하|하면)"
)


def grant_of_cover_named(text: str) -> str | None:
    """The id of what is paid for the way of filling the place that ``text`` names; None where it names none."""
    packed = pack(normalised(text))
    if _SHARES.search(packed):
        return _GRANT_OF_COVER["coworkers"]
    return _GRANT_OF_COVER["hire"] if _HIRES.search(packed) else None


def is_of_cover(program: str) -> bool:
    """Whether ``program`` is paid for the way of filling the place."""
    return program in _GRANT_OF_COVER.values()


def rights_behind(program: str, event: Event, before: str = "", earlier: Sequence[str] = ()) -> list[str]:
    """The leaves for which ``program`` is paid, or the leave of a benefit: first that of ``event``, those talked of
    ``earlier``, then those of which ``before`` speaks."""
    if program.endswith("_benefit"):
        return [program.removesuffix("_benefit")] if program.removesuffix("_benefit") in _ITEM_OF.values() else []
    found = load_knowledge().programs.get(program)
    rights = [_ITEM_OF[kind] for kind in found.events if kind in _ITEM_OF] if found else []
    rights = [right for right in dict.fromkeys(rights) if right in load_knowledge().rights]
    own = item_of(event)
    shares = {hit.id: hit.score for hit in search(before, limit=8)} if before else {}
    talked = list(earlier)
    of_talk = {right: talked.index(right) for right in rights if right in talked}
    return sorted(rights, key=lambda right: (right != own, of_talk.get(right, len(talked)), -shares.get(right, 0.0)))


def grants_for(event: Event) -> tuple[str, ...]:
    """The ids of what the firm is paid for ``event``: for filling the place, as far as told, and for the leave."""
    of_cover = _GRANT_OF_COVER.get(event.cover) if event.cover else None
    of_leave = _GRANT_OF.get(event.type) if event.type else None
    return tuple(dict.fromkeys(identifier for identifier in (of_cover, of_leave) if identifier))


def with_its_kind(text: str, event: Event, today: date) -> str:
    """``text`` with the kind of reduction told before, or the leave: "단축은 하루 몇 시간" of one who is pregnant."""
    packed = pack(normalised(text))
    if event.type == "parental_leave" and _LONGER.search(packed) and not _NOT_THE_LEAVE.search(packed):
        return f"육아휴직 {text}"  # "6개월 더 줘야 되나요"
    if not _REDUCTION.search(packed) or _NAMES_ITS_KIND.search(packed):
        return text
    kind = _KIND_OF_REDUCTION.get(event.type) if event.type else None
    if kind is None and event.child_birth is not None and event.child_birth > today:
        kind = "임신기"
    return f"{kind} {text}" if kind else text


def names_childcare(text: str) -> bool:
    """Whether hours cut are said to be for a child, or for after the leave."""
    return _NAMES_CHILDCARE.search(text) is not None


def tells_of_a_pregnancy(text: str) -> bool:
    """Whether ``text`` tells of somebody pregnant."""
    return _PREGNANT.search(text) is not None


def asks_of_the_state(text: str) -> bool:
    """Whether ``text`` asks what the state pays, not what a grant is: "나라에서 얼마 나와요"."""
    packed = pack(normalised(text))
    return _STATE_PAYS.search(packed) is not None and re.search(r"지원금|장려금", packed) is None


def tells_of_a_loss(text: str) -> bool:
    """Whether ``text`` tells of a pregnancy lost."""
    return _LOST.search(text) is not None


def asks_for_money(text: str) -> bool:
    """Whether ``text`` asks of money for something it names: "사람 뽑으면 그것도 돈 나와요?"."""
    packed = pack(normalised(text))
    return _MONEY_COMES.search(packed) is not None and not _PAY_OF_THE_WORKER.search(packed)


def asks_what_is_due(text: str) -> bool:
    """Whether ``text`` asks what the firm gets, naming no program: "회사에 나오는 돈은요?", "지원금 나와요?"."""
    packed = pack(normalised(text))
    if asks_the_sum_anew(text):
        return True
    if not _GRANT.search(packed) or _PAY_OF_THE_WORKER.search(packed):
        return False
    asked = asked_about(text)
    if _TO_THE_FIRM.search(packed) and asked.aspect == "who_pays":
        return too_general(text, "general", besides=_OF_THE_FIRM)
    open_to_all = asked.aspect in ("general", "amount", "eligibility", "definition")
    return open_to_all and too_general(text, "general", besides=_OF_THE_FIRM)


def asks_in_all(text: str) -> bool:
    """Whether the sum over all programs is asked for: "그래서 총 얼마 받아요?"."""
    if asks_the_sum_anew(text):
        return True
    return bool(_IN_ALL.search(pack(normalised(text)))) and asks_what_is_due(text)


# "그럼 얼마로 바뀌죠" after a fact put right: the firm's own sum, not the law's.
_SUM_ANEW = re.compile(
    r"(?:그럼|그러면)(?!.*(?:내년|올해|작년|20\d\d|\d월|법)).*(?:금액|얼마|액수|지원금|돈).{0,4}(?:바뀌|달라지|변하|변경)"
)


def asks_the_sum_anew(text: str) -> bool:
    """Whether it is asked what the sum is now that a fact is another one."""
    return _SUM_ANEW.match(pack(normalised(text))) is not None
