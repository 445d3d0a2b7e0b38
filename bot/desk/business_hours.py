"""Counting in business hours: Monday to Friday 09:00-18:00 without lunch and public holidays, KST."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.desk.settings import defaults
from knowledge_base.clock import KST
from knowledge_base.contacts import is_working_day


def add_business_hours(moment: datetime, hours: float) -> datetime:
    """The moment (KST) at which ``hours`` business hours after ``moment`` have passed."""
    left = timedelta(hours=hours)
    moment = moment.astimezone(KST)
    day = moment.date()
    while True:
        for begins, ends in _stretches(day):
            begins = max(begins, moment)
            if begins >= ends:
                continue
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        day += timedelta(days=1)


def business_hours_between(start: datetime, end: datetime) -> float:
    """How many business hours lie between two moments; 0 when ``end`` is not later."""
    start, end = start.astimezone(KST), end.astimezone(KST)
    total, day = timedelta(), start.date()
    while day <= end.date():
        for begins, ends in _stretches(day):
            total += max(min(ends, end) - max(begins, start), timedelta())
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def _stretches(day: date) -> list[tuple[datetime, datetime]]:
    if not is_working_day(day):
        return []
    week = defaults().planner
    return [(_at(day, week.work[0]), _at(day, week.lunch[0])), (_at(day, week.lunch[1]), _at(day, week.work[1]))]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=KST)
