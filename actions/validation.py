"""Which values a slot may take: impossible ones are refused with an example (``utter_refused_<slot>``).

What a value means for a program is screening's concern; this only keeps nonsense out of the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import phonenumbers

from knowledge_base import clock, places
from knowledge_base.facts_said import value_of

_MOST_PEOPLE = 100_000
_LONGEST_MONTHS = 60
_OLDEST_CHILD = timedelta(days=366 * 20)
_FARTHEST = timedelta(days=366 * 5)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_PEOPLE


def _months(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _LONGEST_MONTHS


def _tenure(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= 720


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _day(value: Any, *, oldest: timedelta, farthest: timedelta) -> bool:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return False
    return clock.today() - oldest <= day <= clock.today() + farthest


def _event_day(value: Any) -> bool:
    return _day(value, oldest=_FARTHEST, farthest=_FARTHEST)


def _birth(value: Any) -> bool:
    # A due date lies at most ten months ahead.
    return _day(value, oldest=_OLDEST_CHILD, farthest=timedelta(days=310))


def _age(value: Any) -> bool:
    low, high = value.get("min"), value.get("max")
    return (low is None or 0 <= low <= 240) and (high is None or 0 <= high <= 240)


def _region(value: Any) -> bool:
    return str(value) in places.places().regions


def _among(fact: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value_of(fact, value) != value


def _wants(value: Any) -> bool:
    return all(_among("wants")(item) for item in value)


def _phone(value: Any) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(str(value), "KR"))
    except phonenumbers.NumberParseException:
        return False


def _short_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 60


_YEAR, _JUST_GONE = timedelta(days=365), timedelta(days=60)


def _window(value: Any) -> bool:
    """A wished time is not past; the calendar decides whether anybody is free then.

    A day without a year is read as the next one: who says "11월 20일" on 23 November means the day just gone, for
    nobody is visited in a year.
    """
    ends, moment = datetime.fromisoformat(str(value["end"])), clock.now()
    just_gone = value.get("grain") == "day" and timedelta(0) < moment - (ends - _YEAR) <= _JUST_GONE
    return ends > moment and not just_gone


def _any(value: Any) -> bool:
    return True


VALIDATORS: dict[str, Callable[[Any], bool]] = {
    "company_headcount": _count,
    "company_headcount_range": _any,
    "company_insured_headcount": _count,
    "company_insured_headcount_range": _any,
    "company_industry": _among("company.industry"),
    "company_region": _region,
    "company_employment_insurance": _truth,
    "company_large_group": _truth,
    "company_public_institution": _truth,
    "event_type": _among("event.type"),
    "event_mode": _among("event.mode"),
    "event_start": _event_day,
    "event_months": _months,
    "event_child_birth": _birth,
    "event_child_age": _age,
    "event_worker_gender": _among("event.worker_gender"),
    "event_worker_tenure_months": _tenure,
    "event_cover": _among("event.cover"),
    "event_cover_start": _event_day,
    "event_coworker_allowance": _truth,
    "wants": _wants,
    "visit_opening": _short_text,
    "visit_window": _window,
    "consent": _truth,
    "waiting_wanted": _truth,
    "company_name": _short_text,
    "contact_name": _short_text,
    "contact_phone": _phone,
    "booking_number": _short_text,
    "which_value": _any,
    "handoff_confirmed": _truth,
    "cancel_confirmed": _truth,
}


def possible(slot: str, value: Any) -> bool:
    """Whether ``value`` may be remembered in ``slot``; slots that nobody types into take anything."""
    check = VALIDATORS.get(slot)
    return value is None or check is None or check(value)
