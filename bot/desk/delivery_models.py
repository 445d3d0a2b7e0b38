"""Tables of delivery: the outbox, the webhooks it feeds, and what a receiver must see only once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, String, Text

from bot.desk.base import Base, Document, KoreanTime, Sealed, new_id
from knowledge_base.clock import now

OUTBOX_STATES = ("queued", "sending", "sent", "not_configured", "dead", "void")


class OutboxEntry(Base):
    """One message to be delivered at least once. It names its subject; people's data is read when it is sent.

    ``dedupe_key`` travels with the message, so that a receiver recognises a repetition.
    """

    __tablename__ = "outbox"
    id: str = Column(String(36), primary_key=True, default=new_id)
    dedupe_key: str = Column(String(160), nullable=False, unique=True)
    topic: str = Column(String(60), nullable=False)
    channel: str = Column(String(20), nullable=False)
    recipient: str = Column(String(80), nullable=False)
    lead_id: str | None = Column(String(36), index=True)
    payload: dict[str, Any] = Column(Document, nullable=False)
    state: str = Column(String(20), nullable=False, default="queued")
    attempts: int = Column(Integer, nullable=False, default=0)
    next_at: datetime = Column(KoreanTime, nullable=False)
    leased_until: datetime | None = Column(KoreanTime)
    last_error: str | None = Column(Text)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    sent_at: datetime | None = Column(KoreanTime)
    __table_args__ = (
        CheckConstraint(f"state IN {OUTBOX_STATES!r}", name="state"),
        CheckConstraint("channel IN ('mail', 'webhook')", name="channel"),
        CheckConstraint("(state = 'sending') = (leased_until IS NOT NULL)", name="leased"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        Index("ix_outbox_due", "state", "next_at"),
    )


class Webhook(Base):
    """An outside address that is told of events; ``topics`` empty means all of them."""

    __tablename__ = "webhooks"
    id: str = Column(String(36), primary_key=True, default=new_id)
    url: str = Column(String(500), nullable=False)
    secret: str = Column(Sealed, nullable=False)
    topics: list[str] = Column(Document, nullable=False)
    center_id: str | None = Column(String(60))
    with_contact: bool = Column(Boolean, nullable=False, default=False)
    active: bool = Column(Boolean, nullable=False, default=True)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
