"""The log of conversations for analysis: what was understood and done, without a word of what was said.

Rows are found again by digests only, so that an erasure reaches them. Who reads Rasa's events into it is
``bot.service.event_reader``, which also makes the table: only a service with a broker has it, so it is no part of the
desk's schema and its migrations.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, Integer, String
from sqlalchemy.orm import Session, declarative_base

from bot.desk import privacy
from bot.desk.base import Document, KoreanTime
from bot.desk.sealing import digest
from bot.desk.settings import defaults
from knowledge_base.clock import KST

_LogBase: Any = declarative_base()


class LoggedEvent(_LogBase):
    """One step of a conversation. ``name`` is an intent (user), an act (bot) or an action."""

    __tablename__ = "conversation_log"
    key: str = Column(String(64), primary_key=True)
    conversation: str = Column(String(64), nullable=False)
    at: datetime = Column(KoreanTime, nullable=False)
    kind: str = Column(String(10), nullable=False)
    name: str | None = Column(String(120))
    confidence: float | None = Column(Float)
    length: int | None = Column(Integer)
    entities: list[str] | None = Column(Document)
    items: list[str] | None = Column(Document)
    asks: str | None = Column(String(60))
    model: str | None = Column(String(40))
    __table_args__ = (Index("ix_conversation_log_at", "at"),
                      Index("ix_conversation_log_conversation", "conversation"))


def prepare(session: Session) -> None:
    """Make the table where there is none yet."""
    _LogBase.metadata.create_all(session.connection())


def is_there(session: Session) -> bool:
    """Whether there is a log at all."""
    return bool(sa.inspect(session.connection()).has_table(LoggedEvent.__tablename__))


def record(session: Session, event: dict[str, Any]) -> bool:
    """Keep one of Rasa's events as it comes from the broker; whether it was new and of a kind that is kept.

    Raises ValueError, KeyError or TypeError for what is not an event.
    """
    row = _read(event)
    if row is None or session.get(LoggedEvent, row.key) is not None:
        return False
    session.add(row)
    session.flush()
    return True


def _read(event: dict[str, Any]) -> LoggedEvent | None:
    kind, sender, moment = str(event["event"]), str(event["sender_id"]), float(event["timestamp"])
    if kind not in ("user", "bot", "action"):
        return None
    row: LoggedEvent = LoggedEvent(
        key=digest("logged event", f"{sender} {kind} {moment!r} {event.get('name')}"),
        conversation=digest("logged conversation", sender), at=datetime.fromtimestamp(moment, KST), kind=kind,
        name=event.get("name"), model=(event.get("metadata") or {}).get("model_id"))
    if kind == "user":
        intent = (event.get("parse_data") or {}).get("intent") or {}
        row.name, row.confidence = intent.get("name"), intent.get("confidence")
        row.length = len(event.get("text") or "")
        row.entities = sorted({str(one["entity"]) for one in (event.get("parse_data") or {}).get("entities") or []})
    elif kind == "bot":
        envelope = (event.get("data") or {}).get("custom") or {}
        row.name, row.asks, row.items = envelope.get("act"), envelope.get("asks"), envelope.get("items")
        row.length = len(event.get("text") or "")
    return row


class Log:
    """The log as a store of personal data: pseudonyms are personal data, too."""

    name = "conversation_log"

    def purge(self, session: Session, before: datetime) -> int:
        """Delete what is older than the retention."""
        if not is_there(session):
            return 0
        return _rows(session.execute(sa.delete(LoggedEvent).where(LoggedEvent.at < before)
                                     .execution_options(synchronize_session=False)))

    def export(self, session: Session, conversation_ids: list[str]) -> list[dict[str, Any]]:
        """What was understood and done in the conversations."""
        if not is_there(session):
            return []
        return [{"conversation": conversation_id, "at": row.at.isoformat(), "kind": row.kind, "name": row.name}
                for conversation_id in conversation_ids
                for row in session.execute(sa.select(LoggedEvent).where(
                    LoggedEvent.conversation == digest("logged conversation", conversation_id))
                    .order_by(LoggedEvent.at)).scalars()]

    def erase(self, session: Session, conversation_ids: list[str]) -> int:
        """Delete the conversations' rows."""
        if not is_there(session):
            return 0
        known = [digest("logged conversation", one) for one in conversation_ids]
        return _rows(session.execute(sa.delete(LoggedEvent).where(LoggedEvent.__table__.c.conversation.in_(known))
                                     .execution_options(synchronize_session=False)))


def _rows(done: Any) -> int:
    return int(done.rowcount)


privacy.register_store(Log(), timedelta(days=defaults().retention_days.conversation))
