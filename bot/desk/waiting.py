"""The waiting list: leads that want a visit at a full time, told once when something of it frees up.

Whoever waits is a lead (name, phone, consent and erasure hang on it); a freed time is offered, never kept for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.desk import calendar, outbox
from bot.desk.calendar import Opening, Window
from bot.desk.calendar_models import Waiting
from bot.desk.errors import DeskError, NotFound
from bot.desk.lead_models import Lead
from knowledge_base import clock
from knowledge_base.korean import korean_date, korean_time

MOST_WISHES = 5
_A_DAY = timedelta(hours=23)
_PARTS = {0: "오전", 12: "오후", 17: "저녁"}  # by the hour at which a part of the day begins


class TooManyWishes(DeskError):
    """The lead waits for enough times already."""

    default = f"기다리시는 때가 벌써 {MOST_WISHES}개예요. 하나를 그만두고 다시 신청해 주세요."


@dataclass(frozen=True)
class Wish:
    """One entry as people see it. ``opening`` is the freed time (id) and ``freed_ko`` how it is said, once told."""

    id: str
    when_ko: str
    since: datetime
    told_at: datetime | None
    opening: str | None
    freed_ko: str | None


def wait(
    session: Session, center_id: str, window: Window | Mapping[str, Any], lead_id: str, *, now: datetime | None = None
) -> str:
    """Put a lead on a center's waiting list for a window and give the entry's id; the same wish is kept once.

    Raises OpeningPast for a window that is over, TooManyWishes.
    """
    now = now or clock.now()
    wanted = Window.read(window)
    if wanted.end <= now:
        raise calendar.OpeningPast()
    waits = select(Waiting).where(Waiting.lead_id == lead_id, Waiting.state == "waiting")
    same = session.execute(waits.where(
        Waiting.center_id == center_id, Waiting.starts_at == wanted.start, Waiting.ends_at == wanted.end)
    ).scalars().first()
    if same is not None:
        return str(same.id)
    if session.execute(select(func.count()).select_from(waits.subquery())).scalar_one() >= MOST_WISHES:
        raise TooManyWishes()
    entry: Waiting = Waiting(
        center_id=center_id, starts_at=wanted.start, ends_at=wanted.end, lead_id=lead_id, created_at=now,
        daily_from=wanted.daily[0] if wanted.daily else None, daily_until=wanted.daily[1] if wanted.daily else None)
    session.add(entry)
    session.flush()
    return str(entry.id)


def of_lead(session: Session, lead_id: str, *, now: datetime | None = None) -> list[Wish]:
    """What a lead waits for or has been told of, while it lies ahead; the oldest wish first."""
    rows = session.execute(select(Waiting).where(
        Waiting.lead_id == lead_id, Waiting.state.in_(("waiting", "told")), Waiting.ends_at > (now or clock.now()))
        .order_by(Waiting.created_at, Waiting.id)).scalars()
    return [wish(row) for row in rows]


def wish(entry: Waiting) -> Wish:
    """An entry as people see it."""
    freed = said_time(calendar.opening_starts_at(entry.opening_id)) if entry.opening_id else None
    return Wish(entry.id, said(_window(entry), entry.created_at), entry.created_at, entry.told_at,
                entry.opening_id, freed)


def leave(session: Session, waiting_id: str, lead_id: str) -> None:
    """Take one wish of a lead off the list. Raises NotFound, also for a wish of somebody else."""
    if _close(session, Waiting.id == waiting_id, Waiting.lead_id == lead_id) == 0:
        raise NotFound("대기 신청을 찾을 수 없어요. 이미 끝났을 수 있어요.")


def settle(session: Session, lead_id: str) -> int:
    """Take a lead off the list altogether (it has its visit, or left), and say from how many wishes."""
    return _close(session, Waiting.lead_id == lead_id)


def tell(session: Session, center_id: str, planner_id: str, starts_at: datetime, now: datetime) -> Waiting | None:
    """Tell the one who has waited longest for a time that was just freed, if it can still be booked."""
    if starts_at <= now:
        return None
    entry = next((waits for waits in _waiting(session, center_id, now) if _window(waits).holds(starts_at)), None)
    if entry is None:
        return None
    agenda = calendar.Agenda.load(session, center_id, now=now, planner_id=planner_id)
    freed = next((opening for opening in agenda.free() if opening.starts_at == starts_at), None)
    return _told(session, entry, freed, now) if freed is not None else None


def tell_all(session: Session, center_id: str, *, now: datetime | None = None) -> int:
    """Tell everybody of a center whose wish has something free, a time each, and say how many.

    For changes that free times without a visit going: a block lifted, new hours, a new day within the horizon.
    """
    now = now or clock.now()
    entries = _waiting(session, center_id, now)
    if not entries:
        return 0
    free = list(calendar.Agenda.load(session, center_id, now=now).free())
    told = 0
    for entry in entries:
        window = _window(entry)
        found = next((opening for opening in free if window.holds(opening.starts_at)), None)
        if found is not None:
            free.remove(found)
            _told(session, entry, found, now)
            told += 1
    return told


def centers_waited_for(session: Session, *, now: datetime | None = None) -> list[str]:
    """The centers for which somebody still waits."""
    return list(session.execute(select(Waiting.center_id).where(
        Waiting.state == "waiting", Waiting.ends_at > (now or clock.now())).distinct()).scalars())


def said(window: Window, since: datetime) -> str:
    """A window in words: "12월 1일(화) 오후", "11월 30일(월)부터 12월 4일(금)까지".

    One that was already open at ``since`` is said by its end alone.
    """
    last = window.end - timedelta(minutes=1)
    part = f" {_PARTS[window.daily[0].hour]}" if window.daily else ""
    if window.start.date() == last.date():
        if part or window.end - window.start >= _A_DAY:
            return korean_date(last.date()) + part
        return f"{said_time(window.start)}부터 {korean_time(window.end)}까지"
    begins = "" if window.start <= since else f"{korean_date(window.start.date())}부터 "
    return f"{begins}{korean_date(last.date())}까지{part}"


def said_time(moment: datetime) -> str:
    """A time as it is said: "12월 1일(화) 오후 2시"."""
    return f"{korean_date(moment.date())} {korean_time(moment)}"


def _told(session: Session, entry: Waiting, freed: Opening, now: datetime) -> Waiting:
    entry.state, entry.told_at, entry.opening_id = "told", now, freed.id
    lead = session.get(Lead, entry.lead_id)
    outbox.opening_freed(session, entry, by_mail=bool(lead is not None and lead.email))
    session.flush()
    return entry


def _waiting(session: Session, center_id: str, now: datetime) -> list[Waiting]:
    return list(session.execute(
        select(Waiting).where(Waiting.center_id == center_id, Waiting.state == "waiting", Waiting.ends_at > now)
        .order_by(Waiting.created_at, Waiting.id).with_for_update(skip_locked=True)).scalars())


def _close(session: Session, *which: Any) -> int:
    ended = update(Waiting).where(*which, Waiting.state.in_(("waiting", "told"))).values(state="left", told_at=None)
    count: int = session.execute(ended.execution_options(synchronize_session="fetch")).rowcount
    return count


def _window(entry: Waiting) -> Window:
    bounds = (entry.daily_from, entry.daily_until)
    daily = None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])
    return Window(entry.starts_at, entry.ends_at, daily)
