"""Which facts cannot both be so, and what only looks like a contradiction: a closer word for what was said roughly.

Whom to ask about it and how is the conversation's matter (``actions.contradictions``); whether a firm is eligible
is screening's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

# Events that are of a child already born.
_OF_A_CHILD_BORN = {"childcare_reduced_hours", "ten_oclock_start", "return_from_leave"}


def clash(facts: Mapping[str, Any]) -> tuple[str, str] | None:
    """Two facts (dotted names) of a facts document that cannot both be so; None where all fit.

    More people insured than employed; a child born after an event that only a born child allows; somebody who
    covers for a leave only after it is over.
    """
    company, event = facts.get("company", {}), (facts.get("events") or [{}])[0]
    everybody, insured = company.get("headcount"), company.get("insured_headcount")
    if everybody is not None and insured is not None and insured > everybody and "headcount_range" not in company:
        return "company.headcount", "company.insured_headcount"
    start, birth = event.get("start"), event.get("child_birth")
    if start and birth and event.get("type") in _OF_A_CHILD_BORN and start[:7] < birth[:7]:
        return "event.start", "event.child_birth"
    cover, months = event.get("cover_start"), event.get("months")
    if start and cover and months and _months_between(start, cover) >= months:
        return "event.start", "event.cover_start"
    return None


def refines(fact: str, old: Any, new: Any, *, certain: Mapping[str, Any] | None = None) -> bool:
    """Whether ``new`` only says more closely what ``old`` said roughly, so that it contradicts nothing.

    ``certain`` is the range ({"min", "max"}) that was certain where ``old`` is only a best guess.
    """
    if fact.endswith("headcount") and certain:
        return within(new, certain)
    if fact == "company.region":
        return str(old)[:4] == str(new)[:4]
    if fact in ("event.start", "event.child_birth") and isinstance(old, str):
        return old.endswith("-01") and old[:7] == str(new)[:7]
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _overlap(old, new)
    return False


def within(value: Any, bounds: Mapping[str, Any]) -> bool:
    """Whether a number lies within {"min", "max"}; an open end is None."""
    low, high = bounds.get("min"), bounds.get("max")
    return (low is None or value >= low) and (high is None or value <= high)


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    lows = [end for end in (one.get("min"), other.get("min")) if end is not None]
    highs = [end for end in (one.get("max"), other.get("max")) if end is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _months_between(earlier: str, later: str) -> float:
    first, last = date.fromisoformat(earlier), date.fromisoformat(later)
    return (last - first).days / 30.4
