"""What has to be told to somebody, written in the transaction that makes it true.

Only the writing and the keeping of entries is here; carrying them out is ``delivery``, ``mail`` and ``webhooks``.
An entry names its subject and holds no contact data: that is read when the message is made, so erasure reaches it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot.desk.audit import record
from bot.desk.calendar_models import Visit, Waiting
from bot.desk.clock_on_wall import wall_now
from bot.desk.delivery_models import OutboxEntry, Webhook
from bot.desk.errors import NotFound
from bot.desk.lead_models import Lead


def lead_received(session: Session, lead: Lead, visit: Visit | None, now: datetime) -> None:
    """A lead was handed over: told to the center, to a firm with an address that wants a visit, to webhooks."""
    payload = {"visit": _visit_facts(visit)} if visit else {}
    _queue(session, "lead.received", lead, payload, f"{lead.id}:received", _readers(lead, lead.kind == "visit"))


def visit_changed(session: Session, lead: Lead, visit: Visit, topic: str, now: datetime) -> None:
    """A visit was booked, changed or cancelled; the payload freezes time and sequence for the invitation."""
    _queue(session, topic, lead, {"visit": _visit_facts(visit)}, f"{visit.id}:{visit.sequence}:{topic}",
           _readers(lead, True))


def lead_moved(session: Session, lead: Lead, from_state: str, move_id: int) -> None:
    """A lead changed its state: told to webhooks, and by mail to the new center when it was transferred."""
    readers = ("center",) if lead.state == "transferred" else ()
    _queue(session, "lead.moved", lead, {"from": from_state, "to": lead.state}, f"{lead.id}:move:{move_id}", readers)


def opening_freed(session: Session, entry: Waiting, *, by_mail: bool) -> None:
    """A time somebody waits for is free: they are told by mail if they gave an address, else their planner is."""
    payload = {"waiting": entry.id, "opening": entry.opening_id, "center": entry.center_id}
    _add(session, "opening.freed", "mail", "waiting" if by_mail else "center", entry.lead_id, payload,
         f"{entry.id}:freed")


def counts(session: Session) -> dict[str, int]:
    """How many entries there are in each state."""
    return {state: count for state, count in session.execute(
        select(OutboxEntry.state, func.count()).group_by(OutboxEntry.state))}


def replay(session: Session, entry_id: str | None = None, *, actor: str = "system") -> int:
    """Queue dead entries again (one, or all of them) and say how many. Raises NotFound for an entry not dead."""
    chosen = update(OutboxEntry).where(OutboxEntry.state == "dead")
    if entry_id is not None:
        chosen = chosen.where(OutboxEntry.id == entry_id)
    count: int = session.execute(
        chosen.values(state="queued", attempts=0, next_at=wall_now()).execution_options(synchronize_session=False)
    ).rowcount
    if entry_id is not None and count == 0:
        raise NotFound("다시 보낼 수 있는 메시지가 아니에요. 실패로 멈춘 메시지만 다시 보낼 수 있어요.")
    record(session, actor, "outbox.replayed", entry_id or "all", {"count": count})
    return count


def _readers(lead: Lead, with_firm: bool) -> tuple[str, ...]:
    return ("center", "firm") if with_firm and lead.email else ("center",)


def _queue(
    session: Session, topic: str, lead: Lead, payload: dict[str, Any], key: str, readers: tuple[str, ...]
) -> None:
    for reader in readers:
        _add(session, topic, "mail", reader, lead.id, payload, f"{key}:{reader}")
    webhooks = session.execute(select(Webhook).where(
        Webhook.active, or_(Webhook.center_id.is_(None), Webhook.center_id == lead.center_id))).scalars()
    for webhook in webhooks:
        if not webhook.topics or topic in webhook.topics:
            _add(session, topic, "webhook", webhook.id, lead.id, payload, f"{key}:{webhook.id}")


def _add(
    session: Session, topic: str, channel: str, recipient: str, lead_id: str | None, payload: dict[str, Any], key: str
) -> None:
    # The outbox runs on the wall clock: a fixed BOT_NOW must not stop deliveries, nor their leases.
    moment = wall_now() - timedelta(seconds=1)
    session.add(OutboxEntry(dedupe_key=key, topic=topic, channel=channel, recipient=recipient, lead_id=lead_id,
                            payload=payload, next_at=moment, created_at=moment))


def _visit_facts(visit: Visit) -> dict[str, Any]:
    return {"id": visit.id, "sequence": visit.sequence, "starts_at": visit.starts_at.isoformat(),
            "ends_at": visit.ends_at.isoformat(), "center": visit.center_id, "planner": visit.planner_id,
            "cancelled": visit.state == "cancelled"}
