"""The one clock of dialogue, screening and calendar: Korean time, fixed by ``BOT_NOW`` for tests and demos."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")


class ClockError(ValueError):
    """``BOT_NOW`` is not an ISO time."""


def now() -> datetime:
    """The present moment as an aware datetime in KST; ``BOT_NOW`` (ISO, KST unless it says otherwise) fixes it.

    Raises ClockError when ``BOT_NOW`` cannot be read.
    """
    fixed = os.environ.get("BOT_NOW")
    if not fixed:
        return datetime.now(KST)
    try:
        moment = datetime.fromisoformat(fixed.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise ClockError(
            f"BOT_NOW={fixed!r}: ISO 시각이 아닙니다. 예: BOT_NOW=2026-11-23T10:00:00+09:00"
        ) from error
    return moment.replace(tzinfo=KST) if moment.tzinfo is None else moment.astimezone(KST)


def today() -> date:
    """The present day in Korea."""
    return now().date()
