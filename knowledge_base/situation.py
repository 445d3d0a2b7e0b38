"""One firm and one event of it on one day, made ready for deciding: ages, tenure and lengths as what is certain.

Nothing here knows programs. Numbers are pairs (lowest, highest) of what is certain; a missing fact is None.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cached_property

from knowledge_base.enterprise import Standing, priority_support
from knowledge_base.facts import Event, Facts, Range

Interval = tuple[float, float]
NO_END = float("inf")


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; where that month is shorter, its last day (민법 제160조).

    Days outside the calendar are its first or last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_length(day: date, months: float) -> date:
    """The day after a stretch of ``months`` that begins on ``day``; half a month is half of that month's days."""
    whole = int(months)
    reached = add_months(day, whole)
    days = calendar.monthrange(reached.year, reached.month)[1]
    return reached + timedelta(days=round((months - whole) * days))


def length_in_months(first: date, after: date) -> float:
    """Months from ``first`` to the day before ``after``; days short of a month count by that month's days
    ("한 달이 안 되는 날은 해당 월의 총 일수로 나눠 계산")."""
    whole = max(0, (after.year - first.year) * 12 + after.month - first.month - 1)
    while add_months(first, whole + 1) <= after:
        whole += 1
    reached = add_months(first, whole)
    days = calendar.monthrange(reached.year, reached.month)[1]
    return whole + (after - reached).days / days


class Situation:
    """The facts around one event. ``day`` is the day whose rules count: the event's start, or ``as_of``."""

    def __init__(self, facts: Facts, event: Event, as_of: date) -> None:
        self.facts = facts
        self.company = facts.company
        self.event = event
        self.as_of = as_of
        self.start = event.start
        self.day = event.start or as_of

    @cached_property
    def after(self) -> date | None:
        """The first day after the event (복직일), or None where its length or start is not known."""
        if self.start is None or self.event.months is None:
            return None
        return add_length(self.start, self.event.months)

    @cached_property
    def days(self) -> Interval | None:
        """How many days the event can last: its months as they fall in the calendar, and as 30 days each."""
        months = self.event.months
        if months is None:
            return None
        told = int(months * 30 + 0.5)
        if self.start is None or self.after is None:
            return (min(told, int(months * 28 + 0.5)), max(told, int(months * 31 + 0.5)))
        lasting = (self.after - self.start).days
        return (min(told, lasting), max(told, lasting))

    @cached_property
    def return_date(self) -> date | None:
        """The day the worker is back: the start of a return, the day after any other event."""
        return self.start if self.event.type == "return_from_leave" else self.after

    @cached_property
    def end(self) -> date | None:
        """The event's last day."""
        return self.after - timedelta(days=1) if self.after else None

    @cached_property
    def headcount(self) -> Interval | None:
        """상시근로자, people. A range beside the count is what is certain."""
        return _interval(self.company.headcount, self.company.headcount_range)

    @cached_property
    def insured(self) -> Interval | None:
        """고용보험 피보험자, people; never more than work there."""
        known = _interval(self.company.insured_headcount, self.company.insured_headcount_range)
        if known is None and self.headcount is not None:
            return (0, self.headcount[1])
        return known

    @cached_property
    def tenure(self) -> Interval | None:
        """Months the worker has been there when the event starts. The fact says how many on ``as_of``; of an event
        that began before, it may also have been told for its start."""
        months = self.event.worker_tenure_months
        if months is None:
            return None
        if self.day < self.as_of:
            return (max(0, months - length_in_months(self.day, self.as_of)), months)
        reached = months + length_in_months(self.as_of, self.day)
        return (reached, reached)

    @cached_property
    def birth(self) -> tuple[date, date] | None:
        """The child's birth day (or due date): earliest and latest possible."""
        if self.event.child_birth:
            return (self.event.child_birth, self.event.child_birth)
        age = self.event.child_age_months
        if age is None or (age.min is None and age.max is None):
            return None
        told = self.event.child_age_on or self.as_of
        earliest = date.min if age.max is None else add_months(told, -(age.max + 1)) + timedelta(days=1)
        return (earliest, date.max if age.min is None else add_months(told, -age.min))

    @cached_property
    def standing(self) -> Standing:
        """Whether the firm is a 우선지원대상기업."""
        return priority_support(self.headcount, self.company.industry, self.company.large_group)

    @cached_property
    def insurance(self) -> bool | None:
        """Whether the firm is in 고용보험: said, or sure because people there are insured."""
        if self.company.employment_insurance is None and (self.company.insured_headcount or 0) > 0:
            return True
        return self.company.employment_insurance


def _interval(count: int | None, around: Range | None) -> Interval | None:
    if around is not None and (around.min is not None or around.max is not None):
        return (around.min or 0, NO_END if around.max is None else around.max)
    return None if count is None else (count, count)
