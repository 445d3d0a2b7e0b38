"""The real time, for what must not stand still when ``BOT_NOW`` fixes the clock of the conversation."""

from __future__ import annotations

from datetime import datetime

from knowledge_base.clock import KST


def wall_now() -> datetime:
    """This moment, aware, in KST, whatever ``BOT_NOW`` says: for leases, back-off and expiry of secrets."""
    return datetime.now(KST)
