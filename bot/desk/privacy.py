"""A person's data over time: deleting it when its time is over, giving it out and erasing it when they ask.

Modules that keep personal data elsewhere (transcripts, trackers) register a ``Store``; what is masked or sealed is in
``masking`` and ``sealing``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.desk import booking, guessing, lead_moves, leads
from bot.desk.audit import record
from bot.desk.calendar_models import Visit, Waiting
from bot.desk.clock_on_wall import wall_now
from bot.desk.contact_data import phone_digest
from bot.desk.delivery_models import OutboxEntry
from bot.desk.lead_models import Consent, ContactView, Lead, LeadMove, LeadNote
from bot.desk.lead_states import FINAL_STATES
from bot.desk.settings import defaults
from knowledge_base import clock

_SEALED = ("company_name", "contact_name", "phone", "email", "wishes", "phone_digest", "company_digest")


class Store(Protocol):
    """A place of personal data outside the leads, by conversation (transcripts, Rasa's trackers)."""

    name: str

    def purge(self, session: Session, before: datetime) -> int:
        """Delete what was last touched before a moment and say how many; ``before`` follows the store's own rule."""

    def export(self, session: Session, conversation_ids: list[str]) -> list[dict[str, Any]]:
        """Everything kept of these conversations, JSON-ready."""

    def erase(self, session: Session, conversation_ids: list[str]) -> int:
        """Delete everything of these conversations and say how many there were."""


_STORES: dict[str, tuple[Store, timedelta]] = {}


def register_store(store: Store, keep: timedelta) -> None:
    """Let ``purge``, ``export`` and ``erase`` reach a store; what is older than ``keep`` is purged."""
    _STORES[store.name] = (store, keep)


@dataclass(frozen=True)
class Erased:
    """What an erasure reached. ``kept`` are the leads that stay as empty numbers for the statistics."""

    leads: int
    conversations: int
    other: dict[str, int]


def purge(session: Session, *, now: datetime | None = None) -> Counter[str]:
    """Delete what has been kept for its time (``defaults.yaml``) and count it by kind. Runs again without harm.

    Leads go whole, with notes, moves, consents and visits; so do told waiting entries and sent outbox entries.
    """
    now = now or clock.now()
    days = defaults().retention_days
    done: Counter[str] = Counter()
    old = session.execute(select(Lead.id).where(
        Lead.updated_at < now - timedelta(days=days.lead_after_last_change))).scalars().all()
    for lead_id in old:
        _delete_lead(session, lead_id, now)
    done["leads"] = len(old)
    done["waiting"] = _delete(session, delete(Waiting).where(
        Waiting.ends_at < now - timedelta(days=days.waiting)))
    done["outbox"] = _delete(session, delete(OutboxEntry).where(
        OutboxEntry.state.in_(("sent", "void")),
        OutboxEntry.created_at < wall_now() - timedelta(days=days.outbox_sent)))
    done["contact_views"] = _delete(session, delete(ContactView).where(
        ContactView.at < now - timedelta(days=days.contact_views)))
    done["holds"] = _delete(session, delete(Visit).where(
        Visit.lead_id.is_(None), Visit.state.in_(("expired", "released")),
        Visit.updated_at < now - timedelta(days=days.waiting)))
    done["guesses"] = guessing.forget_old(session)
    for name, (store, keep) in _STORES.items():
        done[name] = store.purge(session, now - keep)
    if sum(done.values()):
        record(session, "system", "purge", "all", dict(done), now)
    return done


def export(session: Session, phone: str, *, actor: str) -> dict[str, Any]:
    """Everything kept of the person with a phone number, JSON-ready. Raises ContactInvalid.

    The caller has made sure that the person is who they say.
    """
    found = _leads_of(session, phone)
    conversations = _conversations(found)
    record(session, actor, "person.exported", phone_digest(phone)[:16], {"leads": len(found)})
    return {
        "leads": [{**leads.document(lead), "notes": _notes(session, lead.id), "moves": _moves(session, lead.id),
                   "contact_views": _views(session, lead.id)} for lead in found],
        **{name: store.export(session, conversations) for name, (store, _) in _STORES.items()},
    }


def erase(session: Session, phone: str, *, actor: str, now: datetime | None = None) -> Erased:
    """Erase the person with a phone number: contact, firm's name, words, notes, transcripts; visits are cancelled.

    An empty lead (number, state, dates, facts of the firm) stays for the statistics. Raises ContactInvalid.
    """
    now = now or clock.now()
    found = _leads_of(session, phone)
    conversations = _conversations(found)
    for lead in found:
        _empty(session, lead, now)
    other = {name: store.erase(session, conversations) for name, (store, _) in _STORES.items()}
    _forget_conversations(session, conversations)
    record(session, actor, "person.erased", phone_digest(phone)[:16], {"leads": len(found), **other}, now)
    return Erased(len(found), len(conversations), other)


def erase_conversation(session: Session, conversation_id: str, *, actor: str, now: datetime | None = None) -> Erased:
    """Erase all that came of one conversation: what 동행봇 does when somebody says "지워 주세요"."""
    now = now or clock.now()
    found = list(session.execute(
        select(Lead).where(Lead.conversation_id == conversation_id).with_for_update()).scalars())
    for lead in found:
        _empty(session, lead, now)
    held = session.execute(select(Visit.id).where(
        Visit.conversation_id == conversation_id, Visit.state == "held")).scalars().all()
    for hold_id in held:
        booking.release(session, hold_id, now=now)
    other = {name: store.erase(session, [conversation_id]) for name, (store, _) in _STORES.items()}
    _forget_conversations(session, [conversation_id])
    record(session, actor, "conversation.erased", "conversation", {"leads": len(found), **other}, now)
    return Erased(len(found), 1, other)


def _empty(session: Session, lead: Lead, now: datetime) -> None:
    visit = session.execute(
        select(Visit).where(Visit.lead_id == lead.id, Visit.state == "booked")).scalar_one_or_none()
    if visit is not None:
        booking.cancel(session, visit.id, actor="erasure", reason="erased", now=now)
    if lead.state not in FINAL_STATES:
        lead_moves.apply(session, lead, "withdrawn", actor="erasure", role="system", now=now, reason="삭제 요청")
    for column in _SEALED:
        setattr(lead, column, None)
    lead.link_digest = f"erased:{lead.id}"
    lead.call_window, lead.erased_at, lead.updated_at = None, now, now
    lead.conversation_id = lead.transcript = lead.idempotency_key = None
    session.execute(delete(LeadNote).where(LeadNote.lead_id == lead.id))
    session.execute(delete(Waiting).where(Waiting.lead_id == lead.id))
    session.execute(update(Consent).where(Consent.lead_id == lead.id, Consent.withdrawn_at.is_(None))
                    .values(withdrawn_at=now).execution_options(synchronize_session=False))
    session.flush()


def _forget_conversations(session: Session, conversation_ids: list[str]) -> None:
    session.execute(update(Visit).where(Visit.conversation_id.in_(conversation_ids)).values(conversation_id=None)
                    .execution_options(synchronize_session=False))


def _delete_lead(session: Session, lead_id: str, now: datetime) -> None:
    for visit in session.execute(select(Visit).where(Visit.lead_id == lead_id)).scalars():
        session.delete(visit)
    session.flush()
    session.execute(delete(OutboxEntry).where(OutboxEntry.lead_id == lead_id))
    session.execute(delete(Lead).where(Lead.id == lead_id))


def _delete(session: Session, statement: Any) -> int:
    count: int = session.execute(statement.execution_options(synchronize_session=False)).rowcount
    return count


def _leads_of(session: Session, phone: str) -> list[Lead]:
    return list(session.execute(select(Lead).where(
        Lead.phone_digest == phone_digest(phone)).order_by(Lead.created_at).with_for_update()).scalars())


def _conversations(found: list[Lead]) -> list[str]:
    return sorted({lead.conversation_id for lead in found if lead.conversation_id})


def _notes(session: Session, lead_id: str) -> list[dict[str, Any]]:
    rows = session.execute(select(LeadNote).where(LeadNote.lead_id == lead_id).order_by(LeadNote.at)).scalars()
    return [{"at": row.at.isoformat(), "author": row.author, "text": row.text} for row in rows]


def _moves(session: Session, lead_id: str) -> list[dict[str, Any]]:
    rows = session.execute(select(LeadMove).where(LeadMove.lead_id == lead_id).order_by(LeadMove.id)).scalars()
    return [{"at": row.at.isoformat(), "from": row.from_state, "to": row.to_state, "by": row.role,
             "reason": row.reason} for row in rows]


def _views(session: Session, lead_id: str) -> list[dict[str, Any]]:
    rows = session.execute(
        select(ContactView).where(ContactView.lead_id == lead_id).order_by(ContactView.id)).scalars()
    return [{"at": row.at.isoformat(), "by": row.role, "purpose": row.purpose} for row in rows]
