"""What a file of ``programs/`` may say: one 지원제도 with its conditions, dated values, deadlines and exclusions.

Only the shape and its inner consistency live here. How conditions are decided is in ``rules``, amounts in
``amounts``, dates in ``deadlines``. Every Korean sentence is whole; ``{…}`` in it is filled with what
PLACEHOLDERS names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator, validator

from knowledge_base.facts import EventType, Want
from knowledge_base.items import read_folder

PROGRAMS = Path(__file__).parent / "programs"

FactName = Literal[
    "company.headcount", "company.insured_headcount", "company.industry", "company.region",
    "company.employment_insurance", "company.large_group", "company.public_institution",
    "event.type", "event.mode", "event.start", "event.months", "event.child_birth", "event.worker_gender",
    "event.worker_tenure_months", "event.cover", "event.cover_start", "event.coworker_allowance", "wants",
]
# A definition stands where a fact may: it is decided from several facts by ``definitions/``.
DefinitionName = Literal["definition.priority_support_enterprise", "definition.priority_or_midsize_enterprise"]
Operator = Literal[
    "equals", "in", "not_in", "at_least", "at_most", "less_than", "more_than",
    "lasts_days",  # value: days; the event lasts at least so many days, a month being as long as it is
    "child_within_months",  # value: months; the child is at most so old when the event starts (unborn counts)
    "child_within_school",  # value: {age, grade}; at most so old or in at most that 초등학교 grade when it starts
    "child_in_grades",  # value: {from, to}; in one of these 초등학교 grades when the event starts
    "in_region", "not_in_region",  # value: 시도 (2 digits) or 시군구 (5 digits) codes
    "starts_within_months_before",  # value: {sure, perhaps}; so many months before the event's start at the earliest
    "includes_any",  # value: wants
]
_OF_LISTS = ("in", "not_in", "includes_any", "in_region", "not_in_region")
Anchor = Literal["event_start", "event_end", "return_date", "cover_start", "child_birth", "month_after_start"]
Confidence = Literal["high", "medium", "low"]

PLACEHOLDERS = {
    "actual": "사용자가 말한 값(25명, 제조업, 12월 1일, 새로 채용 …)",
    "limit": "조건에 적은 기준값(30명, 12개월 …)",
    "subject": "조건이 보는 사실의 이름(상시근로자 수, 아이 나이 …)",
    "date": "조건·기한이 정하는 날짜",
    "start": "휴직·단축을 시작하는 날",
    "end": "휴직·단축이 끝나는 날",
    "months": "휴직·단축 개월 수",
    "industry": "업종 이름",
    "headcount": "상시근로자 수",
}
_MARK = re.compile(r"\{([^{}]+)\}")


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True
        allow_population_by_field_name = True


def _known_marks(text: str | None) -> str | None:
    unknown = [m for m in _MARK.findall(text or "") if m not in PLACEHOLDERS and "/" not in m]
    if unknown:
        usable = ", ".join(PLACEHOLDERS)
        raise ValueError(f"채울 수 없는 자리표시 {{{unknown[0]}}}: 쓸 수 있는 것은 {usable}와 {{은/는}} 같은 조사")
    return text


class Reference(_Part):
    """Where a rule or a figure comes from: an article of law in words, a link, or both."""

    law: str | None = None
    url: str | None = Field(None, regex=r"^https?://\S+$")

    @root_validator
    def _says_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not values.get("law") and not values.get("url"):
            raise ValueError("law와 url 가운데 하나는 있어야 합니다")
        return values


class Dated(_Part):
    """Days between which something holds, both included; an open end is null ("still so when last checked")."""

    from_: date | None = Field(None, alias="from")
    to: date | None = None

    @root_validator
    def _in_order(cls, values: dict[str, Any]) -> dict[str, Any]:
        start, end = values.get("from_"), values.get("to")
        if start and end and start > end:
            raise ValueError(f"from({start})이 to({end})보다 늦습니다")
        return values

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies between both ends."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Period(Dated):
    """A period in which the program itself is in force."""

    note: str | None = None


class Test(_Part):
    """The smallest thing that can be met, unmet or unknown: one fact against one value."""

    __test__ = False  # not a pytest class

    fact: FactName | DefinitionName
    op: Operator
    value: Any

    @root_validator
    def _value_fits(cls, values: dict[str, Any]) -> dict[str, Any]:
        op, value, fact = values.get("op"), values.get("value"), values.get("fact")
        if op in _OF_LISTS and not (isinstance(value, list) and value):
            raise ValueError(f"op {op}의 value는 비어 있지 않은 목록이어야 합니다")
        if op in ("at_least", "at_most", "less_than", "more_than") and not isinstance(value, (int, float)):
            raise ValueError(f"op {op}의 value는 수여야 합니다")
        if op == "child_within_months" and not isinstance(value, int):
            raise ValueError("child_within_months의 value는 개월 수여야 합니다")
        if op == "lasts_days" and (not isinstance(value, int) or fact != "event.months"):
            raise ValueError("lasts_days는 event.months에 쓰고 value는 날 수여야 합니다")
        if op == "child_within_school" and not (isinstance(value, dict) and {"age", "grade"} == set(value)):
            raise ValueError("child_within_school의 value는 {age: 8, grade: 2} 모양이어야 합니다")
        if op == "child_in_grades" and (not isinstance(value, dict) or set(value) != {"from", "to"}):
            raise ValueError("child_in_grades의 value는 {from: 1, to: 6} 모양이어야 합니다")
        if op == "starts_within_months_before" and (not isinstance(value, dict) or set(value) != {"sure", "perhaps"}):
            raise ValueError("starts_within_months_before의 value는 {sure: 2, perhaps: 6} 모양이어야 합니다")
        if fact and str(fact).startswith("definition.") and (op != "equals" or value is not True):
            raise ValueError("definition.*에는 op: equals, value: true만 씁니다")
        return values


class Condition(Test, Dated):
    """A condition a machine decides, with the sentence to say for each outcome.

    ``from``/``to`` say for which events it holds, by the day ``dated_by`` names. With ``when`` it applies only where
    all those tests hold. ``if_unknown``: ``ask`` lets it drive a question and keeps the verdict possible; ``check``
    leaves it for a person to check (the unknown sentence is listed there) without asking, for what nearly every firm
    meets. ``ask_only_when`` narrows asking to the firms for which the answer can plausibly matter.
    """

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    dated_by: Literal["event_start", "cover_start", "return_date"] = "event_start"
    when: tuple[Test, ...] = ()
    if_unknown: Literal["ask", "check"] = "ask"
    ask_only_when: tuple[Test, ...] = ()
    met: str
    unmet: str
    unknown: str
    change: str | None = Field(None, description="what the firm could do where it is unmet")
    settled_by_waiting: bool = Field(False, description="passing time alone can turn unmet into met")
    reference: Reference

    _marks = validator("met", "unmet", "unknown", "change", allow_reuse=True)(_known_marks)


class Check(_Part):
    """What only a person can check. ``decisive`` where it is truly open, so the verdict is ``check``; not decisive
    where nearly every firm meets it. With ``when`` it is decisive only where those tests are met, and falls away
    where one is unmet."""

    text: str
    decisive: bool = False
    when: tuple[Test, ...] = ()
    reference: Reference | None = None


class Value(Dated):
    """An amount for the days between ``from`` and ``to``. ``value: null`` with ``cash: true`` means *not known*.

    ``dated_by``: ``period`` picks the row anew for every stretch of the event, ``event_start`` once for all of it.
    ``started`` narrows it to events that began between those days. ``counted_from``: ``cover`` pays only from the day
    the cover works. Rows of one ``group`` stand for each other, rows of different groups add up. ``option`` names a
    choice inside the program (for example 특례). ``months_from``/``months_to``: the months of the event it pays for,
    counted from 0.
    """

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str
    condition: str | None = Field(None, description="when it is this amount, in words")
    value: int | None = Field(None, ge=0)
    cash: bool = True
    at_most: bool = Field(False, description="the figure is a ceiling (최대)")
    unit: str = "KRW"
    per: Literal["month", "30_days", "year", "once"] = "month"
    count: int | None = Field(None, ge=1, description="how many times it is paid, where the length does not say it")
    whom: str | None = Field(None, description="for whom: 휴직자 1명, 대체인력 1명, 기업 …")
    dated_by: Literal["event_start", "period", "return_date"] = "period"
    started: Dated | None = None
    counted_from: Literal["event", "cover"] = "event"
    phases: tuple[Literal["leave", "handover_before"], ...] = ("leave",)
    group: str = "base"
    option: str | None = None
    months_from: float = 0
    months_to: float | None = None
    when: tuple[Test, ...] = ()
    presumed: tuple[Test, ...] = Field((), description="may be unknown: the row is then counted, but not as certain")
    ask: bool = Field(True, description="unknown facts of ``when`` may drive a question")
    ask_only_when: tuple[Test, ...] = ()
    check: str | None = Field(None, description="what a person must check before this amount may be counted on")
    note: str | None = None
    reference: Reference | None = None
    also: tuple[str, ...] = Field((), description="further sources")
    checked_on: date
    confidence: Confidence | None = None
    caution: str | None = None
    caution_if_crossing: str | None = Field(None, description="said only where the event outlasts this row")


class DateRule(_Part):
    """A day: ``months`` and ``days`` after the anchor. "종료일부터 12개월 이내" is event_end + 12."""

    anchor: Anchor
    months: int = 0
    days: int = 0


class Deadline(Dated):
    """A day to apply by or from: the sentence with ``{date}``, the one without where the day cannot be computed."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    kind: Literal["apply_by", "apply_from", "act_by"] = "apply_by"
    rule: DateRule | None = None
    fixed: date | None = None
    text: str = Field(description="with {date}")
    without_date: str
    final: bool = Field(False, description="the one deadline to show first")
    when: tuple[Test, ...] = ()
    reference: Reference | None = None

    _marks = validator("text", "without_date", allow_reuse=True)(_known_marks)


class Exclusion(_Part):
    """A counterpart that limits this program. ``program: null`` is one outside these files."""

    program: str | None
    kind: Literal["exclusive", "offset", "same_worker", "headcount_shared", "unknown"]
    say: str | None = Field(None, description="the whole sentence to say; without it the note is said")
    scope: str | None = Field(None, description="in words: only in this case")
    option: str | None = Field(None, description="only where this option of the program ``option_of`` is taken")
    option_of: str | None = None
    when: tuple[Test, ...] = ()
    note: str
    reference: Reference | None = None


class Combination(_Part):
    """A program that can be had besides."""

    program: str | None
    scope: str | None = None
    option: str | None = Field(None, description="only where the program ``option_of`` does not take this option")
    option_of: str | None = None
    note: str
    reference: Reference | None = None


class Prerequisite(_Part):
    """A program that must be applied for first, or together."""

    program: str
    note: str
    reference: Reference | None = None


class PaidShare(Dated):
    """What the firm itself paid bounds the amount of a month: at most ``percent`` of it."""

    of: Literal["cover_pay", "allowance"] = Field(description="paid to who covers, or to colleagues")
    percent: int = Field(ge=1, le=100)
    reference: Reference


class Scope(_Part):
    """Where it is paid: the whole country, or the 시도 codes (2 digits) and 시군구 codes (5 digits) listed."""

    kind: Literal["national", "local"]
    place: str | None = Field(None, description="name to say, for example 경기도")
    codes: tuple[str, ...] = ()
    of: Literal["company", "residence"] = "company"

    @root_validator
    def _codes_fit(cls, values: dict[str, Any]) -> dict[str, Any]:
        local = values.get("kind") == "local"
        if local != bool(values.get("codes")) or local != bool(values.get("place")):
            raise ValueError("local이면 place와 codes가 있어야 하고 national이면 없어야 합니다")
        if any(not re.fullmatch(r"\d{2}|\d{5}", code) for code in values.get("codes", ())):
            raise ValueError("codes는 시도 2자리나 시군구 5자리 숫자입니다(따옴표로 감싸세요)")
        return values


class Program(_Part):
    """One 지원제도. Its file name is its id."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    name: str
    short_name: str = Field(description="how it is called in an answer: 대체인력지원금")
    aliases: tuple[str, ...] = ()
    summary: str
    who_pays: str
    support_type: Literal["information", "application", "consulting"]
    paid_to: Literal["firm", "worker"] = "firm"
    order: int = Field(50, description="place in a list of verdicts; small comes first")
    scope: Scope
    wants: tuple[Want, ...] = ()
    events: tuple[EventType, ...] = ()
    relevant_when: tuple[Test, ...] = Field((), description="cared about only where none of these is unmet")
    target_company: str
    target_worker: str | None = None
    in_force: tuple[Period, ...]
    confirmed_until: date = Field(description="last day for which the figures and rules are known")
    conditions: tuple[Condition, ...] = ()
    conditions_to_check: tuple[Check, ...] = ()
    values: tuple[Value, ...] = ()
    max_duration: str | None = None
    caps: str | None = None
    paid_share: PaidShare | None = None
    payment_timing: str | None = None
    how_to_apply: str
    documents: tuple[str, ...] = ()
    deadline: str | None = Field(None, description="the deadlines in words; null is not known")
    deadlines: tuple[Deadline, ...] = ()
    legal_basis: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    combines_with: tuple[Combination, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    status_note: str | None = None
    sources: tuple[str, ...]
    checked_on: date
    confidence: Confidence
    caution: str | None = None
    notes: str | None = None

    @root_validator(skip_on_failure=True)
    def _ids_once(cls, values: dict[str, Any]) -> dict[str, Any]:
        for key in ("in_force", "sources"):
            if not values[key]:
                raise ValueError(f"{key}에 적어도 하나는 있어야 합니다")
        for key in ("conditions", "values", "deadlines"):
            twice = _first_repeated(part.id for part in values[key])
            if twice:
                raise ValueError(f"{key}에 id '{twice}'가 두 번 나옵니다")
        kinds: dict[str, bool] = {}
        for value in values["values"]:
            if kinds.setdefault(value.group, value.per == "month") != (value.per == "month"):
                raise ValueError(f"values의 group '{value.group}'에 다달이 주는 것과 아닌 것이 섞였습니다")
        if sum(deadline.final for deadline in values["deadlines"]) > 1:
            raise ValueError("deadlines에서 final은 하나뿐이어야 합니다")
        return values

    @property
    def hangs_on_start(self) -> bool:
        """Whether the day the event begins can turn a "yes": by an age, a tenure, a rule of some years, an end."""
        aging = ("child_within_months", "child_within_school", "child_in_grades")
        return any(period.to for period in self.in_force) or any(
            part.op in aging or part.fact == "event.worker_tenure_months" or part.from_ or part.to
            for part in self.conditions
        )

    def concerns(self, event_type: str | None, wants: Iterable[str]) -> bool:
        """Whether somebody with this event or one of these wants cares about the program."""
        return event_type in self.events or any(want in self.wants for want in wants)


def _first_repeated(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for identifier in ids:
        if identifier in seen:
            return identifier
        seen.add(identifier)
    return None


def load_programs(folder: Path = PROGRAMS) -> dict[str, Program]:
    """Every program below ``folder`` by id.

    Raises KnowledgeError (file, line, what to do) for a file that does not fit the schema.
    """
    return read_folder(folder, Program)


@lru_cache(maxsize=1)
def programs() -> dict[str, Program]:
    """The programs of this checkout, read once."""
    return load_programs()
