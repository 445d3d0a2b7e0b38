"""Tables of leads: what the planner receives, what was agreed to, and every trace of who did what with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import deferred

from bot.desk.base import Base, Document, KoreanTime, Sealed, new_id
from bot.desk.lead_states import CLOSE_REASONS, ROLES, STATES
from knowledge_base.clock import now


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


_COUNTED = ("contact_due_at", "contacted_at", "claimed_by", "planner_id")


class Lead(Base):
    """One firm's request. Names, phone, mail and the firm's own words are sealed; digests find them again."""

    __tablename__ = "leads"
    id: str = Column(String(36), primary_key=True, default=new_id)
    number: str = Column(String(8), nullable=False, unique=True)
    kind: str = Column(String(20), nullable=False)
    state: str = Column(String(20), nullable=False, default="new")
    close_reason: str | None = Column(String(30))
    center_id: str | None = Column(String(60))
    planner_id: str | None = Column(ForeignKey("planners.id"))
    claimed_by: str | None = Column(String(80))
    claimed_at: datetime | None = Column(KoreanTime)
    company_name: str | None = Column(Sealed)
    contact_name: str | None = Column(Sealed)
    phone: str | None = Column(Sealed)
    email: str | None = Column(Sealed)
    phone_digest: str | None = Column(String(64), index=True)
    company_digest: str | None = Column(String(64), index=True)
    link_digest: str = Column(String(64), nullable=False, unique=True)
    facts: dict[str, Any] = Column(Document, nullable=False)
    # The trace of the verdicts, some twenty kilobytes of reasons: read only where they are shown, never for a list.
    screening: dict[str, Any] | None = deferred(Column(Document))
    support_type: str | None = Column(String(30))
    wishes: str | None = deferred(Column(Sealed))
    routing: dict[str, Any] = Column(Document, nullable=False)
    partner: str | None = Column(String(80), index=True)
    conversation_id: str | None = Column(String(120), index=True)
    transcript: str | None = Column(String(300))
    call_window: dict[str, Any] | None = Column(Document)
    idempotency_key: str | None = Column(String(120), unique=True)
    contact_due_at: datetime = Column(KoreanTime, nullable=False)
    contacted_at: datetime | None = Column(KoreanTime)
    erased_at: datetime | None = Column(KoreanTime)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    updated_at: datetime = Column(KoreanTime, nullable=False, default=now, onupdate=now)
    __table_args__ = (
        CheckConstraint(_one_of("kind", ("visit", "callback")), name="kind"),
        CheckConstraint(_one_of("state", STATES), name="state"),
        CheckConstraint(f"close_reason IS NULL OR {_one_of('close_reason', tuple(CLOSE_REASONS))}", name="reason"),
        CheckConstraint("(state = 'closed') = (close_reason IS NOT NULL)", name="closed_for_a_reason"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name="claimed_once"),
        CheckConstraint("state <> 'new' OR claimed_by IS NULL", name="new_is_free"),
        CheckConstraint("state <> 'transferred' OR claimed_by IS NULL", name="transferred_is_free"),
        CheckConstraint("state <> 'claimed' OR claimed_by IS NOT NULL", name="claimed_by_somebody"),
        CheckConstraint(
            "erased_at IS NULL OR (contact_name IS NULL AND phone IS NULL AND email IS NULL AND wishes IS NULL"
            " AND company_name IS NULL AND phone_digest IS NULL AND company_digest IS NULL)", name="erased_is_empty"),
        # Wide enough to count the queue from the index alone: the rows carry whole screenings.
        Index("ix_leads_queue", "center_id", "state", "created_at", *_COUNTED),
        Index("ix_leads_state", "state", *_COUNTED, "center_id"),
        # The order of the list comes first: of what is late the newest fifty are wanted, not all of it sorted.
        Index("ix_leads_uncontacted", "created_at", "id", "state", "contact_due_at", "center_id",
              sqlite_where=text("contacted_at IS NULL"), postgresql_where=text("contacted_at IS NULL")),
        Index("ix_leads_planner", "planner_id", "state"),
        Index("ix_leads_created", "created_at"),
        Index("ix_leads_center_created", "center_id", "created_at"),
    )


class Consent(Base):
    """What the person agreed to, in which wording, and when; withdrawn by filling ``withdrawn_at``."""

    __tablename__ = "consents"
    id: str = Column(String(36), primary_key=True, default=new_id)
    lead_id: str = Column(ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True)
    purpose: str = Column(String(60), nullable=False)
    wording_version: str = Column(String(60), nullable=False)
    given_at: datetime = Column(KoreanTime, nullable=False)
    withdrawn_at: datetime | None = Column(KoreanTime)
    __table_args__ = (UniqueConstraint("lead_id", "purpose", name="uq_consents_purpose"),)


class LeadMove(Base):
    """One change of a lead's state: the audit row, written in the transaction that made the change."""

    __tablename__ = "lead_moves"
    id: int = Column(Integer, primary_key=True)
    lead_id: str = Column(ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True)
    from_state: str | None = Column(String(20))
    to_state: str = Column(String(20), nullable=False)
    actor: str = Column(String(80), nullable=False)
    role: str = Column(String(20), nullable=False)
    reason: str | None = Column(Text)
    at: datetime = Column(KoreanTime, nullable=False, default=now)
    __table_args__ = (CheckConstraint(_one_of("role", ROLES), name="role"),)


class LeadNote(Base):
    """What a planner wrote down about a lead."""

    __tablename__ = "lead_notes"
    id: str = Column(String(36), primary_key=True, default=new_id)
    lead_id: str = Column(ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True)
    author: str = Column(String(80), nullable=False)
    text: str = Column(Sealed, nullable=False)
    at: datetime = Column(KoreanTime, nullable=False, default=now)


class VerdictMark(Base):
    """A planner's word on one verdict of the bot: right, or wrong and why."""

    __tablename__ = "verdict_marks"
    id: str = Column(String(36), primary_key=True, default=new_id)
    lead_id: str = Column(ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True)
    program: str = Column(String(80), nullable=False)
    right: bool = Column(Boolean, nullable=False)
    expected_status: str | None = Column(String(20))
    reason: str | None = Column(Text)
    author: str = Column(String(80), nullable=False)
    at: datetime = Column(KoreanTime, nullable=False, default=now)
    __table_args__ = (
        UniqueConstraint("lead_id", "program", name="uq_verdict_marks_program"),
        CheckConstraint('"right" OR reason IS NOT NULL', name="wrong_for_a_reason"),
    )


class ContactView(Base):
    """Somebody saw the contact data of a lead. Outlives the lead: it says who, when and which, not what."""

    __tablename__ = "contact_views"
    id: int = Column(Integer, primary_key=True)
    lead_id: str = Column(String(36), nullable=False, index=True)
    viewer: str = Column(String(80), nullable=False)
    role: str = Column(String(20), nullable=False)
    purpose: str = Column(String(60), nullable=False)
    at: datetime = Column(KoreanTime, nullable=False, default=now)


class AuditEntry(Base):
    """Anything done at the desk that is not a lead's move: settings, tokens, visits changed, erasure, purge."""

    __tablename__ = "audit"
    id: int = Column(Integer, primary_key=True)
    at: datetime = Column(KoreanTime, nullable=False, default=now, index=True)
    actor: str = Column(String(80), nullable=False)
    action: str = Column(String(60), nullable=False)
    subject: str = Column(String(120), nullable=False, index=True)
    details: dict[str, Any] | None = Column(Document)


class ApiToken(Base):
    """A bearer token of a program. Only its digest is kept."""

    __tablename__ = "api_tokens"
    id: str = Column(String(36), primary_key=True, default=new_id)
    name: str = Column(String(80), nullable=False)
    token_digest: str = Column(String(64), nullable=False, unique=True)
    role: str = Column(String(20), nullable=False)
    center_id: str | None = Column(String(60))
    partner: str | None = Column(String(80))
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    expires_at: datetime | None = Column(KoreanTime)
    revoked_at: datetime | None = Column(KoreanTime)
    __table_args__ = (CheckConstraint(_one_of("role", ROLES), name="role"),)
