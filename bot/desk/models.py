"""Every table of the desk, gathered: importing this module fills ``Base.metadata``.

Modules of this package that add tables of their own (conversations, partners, accounts) are found by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil

from bot import desk
from bot.desk.base import Base
from bot.desk.calendar_models import CenterSettings, Closure, Planner, TakenTime, Visit, Waiting, WorkingHours
from bot.desk.delivery_models import OutboxEntry, Webhook
from bot.desk.lead_models import (
    ApiToken,
    AuditEntry,
    Consent,
    ContactView,
    Lead,
    LeadMove,
    LeadNote,
    VerdictMark,
)

__all__ = [
    "ApiToken", "AuditEntry", "Base", "CenterSettings", "Closure", "Consent", "ContactView", "Lead", "LeadMove",
    "LeadNote", "OutboxEntry", "Planner", "TakenTime", "VerdictMark", "Visit", "Waiting", "Webhook", "WorkingHours",
    "load_all",
]


def load_all() -> None:
    """Import every module of this package, so that no table is missing from ``Base.metadata``."""
    for module in pkgutil.iter_modules(desk.__path__):
        if module.name != "migrations":
            importlib.import_module(f"{desk.__name__}.{module.name}")
