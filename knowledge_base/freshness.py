"""How sure and how fresh a value is, said to the user; and which values are due to be checked again.

A value past its check date, of low confidence, or asked for a day beyond what is known is still given, but with a
visible caution that says who can confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from dateutil.relativedelta import relativedelta

from knowledge_base.clock import today
from knowledge_base.item_schema import Right, RightValue
from knowledge_base.program_schema import Program, Value

if TYPE_CHECKING:
    from knowledge_base.loading import Knowledge

# Ministries change these schemes every year: what nobody has looked at for a year may well be old.
STALE_AFTER = relativedelta(months=12)
# Nothing before this day was collected, except where a row says so itself.
KNOWN_FROM = date(2024, 7, 1)
ASK_A_PERSON = "신청하기 전에 플래너나 1350에 확인해 주세요."
Reason = Literal["old", "unsure", "unknown", "beyond"]


class Checked(Protocol):
    """What every item has: the day it was checked on, and how sure it is."""

    @property
    def checked_on(self) -> date:
        """The day the item was last compared with its sources."""
        ...

    @property
    def confidence(self) -> Any:
        """high, medium, low (or none)."""
        ...


def is_old(checked_on: date, on: date | None = None) -> bool:
    """Whether a check date lies twelve months or more before ``on`` (default: today)."""
    return bool(checked_on + STALE_AFTER <= (on or today()))


def old_caution(checked_on: date, on: date | None = None) -> str | None:
    """One Korean sentence for a check date twelve months or more before ``on`` (default: today), or None."""
    if not is_old(checked_on, on):
        return None
    return f"{_day(checked_on)}에 마지막으로 확인한 내용이라 그 뒤 바뀌었을 수 있어요."


def caution(
    item: Checked, *, value: RightValue | Value | None = None, as_of: date | None = None, on: date | None = None
) -> str | None:
    """The Korean caution that goes with an item, or with one ``value`` of it; None where nothing need be said.

    ``as_of`` is the day asked about (a leave's start), ``on`` the day of asking (default: today). A value's own
    confidence, check date and caution outweigh those of its item.
    """
    on = on or today()
    checked_on = (value.checked_on if value is not None else None) or item.checked_on
    confidence = (value.confidence if value is not None else None) or item.confidence
    own = (value.caution if value is not None else None) or getattr(item, "caution", None)
    parts = [own] if own else []
    if value is not None and value.value is None and getattr(value, "cash", True):
        parts.append("정확한 값은 아직 확인되지 않았어요.")
    elif confidence == "low" and not own:
        parts.append("확실하지 않은 자료에서 온 내용이에요.")
    over = value is not None and value.to is not None and value.to < on
    old = None if over else old_caution(checked_on, on)  # what held in days gone by does not grow old
    if old:
        parts.append(old)
    beyond = _beyond(item, as_of)
    if beyond:
        parts.append(beyond)
    if not parts:
        return None
    text = " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts)
    return text if "1350" in text else f"{text} {ASK_A_PERSON}"


def _beyond(item: Checked, as_of: date | None) -> str | None:
    if as_of is None:
        return None
    until = getattr(item, "confirmed_until", None)
    if until is not None and as_of > until:
        return f"{_day(until)} 뒤의 내용은 아직 확인되지 않았어요."
    if as_of < KNOWN_FROM:
        return f"{_day(KNOWN_FROM)}보다 앞선 날의 내용은 저희 자료로 확실히 말씀드리기 어려워요."
    return None


def _day(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


@dataclass(frozen=True)
class Due:
    """Something to be checked again: which item, what of it, why, and since when."""

    kind: str
    item: str
    what: str
    reason: Reason
    since: date

    def text(self) -> str:
        """One line for an editor."""
        said = {
            "old": f"확인한 지 12개월이 지났습니다({self.since})",
            "unsure": f"확신이 낮습니다(확인 {self.since})",
            "unknown": f"값을 모릅니다(확인 {self.since})",
            "beyond": f"확인한 기간이 지났습니다({self.since}까지)",
        }[self.reason]
        return f"{self.kind} {self.item} · {self.what}: {said}"


def due(knowledge: Knowledge, on: date | None = None) -> list[Due]:
    """Everything that is old, unsure, unknown or past its coverage on a day (default: today), most urgent first.

    Rows whose days are over are history and never due.
    """
    on = on or today()
    order: dict[Reason, int] = {"beyond": 0, "old": 1, "unknown": 2, "unsure": 3}
    found = [*_due_items(knowledge, on), *_due_values(knowledge, on), *_due_centers(knowledge, on)]
    return sorted(found, key=lambda one: (order[one.reason], one.since, one.kind, one.item, one.what))


def _due_items(knowledge: Knowledge, on: date) -> Iterator[Due]:
    named = {"program": "지원제도", "right": "권리", "question": "질문", "case": "사례", "definition": "뜻풀이"}
    for kind, items in knowledge.kinds().items():
        if kind == "center":
            continue
        for identifier, item in items.items():
            until = getattr(item, "confirmed_until", None)
            if until is not None and until < on:
                yield Due(named[kind], identifier, "전체", "beyond", until)
            if is_old(item.checked_on, on):
                yield Due(named[kind], identifier, "전체", "old", item.checked_on)
            if getattr(item, "confidence", None) == "low":
                yield Due(named[kind], identifier, "전체", "unsure", item.checked_on)


def _due_values(knowledge: Knowledge, on: date) -> Iterator[Due]:
    rows: list[tuple[str, Program | Right, str, RightValue | Value]] = [
        ("권리", right, _row_name(row), row) for right in knowledge.rights.values()
        for row in (*right.durations, *right.pay)
    ]
    rows += [
        ("지원제도", program, row.label, row) for program in knowledge.programs.values() for row in program.values
    ]
    for kind, item, name, row in rows:
        if row.to is not None and row.to < on:
            continue
        checked_on = row.checked_on or item.checked_on
        what = f"{name} {row.from_ or ''}~{row.to or ''}"
        if row.value is None and getattr(row, "cash", True):
            yield Due(kind, item.id, what, "unknown", checked_on)
        elif row.confidence == "low":
            yield Due(kind, item.id, what, "unsure", checked_on)
        if row.checked_on and is_old(row.checked_on, on):
            yield Due(kind, item.id, what, "old", row.checked_on)


def _row_name(row: RightValue) -> str:
    return " ".join(part for part in (row.condition, row.meaning) if part) or row.series


def _due_centers(knowledge: Knowledge, on: date) -> Iterator[Due]:
    for center in knowledge.centers.values():
        if center.planner and center.planner.phone and is_old(center.planner.as_of, on):
            yield Due("센터", center.id, "플래너 번호", "old", center.planner.as_of)
        if center.planner and center.planner.phone is None:
            yield Due("센터", center.id, "플래너 번호", "unknown", center.planner.as_of)
        if is_old(center.checked_on, on):
            yield Due("센터", center.id, "전화·주소·관할", "old", center.checked_on)
        if center.phone.confidence in ("low", "none"):
            reason: Reason = "unknown" if center.phone.number is None else "unsure"
            yield Due("센터", center.id, "대표전화", reason, center.checked_on)
    for region in knowledge.regions.values():
        if region.confidence in ("low", "none"):
            reason = "unsure" if region.center else "unknown"
            yield Due("지역", region.code, f"{region.full_name} 관할 센터", reason, region.checked_on)
