"""Writing down who did what at the desk, in the transaction that does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.desk.lead_models import AuditEntry
from bot.observing import request_ids
from knowledge_base import clock


def record(
    session: Session, actor: str, action: str, subject: str, details: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> None:
    """Add an audit row. ``details`` must hold no contact data: the audit outlives it.

    The id of the message or request that led to it is added to ``details`` as ``request``.
    """
    if (request := request_ids.current()) is not None:
        details = {**(details or {}), "request": request}
    session.add(AuditEntry(actor=actor, action=action, subject=subject, details=details, at=now or clock.now()))
