"""The tables of what was said: chat sessions, their turns, and what people thought of the answers.

Words of people and of the bot are sealed; facts are not personal and stay readable.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, UniqueConstraint

from bot.desk.base import Base, Document, KoreanTime, Sealed, new_id
from knowledge_base.clock import now


class ChatSession(Base):
    """One conversation of one browser. Its id is also Rasa's sender id; the token is kept only as a digest."""

    __tablename__ = "chat_sessions"
    id: str = Column(String(36), primary_key=True, default=new_id)
    token_digest: str = Column(String(64), nullable=False)
    partner_id: str | None = Column(ForeignKey("partners.id"), index=True)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    expires_at: datetime = Column(KoreanTime, nullable=False, index=True)
    turn: dict[str, Any] | None = Column(Document)
    offered: dict[str, str] = Column(Document, nullable=False, default=dict)
    milestones: list[str] = Column(Document, nullable=False, default=list)
    proved: bool = Column(Boolean, nullable=False, default=False)
    # Seconds of the real clock, not of BOT_NOW: which process works on this conversation, and until when.
    leased_until: float = Column(Float, nullable=False, default=0.0)


class ChatTurn(Base):
    """What a person said once, and the answer to it when there is one."""

    __tablename__ = "chat_turns"
    id: str = Column(String(36), primary_key=True, default=new_id)
    session_id: str = Column(ForeignKey("chat_sessions.id", ondelete="CASCADE"), nullable=False)
    position: int = Column(Integer, nullable=False)
    client_message_id: str = Column(String(80), nullable=False)
    said: str | None = Column(Sealed)
    payload: str | None = Column(Sealed)
    state: str = Column(String(10), nullable=False, default="waiting")
    attempts: int = Column(Integer, nullable=False, default=0)
    replies: str | None = Column(Sealed)
    turn: dict[str, Any] | None = Column(Document)
    delivered: bool = Column(Boolean, nullable=False, default=False)
    said_at: datetime = Column(KoreanTime, nullable=False, default=now)
    answered_at: datetime | None = Column(KoreanTime)
    __table_args__ = (
        UniqueConstraint("session_id", "client_message_id", name="uq_chat_turns_message"),
        UniqueConstraint("session_id", "position", name="uq_chat_turns_position"),
        CheckConstraint("state IN ('waiting', 'answered')", name="state"),
        CheckConstraint("(state = 'answered') = (replies IS NOT NULL)", name="answered_with_replies"),
        Index("ix_chat_turns_state", "session_id", "state"),
    )

    def messages(self) -> list[dict[str, Any]]:
        """The bot's messages of this turn: ``{id, text, card, quick_replies, at}`` each."""
        return list(json.loads(self.replies)) if self.replies else []


class ChatFeedback(Base):
    """Thumbs up or down on one message of the bot, with a reason in the person's own words."""

    __tablename__ = "chat_feedback"
    id: str = Column(String(36), primary_key=True, default=new_id)
    session_id: str = Column(ForeignKey("chat_sessions.id", ondelete="CASCADE"), nullable=False)
    message_id: str = Column(String(60), nullable=False)
    rating: str = Column(String(4), nullable=False)
    reason: str | None = Column(String(40))
    comment: str | None = Column(Sealed)
    at: datetime = Column(KoreanTime, nullable=False, default=now, index=True)
    __table_args__ = (
        UniqueConstraint("session_id", "message_id", name="uq_chat_feedback_message"),
        CheckConstraint("rating IN ('up', 'down')", name="rating"),
    )
