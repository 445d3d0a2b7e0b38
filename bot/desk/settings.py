"""The desk's default working rules (``defaults.yaml``), read and checked once.

Which of them a center has changed is looked up in ``calendar``; environment variables are read where they are used.
"""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra, conint, conlist

_FILE = Path(__file__).parent / "defaults.yaml"


class _Rules(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class CenterRules(_Rules):
    """How visits are cut at a center. Minutes (multiples of 30), hours, days, visits."""

    visit_minutes: conint(gt=0, multiple_of=30)  # type: ignore[valid-type]
    travel_minutes: conint(ge=0, multiple_of=30)  # type: ignore[valid-type]
    notice_hours: conint(ge=0)  # type: ignore[valid-type]
    horizon_days: conint(gt=0)  # type: ignore[valid-type]
    daily_cap: conint(gt=0)  # type: ignore[valid-type]
    cutoff_hours: conint(ge=0)  # type: ignore[valid-type]


class PlannerRules(_Rules):
    """The week of a planner nobody has set up: weekdays (Monday is 0), working time and lunch in KST."""

    name: str
    weekdays: conlist(int, min_items=1)  # type: ignore[valid-type]
    work: tuple[time, time]
    lunch: tuple[time, time]


class RetentionDays(_Rules):
    """After how many days ``donghaeng purge`` deletes what."""

    lead_after_last_change: int
    conversation: int
    waiting: int
    outbox_sent: int
    contact_views: int


class Defaults(_Rules):
    """The whole of ``defaults.yaml``."""

    center: CenterRules
    planner: PlannerRules
    hold_minutes: int
    hours_to_first_contact: int
    hours_to_contact_after_claim: int
    retention_days: RetentionDays


@lru_cache(maxsize=1)
def defaults() -> Defaults:
    """The defaults in force. Raises ValueError naming the field when the file is wrong."""
    return Defaults.parse_obj(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
