"""Many firms as columns: one row a firm with at most one event, a missing fact marked as missing.

Only the columns and the calendar arithmetic on them live here; what a column means for a program is in ``bulk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from knowledge_base.facts import Cover, Event, EventType, Facts, FlexibleMode, Range, Want
from knowledge_base.situation import Situation

Days = NDArray[np.datetime64]
Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]

MISSING = -1
TYPES, MODES, COVERS, WANTS = (get_args(kind) for kind in (EventType, FlexibleMode, Cover, Want))
GENDERS = ("female", "male")
INDUSTRIES = tuple("ABCDEFGHIJKLMNOPQRSTU")
WORDS: dict[str, tuple[Any, ...]] = {
    "company.industry": INDUSTRIES, "event.type": TYPES, "event.mode": MODES, "event.cover": COVERS,
    "event.worker_gender": GENDERS,
}


class OneEventEachError(ValueError):
    """A firm with several events was given to the bulk path."""


@dataclass(frozen=True)
class FirmTable:
    """``n`` firms in columns. Counts are people, ``months`` and ``tenure`` months, dates days in Korea.

    Missing: NaN in numbers, NaT in dates, ``MISSING`` (-1) in codes, "" in ``region``. Codes of words count from 0 in
    the order of ``WORDS``; yes/no facts are 1/0. ``wants`` has one bit a want in the order of ``WANTS``.
    ``insured_told`` is the plain count of insured people, before ranges. ``has_event`` is False for a firm alone.
    """

    headcount_low: Numbers
    headcount_high: Numbers
    insured_low: Numbers
    insured_high: Numbers
    insured_told: Numbers
    industry: Codes
    region: NDArray[np.str_]
    employment_insurance: Codes
    large_group: Codes
    public_institution: Codes
    has_event: Flags
    type: Codes
    mode: Codes
    start: Days
    months: Numbers
    birth_low: Days
    birth_high: Days
    worker_gender: Codes
    tenure: Numbers
    cover: Codes
    cover_start: Days
    coworker_allowance: Codes
    wants: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.headcount_low)

    @classmethod
    def of(cls, many: Sequence[Facts], as_of: date) -> FirmTable:
        """The columns of ``many`` firms, ages read as of ``as_of`` where they were told without a day.

        Raises OneEventEachError where a firm has more than one event.
        """
        rows = [_row(facts, as_of) for facts in many]
        columns: dict[str, Any] = {
            field.name: np.array([row[field.name] for row in rows], _DTYPES[str(field.type)]) for field in fields(cls)
        }
        return cls(**columns)

    def without_event(self) -> FirmTable:
        """The same firms with nothing known of an event."""
        n = len(self)
        none, unknown, never = np.full(n, MISSING, np.int8), np.full(n, np.nan), np.full(n, "NaT", "datetime64[D]")
        return self._like(
            type=none, mode=none, start=never, months=unknown, birth_low=never, birth_high=never,
            worker_gender=none, tenure=unknown, cover=none, cover_start=never, coworker_allowance=none,
        )

    def with_type(self, type_: str) -> FirmTable:
        """The same firms and events, were the events of this type."""
        return self._like(type=np.full(len(self), TYPES.index(type_), np.int8))

    def _like(self, **columns: Any) -> FirmTable:
        changed = replace(self, **columns)
        changed.__dict__["regions"] = self.regions  # the same firms: sorting their regions once is enough
        return changed

    @cached_property
    def regions(self) -> tuple[NDArray[np.str_], NDArray[np.intp]]:
        """Each region met once, and which of them every firm has."""
        names, position = np.unique(self.region, return_inverse=True)
        return names, position

    @cached_property
    def after(self) -> Days:
        """The first day after each event; NaT where its start or length is not known."""
        return add_length(self.start, self.months)


_DTYPES: dict[str, np.dtype[Any]] = {
    "Numbers": np.dtype(np.float64), "Codes": np.dtype(np.int8), "Flags": np.dtype(np.bool_),
    "Days": np.dtype("datetime64[D]"), "NDArray[np.str_]": np.dtype(np.str_), "NDArray[np.int64]": np.dtype(np.int64),
}


def _row(facts: Facts, as_of: date) -> dict[str, Any]:
    if len(facts.events) > 1:
        raise OneEventEachError("한꺼번에 판정할 때는 회사마다 사건이 하나여야 합니다. 사건마다 한 줄로 나눠 주세요.")
    company, event = facts.company, facts.events[0] if facts.events else Event.parse_obj({})
    low, high = _ends(company.headcount, company.headcount_range)
    insured_low, insured_high = _ends(company.insured_headcount, company.insured_headcount_range)
    birth = Situation(facts, event, as_of).birth
    return {
        "headcount_low": low, "headcount_high": high, "insured_low": insured_low, "insured_high": insured_high,
        "insured_told": _number(company.insured_headcount), "industry": _code(company.industry, INDUSTRIES),
        "region": company.region or "", "employment_insurance": _flag(company.employment_insurance),
        "large_group": _flag(company.large_group), "public_institution": _flag(company.public_institution),
        "has_event": bool(facts.events), "type": _code(event.type, TYPES), "mode": _code(event.mode, MODES),
        "start": event.start, "months": _number(event.months), "birth_low": birth[0] if birth else None,
        "birth_high": birth[1] if birth else None, "worker_gender": _code(event.worker_gender, GENDERS),
        "tenure": _number(event.worker_tenure_months), "cover": _code(event.cover, COVERS),
        "cover_start": event.cover_start, "coworker_allowance": _flag(event.coworker_allowance),
        "wants": sum(1 << WANTS.index(want) for want in set(facts.wants)),
    }


def _ends(count: int | None, around: Range | None) -> tuple[float, float]:
    if around is not None and (around.min is not None or around.max is not None):
        return float(around.min or 0), np.inf if around.max is None else float(around.max)
    return _number(count), _number(count)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _code(value: str | None, words: tuple[Any, ...]) -> int:
    return MISSING if value is None else words.index(value)


def _flag(value: bool | None) -> int:
    return MISSING if value is None else int(value)


def add_months(days: Days, months: Any) -> Days:
    """The same day ``months`` later (whole months), or the last day of a shorter month."""
    month = days.astype("datetime64[M]")
    reached = month + np.asarray(months).astype("timedelta64[M]")
    first, following = reached.astype("datetime64[D]"), (reached + 1).astype("datetime64[D]")
    found: Days = np.minimum(first + (days - month.astype("datetime64[D]")), following - np.timedelta64(1, "D"))
    return found


def add_length(days: Days, months: Numbers) -> Days:
    """The day after a stretch of ``months`` from ``days``; half a month is half of that month's days."""
    known = np.where(np.isnan(months), 0.0, months)
    whole = np.floor(known)
    reached = add_months(days, whole.astype(np.int64))
    rest = np.round((known - whole) * month_days(reached)).astype("timedelta64[D]")
    found: Days = np.where(np.isnan(months), np.datetime64("NaT", "D"), reached + rest)
    return found


def length_in_months(first: Days, after: Days) -> Numbers:
    """Months from ``first`` to the day before ``after`` (not before ``first``); odd days by their month's days."""
    apart = (after.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(np.float64)
    apart = np.where(np.isnat(first) | np.isnat(after), 0.0, apart)
    whole = np.where(add_months(first, apart.astype(np.int64)) <= after, apart, apart - 1)
    reached = add_months(first, whole.astype(np.int64))
    rest = (after - reached) / np.timedelta64(1, "D")
    found: Numbers = whole + rest / month_days(reached)
    return found


def month_days(days: Days) -> Numbers:
    """How many days the month of each day has."""
    month = days.astype("datetime64[M]")
    found: Numbers = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")) / np.timedelta64(1, "D")
    return found


def years(days: Days) -> NDArray[np.int64]:
    """The year of each day."""
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def march_first(year: NDArray[np.int64]) -> Days:
    """1 March of each year: the first day of a school year."""
    found: Days = ((year - 1970) * 12 + 2).astype("datetime64[M]").astype("datetime64[D]")
    return found
