"""How much a program pays for one event: dated rows split over the event's months, with totals and their arithmetic.

A row that depends on a fact not known is an alternative, never a certain amount. A figure beyond the last day the
knowledge confirms is given as today's figure and says so. 원 throughout; months may be fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from knowledge_base.korean import won
from knowledge_base.program_schema import Program, Value
from knowledge_base.rules import Outcome, all_of, asks_of
from knowledge_base.situation import Situation, add_length, add_months, length_in_months

_PER = {"month": "월", "30_days": "30일", "year": "연", "once": ""}
_OPEN = 120  # months looked at where the event's length is not known


@dataclass(frozen=True)
class Amount:
    """One row of money (or of a figure not known) for one stretch of the event.

    ``certain``: no unknown fact and nothing for a person to check stands between the firm and this row, and the
    figure is confirmed for all of the stretch. ``chosen``: no other row may take its place once facts are known.
    """

    row: Value
    first: date
    after: date | None
    months: float | None
    times: int | None
    certain: bool
    chosen: bool
    phase: str
    confirmed_until: date | None
    caution: str | None

    @property
    def total(self) -> int | None:
        """원 for the stretch; None where figure or length is not known."""
        if self.row.value is None:
            return None
        if self.row.per == "month":
            return None if self.months is None else int(self.row.value * self.months + 1e-6)
        return self.row.value * (self.times or 1)

    @property
    def rate(self) -> str:
        """The figure as it is said: "월 최대 140만원", or that it is not known."""
        if not self.row.cash:
            return "현금 지원 없음"
        per = _PER[self.row.per]
        if self.row.value is None:
            return f"{per} 금액 확인 안 됨".strip()
        most = "최대 " if self.row.at_most else ""
        return f"{per} {most}{won(self.row.value)}".strip()

    @property
    def text(self) -> str:
        """The row with its arithmetic: "피보험자 30인 미만: 월 최대 140만원 × 12개월 = 최대 1,680만원"."""
        said = f"{self._label}: {self.rate}"
        count = f" × {_count(self.months)}" if self.row.per == "month" and self.months is not None else (
            f" × {self.times}번" if self.row.per == "30_days" and self.times else "")
        if count and self.row.value is not None:
            most = "최대 " if self.row.at_most else ""
            said += f"{count} = {most}{won(self.total or 0)}"
        elif count:
            said += f"({count.removeprefix(' × ')}분)"
        elif self.months is None and self.row.per == "month" and self.row.months_to is not None:
            said += f"(최대 {_number(self.row.months_to):g}개월)"
        if self.confirmed_until is not None and self.row.value is not None:
            said += f"({self.confirmed_until.year}년 금액 기준)"
        return said

    @property
    def _label(self) -> str:
        return f"시작 전 인수인계, {self.row.label}" if self.phase == "handover_before" else self.row.label

    def to_document(self) -> dict[str, Any]:
        """JSON-like data; ``months`` null where the length is not known, ``value`` null where the figure is not."""
        last = self.after - timedelta(days=1) if self.after else None
        return {
            "id": self.row.id, "label": self.row.label, "value": self.row.value, "unit": self.row.unit,
            "cash": self.row.cash, "per": self.row.per, "months": _number(self.months), "times": self.times,
            "at_most": self.row.at_most, "whom": self.row.whom, "from": self.first.isoformat(),
            "to": last.isoformat() if last else None, "phase": self.phase, "option": self.row.option,
            "certain": self.certain, "condition": self.row.condition, "check": self.row.check,
            "confirmed_until": self.confirmed_until.isoformat() if self.confirmed_until else None,
            "total": self.total, "text": self.text, "note": self.row.note or self.row.condition or "",
            "reference": self.row.reference.dict() if self.row.reference else None,
            "checked_on": self.row.checked_on.isoformat(), "confidence": self.row.confidence, "caution": self.caution,
        }


@dataclass(frozen=True)
class Money:
    """All rows of a program for one event, what they add up to, and the facts that would settle the rest."""

    amounts: tuple[Amount, ...]
    asks: tuple[str, ...]

    @property
    def counted(self) -> tuple[Amount, ...]:
        """The rows that add up: chosen, and with nothing left for a person to check."""
        return tuple(row for row in self.amounts if row.chosen and row.row.check is None and row.row.cash)

    @property
    def pays(self) -> bool:
        """Whether there is money in it that could be counted on once the facts are known."""
        return any(row.row.cash and row.row.check is None for row in self.amounts)

    @property
    def settled(self) -> bool:
        """Whether no fact is missing to say which rows add up; rows for a person to check do not count."""
        return all(row.chosen for row in self.amounts if row.row.check is None)

    @property
    def total(self) -> int | None:
        """원 over the whole event, None where a rate, a length or the choice of a row is not known."""
        rows = self.counted
        if not rows or not self.settled or any(row.total is None for row in rows):
            return None
        return sum(row.total or 0 for row in rows)

    @property
    def certain(self) -> bool:
        """Whether the total is one: facts known and every figure confirmed for its days."""
        return self.total is not None and all(row.certain for row in self.counted)

    @property
    def options(self) -> frozenset[str]:
        """The options (특례 …) that the rows take."""
        return frozenset(row.row.option for row in self.amounts if row.row.option and row.chosen)

    def arithmetic(self) -> str | None:
        """The sum as it is said: "100만원 × 3개월 + 30만원 × 9개월 = 570만원"; None without a total."""
        if self.total is None:
            return None
        parts = [_product(row) for row in self.counted]
        most = "최대 " if any(row.row.at_most for row in self.counted) else ""
        result = f"{most}{won(self.total)}"
        if len(parts) == 1 and "×" not in parts[0]:
            return result
        return f"{' + '.join(parts)} = {result}"


def money(program: Program, situation: Situation, *, without: str | None = None) -> Money:
    """What ``program`` pays for the event of ``situation``; ``without`` names an option not to take."""
    facts_open: list[str] = []
    rows: list[tuple[Value, Outcome]] = []
    for row in program.values:
        if without is not None and row.option == without:
            continue
        held = all_of(row.when, situation)
        if row.started is not None and not row.started.covers(situation.day):
            continue
        if held != "unmet" and all_of(row.presumed, situation) != "unmet":
            rows.append((row, held))
    amounts: list[Amount] = []
    for phase, first, after, known in _stretches(situation):
        there = [(row, held) for row, held in rows if phase in row.phases]
        for group in dict.fromkeys(row.group for row, _ in there):
            members = [(row, held) for row, held in there if row.group == group]
            amounts += _spread(members, program, situation, phase, first, after, known)
    for amount in amounts:
        if not amount.chosen and amount.row.ask and all_of(amount.row.ask_only_when, situation) != "unmet":
            facts_open += [name for name in asks_of(amount.row.when, situation) if name not in facts_open]
    return Money(tuple(amounts), tuple(facts_open))


def _stretches(situation: Situation) -> list[tuple[str, date, date, bool]]:
    """The parts of the event that are paid: (phase, first day, day after, whether its length is known)."""
    start = situation.day
    if situation.after is not None:
        stretches = [("leave", start, situation.after, True)]
    elif situation.event.months is not None:
        stretches = [("leave", start, add_length(start, situation.event.months), True)]
    else:
        stretches = [("leave", start, add_months(start, _OPEN), False)]
    began = situation.event.cover_start
    if situation.start and began and began < situation.start:
        stretches.append(("handover_before", max(began, add_months(situation.start, -2)), situation.start, True))
    return stretches


def _spread(
    members: Sequence[tuple[Value, Outcome]], program: Program, situation: Situation, phase: str, first: date,
    after: date, known: bool,
) -> list[Amount]:
    """The rows of one group over one stretch, cut where a row, a rate or a window of months begins or ends."""
    if members and members[0][0].per in ("once", "year", "30_days"):
        return [amount for row, held in members for amount in _paid_by_count(row, held, members, program, situation)]
    windows = [(row, held, _window(row, situation, first, after)) for row, held in members]
    cuts_end = max((window[1] for _, _, window in windows if window), default=after)
    cuts = sorted({first, after, *(day for _, _, window in windows if window for day in window)})
    found: list[Amount] = []
    for begin, end in pairwise(cuts):
        inside = [(row, held) for row, held, window in windows if window and window[0] <= begin and end <= window[1]]
        if any(row.option and held == "met" for row, held in inside):
            inside = [(row, held) for row, held in inside if row.option and held == "met"]
        for row, held in inside:
            chosen = held == "met" and len(inside) == 1
            open_end = not known and (end == after or _capped(row, first) == end == cuts_end)
            found.append(_amount(row, program, situation, phase, begin, None if open_end else end, chosen, known))
    joined = _joined(found)
    if all(amount.chosen for amount in joined):
        return joined
    return [replace(amount, certain=False) for amount in joined]  # which row holds also says how long the others do


def _capped(row: Value, first: date) -> date | None:
    """The day after the most months ``row`` is paid for; None where it has no such limit."""
    return None if row.months_to is None else add_length(first, row.months_to)


def _window(row: Value, situation: Situation, first: date, after: date) -> tuple[date, date] | None:
    """The days of the stretch that ``row`` pays for."""
    begin = add_length(first, row.months_from) if row.months_from else first
    if row.counted_from == "cover" and situation.event.cover_start:
        begin = max(begin, situation.event.cover_start)
    end = min(after, add_length(first, row.months_to)) if row.months_to is not None else after
    if row.dated_by == "period":
        begin = max(begin, row.from_ or begin)
        end = min(end, row.to + timedelta(days=1)) if row.to else end
    elif not row.covers(situation.day if row.dated_by == "event_start" else situation.return_date or situation.day):
        return None
    return (begin, end) if begin < end else None


def _amount(
    row: Value, program: Program, situation: Situation, phase: str, begin: date, end: date | None, chosen: bool,
    known: bool,
) -> Amount:
    last = end - timedelta(days=1) if end else situation.day
    beyond = row.to is None and row.cash and last > program.confirmed_until
    crossing = row.to is not None and end is not None and last > row.to
    sure = chosen and row.check is None and all_of(row.presumed, situation) == "met"
    placed = situation.start is not None and (row.counted_from == "event" or situation.event.cover_start is not None)
    if row.dated_by == "return_date":
        placed = situation.return_date is not None
    certain = sure and known and placed and not beyond and not crossing and row.value is not None
    months = None if end is None else length_in_months(begin, end)
    return Amount(
        row, begin, end, months, None, certain, chosen, phase, program.confirmed_until if beyond else None,
        row.caution or (row.caution_if_crossing if crossing else None),
    )


def _paid_by_count(
    row: Value, held: Outcome, members: Sequence[tuple[Value, Outcome]], program: Program, situation: Situation,
) -> list[Amount]:
    """A row paid once, by the year or by 30 days; blocks of 30 days each look up their own row."""
    rivals = [other for other, _ in members if other is not row]
    if row.per == "30_days":
        return _blocks(row, held, program, situation)
    day = situation.return_date or situation.day if row.dated_by == "return_date" else situation.day
    if not row.covers(day):
        return []
    rival = any(other.covers(day) for other in rivals)
    chosen = held == "met" and not rival
    amount = _amount(row, program, situation, "leave", day, day + timedelta(days=1), chosen, True)
    return [replace(amount, after=None, months=None, times=row.count)]


def _blocks(row: Value, held: Outcome, program: Program, situation: Situation) -> list[Amount]:
    starts = [situation.day + timedelta(days=30 * index) for index in range(row.count or 1)]
    covered = [day for day in starts if row.covers(day)]
    if not covered:
        return []
    end = covered[-1] + timedelta(days=30)
    # A leave that runs on into the next row's year has not said which year's ceiling holds, so all its blocks count.
    lasting = max(end, starts[-1] + timedelta(days=30))
    amount = _amount(row, program, situation, "leave", covered[0], lasting, held == "met", True)
    return [replace(amount, after=end, months=None, times=len(covered))]


def _joined(amounts: Sequence[Amount]) -> list[Amount]:
    """Neighbouring stretches of the same row made one; alternatives keep their own order."""
    joined: list[Amount] = []
    for amount in amounts:
        twin = next((old for old in joined if old.row is amount.row and old.after == amount.first
                     and old.chosen == amount.chosen), None)
        if twin is None:
            joined.append(amount)
            continue
        months = None if amount.after is None else length_in_months(twin.first, amount.after)
        joined[joined.index(twin)] = replace(
            twin, after=amount.after, months=months, certain=twin.certain and amount.certain,
            confirmed_until=twin.confirmed_until or amount.confirmed_until, caution=twin.caution or amount.caution,
        )
    return joined


def _product(amount: Amount) -> str:
    if amount.row.per == "month":
        return f"{won(amount.row.value or 0)} × {_count(amount.months)}"
    if amount.times and amount.times > 1:
        return f"{won(amount.row.value or 0)} × {amount.times}번"
    return won(amount.row.value or 0)


def _count(months: float | None) -> str:
    return "개월 수" if months is None else f"{_number(months):g}개월"


def _number(months: float | None) -> float | int | None:
    if months is None:
        return None
    rounded = round(months, 2)
    return int(rounded) if rounded == int(rounded) else rounded
