"""The waiting list: people who want a visit at a full time, told once when something of it frees up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.desk import calendar, outbox
from bot.desk.calendar import Window
from bot.desk.calendar_models import Waiting
from bot.desk.contact_data import normal_email
from bot.desk.errors import NotFound
from knowledge_base import clock


def wait(
    session: Session, center_id: str, window: Window | Mapping[str, Any], *, conversation_id: str | None = None,
    lead_id: str | None = None, email: str | None = None, now: datetime | None = None,
) -> str:
    """Put somebody on a center's waiting list for a window and give the entry's id; the same wish is kept once."""
    wanted = Window.read(window)
    whose = Waiting.conversation_id == conversation_id if conversation_id else Waiting.lead_id == lead_id
    if conversation_id or lead_id:
        same = session.execute(select(Waiting.id).where(
            whose, Waiting.center_id == center_id, Waiting.state == "waiting", Waiting.starts_at == wanted.start,
            Waiting.ends_at == wanted.end)).scalars().first()
        if same is not None:
            return str(same)
    entry: Waiting = Waiting(
        center_id=center_id, starts_at=wanted.start, ends_at=wanted.end, conversation_id=conversation_id,
        daily_from=wanted.daily[0] if wanted.daily else None, daily_until=wanted.daily[1] if wanted.daily else None,
        lead_id=lead_id, email=normal_email(email) if email else None, created_at=now or clock.now())
    session.add(entry)
    session.flush()
    return str(entry.id)


def leave(session: Session, waiting_id: str) -> None:
    """Take somebody off the list. Raises NotFound."""
    changed = session.execute(
        update(Waiting).where(Waiting.id == waiting_id, Waiting.state == "waiting").values(state="left"))
    if changed.rowcount == 0:
        raise NotFound("대기 신청을 찾을 수 없어요. 이미 끝났을 수 있어요.")


def news_for(session: Session, conversation_id: str) -> list[Waiting]:
    """What a conversation on the list has been told: entries with the opening that became free, newest first."""
    return list(session.execute(
        select(Waiting).where(Waiting.conversation_id == conversation_id, Waiting.state == "told")
        .order_by(Waiting.told_at.desc())).scalars())


def tell(session: Session, center_id: str, planner_id: str, starts_at: datetime, now: datetime) -> Waiting | None:
    """Tell the one who has waited longest for a time that was just freed, if it can still be booked."""
    if starts_at <= now:
        return None
    candidates = session.execute(
        select(Waiting).where(Waiting.center_id == center_id, Waiting.state == "waiting",
                              Waiting.starts_at <= starts_at, Waiting.ends_at > starts_at)
        .order_by(Waiting.created_at, Waiting.id).with_for_update(skip_locked=True)).scalars()
    entry: Waiting | None = next((waits for waits in candidates if _window(waits).holds(starts_at)), None)
    if entry is None:
        return None
    agenda = calendar.Agenda.load(session, center_id, now=now, planner_id=planner_id)
    freed = next((opening for opening in agenda.free() if opening.starts_at == starts_at), None)
    if freed is None:
        return None
    entry.state, entry.told_at, entry.opening_id = "told", now, freed.id
    outbox.opening_freed(session, entry, now)
    session.flush()
    return entry


def _window(entry: Waiting) -> Window:
    bounds = (entry.daily_from, entry.daily_until)
    daily = None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])
    return Window(entry.starts_at, entry.ends_at, daily)
