"""What a firm's own figures come to: "통상임금 320인데 급여 얼마", "월 200 주면 얼마 받죠", "수당 20만원 줄 건데".

The sums of ``pay_told.py`` are put through the rules of the program (``paid_share``) or the benefit (``from_pay``)
that is spoken of. Figures of the schemes themselves are told in ``answer_programs.py`` and ``answer_rights.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base.answer_parts import Asking, Parts, add_cautions, site_title
from knowledge_base.answer_values import basis
from knowledge_base.answer_values import money as said
from knowledge_base.aspects import asked_about
from knowledge_base.facts import Event, EventType
from knowledge_base.follow_up import named_in
from knowledge_base.item_schema import FromPay, Question, Right
from knowledge_base.korean import josa
from knowledge_base.loading import load_knowledge
from knowledge_base.pay_told import Paid, pay_told
from knowledge_base.program_schema import Program, Value
from knowledge_base.question_shape import shape_of
from knowledge_base.rules import all_of, decide
from knowledge_base.search_items import item
from knowledge_base.search_text import normalised, pack
from knowledge_base.situation import Situation
from knowledge_base.talked_of import Talk

_BENEFIT_OF: dict[EventType, str] = {
    "parental_leave": "parental_leave_benefit", "maternity_leave": "maternity_leave_benefit",
    "childcare_reduced_hours": "childcare_reduced_hours_benefit",
}
_PROGRAM_OF: dict[Paid, str] = {"cover_pay": "replacement_worker_grant", "allowance": "work_sharing_grant"}
_GIVEN_TO: dict[Paid, str] = {"cover_pay": "대체인력에게", "allowance": "동료에게 수당으로 모두 합쳐"}
# What a question asks for when it asks what the figures told come to.
_HOW_MUCH = re.compile(
    r"얼마|몇만|계산|금액|받(죠|나|아|을|는)|나오|나와|돌려|부담|내(는|야|나)|줘야|주나|차액|다나|되(나|죠)|돼"
)
_FOR_THE_FIRM = re.compile(r"지원금|장려금|회사(가|는|에|도)?(받|나오|지원)")
_CUT = re.compile(
    r"(?:주\s?)?(?P<before>[2-5]\d)\s?시간?\s?(?:에서|→|->|~|을|를)\s?(?:주\s?)?(?P<after>[1-4]\d)\s?시간|"
    r"(?:하루\s?)?(?P<day_before>[6-9])\s?시간\s?(?:에서|→|을)\s?(?:하루\s?)?(?P<day_after>[3-8])\s?시간|"
    r"하루\s?(?P<a_day>[1-5]|한|두|세)\s?시간|(?:일주일에|주에?|주당)\s?(?P<a_week>\d{1,2})\s?시간\s?(?:씩\s?)?(?:단축|줄)"
)
_MONTHS = re.compile(r"(?<!\d)(?P<months>\d{1,2})\s?(개월|달)(만|이면|간|동안|\s?쓰|\s?쉬|은요|이요|요)")
_BY_A_NEW_ONE = re.compile(r"대체(인력|자)|대신\s?(할|올|일할|쓸|뽑|사람|외국인|알바)|새로\s?뽑|파견|채용")
_BY_COLLEAGUES = re.compile(r"동료|나눠\s?(맡|하|서)|분담|(옆|다른)\s?(사람|직원|분)")
_REDUCED, _PREGNANT = re.compile(r"단축|줄이|줄여|줄인"), re.compile(r"임신|임산부")
_HOURS = {"한": 1, "두": 2, "세": 3}
_FULL_WEEK, _EXAMPLE, _DAYS = 40, 10, 5  # hours a week; hours cut where none are told; working days a week
_TWINS = re.compile(r"쌍둥이|다태아|쌍생아|세쌍둥이")
_YEAR = 12


def asks_own_sum(text: str, talk: Talk, known: Mapping[str, int], *, told_more: bool) -> bool:
    """Whether ``text`` asks what sums told come to, or tells one while the scheme it counts for is talked of.

    ``known`` are the sums told before; ``told_more`` is true where the message tells facts beside its sum.
    """
    now = pay_told(text, covered_by(talk))
    scheme = _scheme(text, talk, now, known)
    if scheme is None:
        return False
    if not now and _MONTHS.search(text) and scheme[1] == "worker_pay" and talk.about == scheme[0].id:
        return shape_of(text) == "question" and not named_in(text)  # "그럼 6개월만 쓰면요"
    if now and talk.about == scheme[0].id and not named_in(text):
        return not told_more or shape_of(text) == "question"  # "월급을 160만 주면요?"
    if shape_of(text) in ("question", "look_up"):
        return _asks_how_much(text) and (bool(now) or _leaves_out(text))
    return bool(now) and not told_more and (talk.about is not None or talk.event.type is not None)


def covered_by(talk: Talk) -> str | None:
    """The cover told, or the one that was just spoken of: "대신 외국인 쓰려고요", then "월 200 주면"."""
    if talk.about in (found := {program: paid for paid, program in _PROGRAM_OF.items()}):
        return "hire" if found[talk.about] == "cover_pay" else "coworkers"
    if talk.event.cover:
        return talk.event.cover
    if _BY_A_NEW_ONE.search(talk.before):
        return "hire"
    return "coworkers" if _BY_COLLEAGUES.search(talk.before) else None


def own_sum(
    text: str, talk: Talk, known: Mapping[str, int], situation: Situation, as_of: date,
) -> tuple[Parts, str] | None:
    """What the sums told come to, with the id of the scheme; None where none is told that the talk is about.

    Source: the ``paid_share`` and ``from_pay`` of the schemes, each with its reference.
    """
    now = pay_told(text, covered_by(talk))
    found = _scheme(text, talk, now, known)
    if found is None:
        return None
    scheme, paid, amount = found
    asking = Asking(text, "amount", situation.day, as_of, None, situation)
    if isinstance(scheme, Program):
        return _of_program(scheme, paid, amount, asking), scheme.id
    parts = _of_benefit(scheme, amount, asking, f"{talk.before} {text}")
    return (parts, scheme.id) if parts else None


def _scheme(
    text: str, talk: Talk, now: Mapping[Paid, int], known: Mapping[str, int],
) -> tuple[Program | Right, Paid, int] | None:
    """What is reckoned from which sum: by the sum just told, else by what is talked of and was told before."""
    knowledge, packed = load_knowledge(), pack(normalised(text))
    for paid, program in _PROGRAM_OF.items():
        if paid in now:
            return knowledge.programs[program], paid, now[paid]
    benefit = _benefit(text, talk)
    if "worker_pay" in now:
        if benefit is None or _FOR_THE_FIRM.search(packed):
            return None
        return benefit, "worker_pay", now["worker_pay"]
    if talk.about in (found := {name: paid for paid, name in _PROGRAM_OF.items()}) and found[talk.about] in known:
        return knowledge.programs[talk.about], found[talk.about], known[found[talk.about]]
    of_benefit = talk.about is not None and benefit is not None and item(talk.about) in (
        benefit, knowledge.rights.get(benefit.id.removesuffix("_benefit")))
    if benefit and "worker_pay" in known and (of_benefit or "급여" in packed):
        return benefit, "worker_pay", known["worker_pay"]
    for paid, program in _PROGRAM_OF.items():
        if paid in known and talk.about is None and not _names_pay(packed):
            return knowledge.programs[program], paid, known[paid]
    return None


def _benefit(text: str, talk: Talk) -> Right | None:
    """The benefit that the worker's pay counts for: as named, as talked of, else of the employee's event."""
    rights = load_knowledge().rights
    about = item(talk.about or "")
    related = (*about.related_rights,) if isinstance(about, Question) else ()
    of_event = _BENEFIT_OF.get(talk.event.type) if talk.event.type else None
    packed = pack(normalised(text))
    reduced = _REDUCED.search(packed) and not _PREGNANT.search(packed)
    of_hours = "childcare_reduced_hours" if reduced and talk.event.type != "pregnancy_reduced_hours" else None
    for identifier in (*named_in(text), of_hours, talk.about, of_event, *related, *talk.earlier):
        for name in (identifier, f"{identifier}_benefit"):
            if (right := rights.get(name or "")) and right.from_pay:
                return right
    return None


def _asks_how_much(text: str) -> bool:
    return asked_about(text).aspect in ("amount", "who_pays") or _HOW_MUCH.search(pack(normalised(text))) is not None


def _leaves_out(text: str) -> bool:
    """Whether a question of how much names nothing else: "그래서 얼마 나와요"."""
    return asked_about(text).aspect in ("amount", "who_pays") and not named_in(text)


def _names_pay(packed: str) -> bool:
    return re.search(r"급여|월급|임금", packed) is not None


def _of_program(program: Program, paid: Paid, amount: int, asking: Asking) -> Parts:
    """The month's grant: the share of what the firm pays, at most the figure that holds for firm and event."""
    parts = Parts(program.short_name, checked_on=program.checked_on)
    event = asking.situation.event
    if event.type is None:
        event = event.copy(update={"type": "parental_leave"})
    situation = Situation(asking.situation.facts, event, asking.as_of)
    rule = program.paid_share
    share = amount * rule.percent // 100 if rule and rule.covers(asking.day) else amount
    rows = [row for row in program.values if row.covers(asking.day) and row.value is not None]
    rows = [row for row in rows if "leave" in row.phases and all_of(row.when, situation) != "unmet"]
    refused = [found for condition in program.conditions if condition.fact.startswith(("company.", "definition."))
               and (found := decide(condition, situation)) and found.outcome == "unmet"]
    if refused:
        parts.paragraphs += [f"{josa(program.short_name, '은/는')} 지금까지 알려 주신 내용으로는 받기 어려워요.",
                             *(found.text for found in refused)]
        return parts
    of = "" if share == amount else f"그 {rule.percent if rule else 100}%인 "
    parts.paragraphs.append(
        f"{_GIVEN_TO[paid]} 월 {josa(said(amount), '을/를')} 주면, {of}{josa(said(share), '과/와')} 월 한도 가운데 "
        "적은 쪽을 받아요.")
    for row in rows:
        parts.paragraphs.append(_row_said(row, share, situation, alone=len(rows) == 1))
    if event.type != asking.situation.event.type:
        parts.paragraphs.append("육아휴직의 빈자리일 때예요. 단축이면 한도가 달라요.")
    url = rule.reference.url if rule and rule.reference.url else program.sources[0]
    parts.basis = basis(asking, max((row.checked_on for row in rows), default=program.checked_on), site_title(url))
    parts.sources = [(site_title(url), url)]
    add_cautions(parts, program.caution, program.confidence, asking.as_of)
    return parts


def _row_said(row: Value, share: int, situation: Situation, *, alone: bool) -> str:
    """One limit with what comes of it: "피보험자 30인 미만: 월 140만원(한도 140만원) × 12개월 = 1,680만원"."""
    most = row.value or 0
    month = min(share, most)
    head = f"{row.label}: " if not alone or row.when else ""
    text = f"• {head}월 {said(month)}(한도 {said(most)})"
    months = situation.event.months
    if months is None:
        return text
    return f"{text} × {months:g}개월 = {said(int(month * months))}"


@dataclass(frozen=True)
class _Wage:
    """An ordinary wage with the rule and the figures (원) by which a benefit follows from it, and what was told."""

    amount: int
    rule: FromPay
    caps: list[int]
    floor: int
    full_hours: int
    event: Event
    told: str

    def bases(self) -> list[int]:
        """원 a month for each step: its share of the wage, between floor and cap."""
        steps = zip(self.rule.steps, self.caps, strict=True)
        return [max(min(self.amount * step.percent // 100, cap), self.floor) for step, cap in steps]


def _of_benefit(right: Right, amount: int, asking: Asking, told: str) -> Parts | None:
    """The worker's benefit from an ordinary wage of ``amount`` 원 a month, and what the firm adds."""
    rule = right.from_pay
    if rule is None:
        return None
    parts = Parts(right.name, checked_on=right.checked_on)
    day, caps = asking.day, _caps(right, asking.day)
    if caps is None:
        day = min(day, right.confirmed_until)
        caps = _caps(right, day)
        parts.cautions.append(f"{asking.day.year}년 상한은 아직 확인되지 않아 {day.year}년 상한으로 계산했어요.")
    if caps is None:
        return None
    floor, hours = (right.figure_on(name or "", day) or 0 for name in (rule.floor, rule.full_hours))
    wage = _Wage(amount, rule, caps, floor, hours, asking.situation.event, told)
    said_by = {"by_month": _by_month, "by_30_days": _by_30_days, "by_hours": _by_hours}
    parts.paragraphs += said_by[rule.kind](wage)
    parts.sources = [(source.title, source.url) for source in right.sources]
    parts.basis = f"근거 {rule.reference.law}" if rule.reference.law else ""
    add_cautions(parts, right.caution, right.confidence, asking.as_of)
    return parts


def _caps(right: Right, day: date) -> list[int] | None:
    """The cap of each step on ``day``; None where one is not known."""
    found = [right.figure_on(step.cap, day) for step in right.from_pay.steps] if right.from_pay else []
    known = [cap for cap in found if cap is not None]
    return known if len(known) == len(found) else None


def _by_month(wage: _Wage) -> list[str]:
    """ "1~3개월은 월 250만원, …": each stretch at its share and cap, and the sum over the leave."""
    named = list(_MONTHS.finditer(wage.told))
    told = int(named[-1]["months"]) if named else wage.event.months if wage.event.type == "parental_leave" else None
    months = told or _YEAR
    pieces, total = [], 0.0
    for step, a_month in zip(wage.rule.steps, wage.bases(), strict=True):
        if step.from_month > months:
            break
        until = f"~{step.to_month}개월은" if step.to_month else "개월부터는"
        pieces.append(f"{step.from_month}{until} 월 {said(a_month)}")
        total += a_month * (min(months, step.to_month or months) - step.from_month + 1)
    return [
        f"통상임금이 월 {said(wage.amount)}이라면, 고용보험이 {', '.join(pieces)}을 직원에게 줘요.",
        f"{months:g}개월이면 모두 {josa(said(int(total)), '이에요/예요')}.",
    ]


def _by_30_days(wage: _Wage) -> list[str]:
    """What insurance pays for every 30 days, and what the firm adds for the days it owes the wage."""
    paid, rule = wage.bases()[0], wage.rule
    days = (rule.top_up_days_twins if _TWINS.search(wage.told) else rule.top_up_days) or 0
    lines = [f"통상임금이 월 {said(wage.amount)}이라면, 고용보험이 30일마다 {josa(said(paid), '을/를')} 줘요."]
    more = wage.amount - paid
    if more <= 0:
        lines.append(f"상한({said(wage.caps[0])})보다 많지 않아, 회사가 더 낼 차액은 없어요.")
    else:
        each = f"30일마다 {said(more)}, 모두 {said(more * days // 30)}"
        lines.append(f"회사는 처음 {days}일 동안 통상임금에서 모자라는 만큼({each})을 줘요.")
    others = f"그 밖의 기업은 처음 {days}일 임금을 회사가 모두 줘요."
    return [*lines, f"우선지원대상기업(대부분의 중소기업)일 때예요. {others}"]


def _by_hours(wage: _Wage) -> list[str]:
    """What insurance pays for the hours cut, with the arithmetic, and what is left for the firm to pay."""
    week, cut, named = _hours_cut(wage.told)
    full, bases = min(cut, wage.full_hours), wage.bases()
    parts = [(bases[0], full), (bases[-1], cut - full)]
    paid = sum(base * hours // week for base, hours in parts)
    sums = " + ".join(f"{said(base)}×{hours}÷{week}" for base, hours in parts if hours)
    case = f"주 {week}시간에서 {week - cut}시간으로 줄이면"
    return [
        f"통상임금이 월 {said(wage.amount)}이고 {case}, 고용보험이 월 {josa(said(paid), '을/를')} 줘요({sums}).",
        f"회사는 일한 시간만큼({week - cut}/{week}) 임금을 줘요: {said(wage.amount * (week - cut) // week)}.",
        *([] if named else ["줄이는 시간을 알려 주시면 그대로 다시 계산해 드려요."]),
    ]


def _hours_cut(told: str) -> tuple[int, int, bool]:
    """Hours a week before, hours cut, and whether they were told; the common case where not."""
    every = list(_CUT.finditer(told))
    if not every:
        return _FULL_WEEK, _EXAMPLE, False
    found = every[-1]
    if found["before"]:
        before, after = int(found["before"]), int(found["after"])
        return (before, before - after, True) if before > after else (_FULL_WEEK, _EXAMPLE, False)
    if found["day_before"]:
        before, after = _DAYS * int(found["day_before"]), _DAYS * int(found["day_after"])
        return (before, before - after, True) if before > after else (_FULL_WEEK, _EXAMPLE, False)
    if found["a_day"]:
        return _FULL_WEEK, _DAYS * (_HOURS.get(found["a_day"]) or int(found["a_day"])), True
    return _FULL_WEEK, min(int(found["a_week"]), _FULL_WEEK - 1), True
