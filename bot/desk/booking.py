"""Holding, booking, changing and cancelling visits so that no planner is ever promised twice.

Every path inserts first: the keys of ``visits`` and ``taken_times`` decide who gets a time, and the loser is told
with alternatives. Which times exist at all is ``calendar``'s; finding a visit again (number, link) is ``visits``'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk import calendar, lead_moves, outbox, waiting
from bot.desk.audit import record
from bot.desk.calendar import Opening, OpeningClosed, OpeningUnavailable
from bot.desk.calendar_models import ACTIVE_VISIT_STATES, Planner, TakenTime, Visit
from bot.desk.errors import DeskError
from bot.desk.lead_models import Lead
from bot.desk.settings import defaults
from knowledge_base import clock

if TYPE_CHECKING:
    from bot.desk.visits import VisitDetails


class OpeningTaken(OpeningUnavailable):
    """Somebody else was faster. ``alternatives`` are the three nearest free times."""

    default = "방금 마감됐어요. 다른 시간을 골라 주세요."


class HoldExpired(DeskError):
    """The hold has run out or was given back; the time may be somebody else's by now."""

    default = "시간을 잡아 둔 10분이 지났어요. 방문 시간을 다시 골라 주세요."


class TooLateToChange(DeskError):
    """The cut-off before the visit has passed."""

    default = "방문이 얼마 남지 않아 여기서는 바꿀 수 없어요. 센터로 전화해 주세요."


class NotBooked(DeskError):
    """There is no visit to change or cancel: it is over, cancelled, or was never booked."""

    default = "바꿀 수 있는 방문 예약이 없어요. 새로 예약해 주세요."


@dataclass(frozen=True)
class Hold:
    """A time kept for one conversation until ``expires_at`` (aware, KST). ``id`` goes into the hand-off."""

    id: str
    opening: Opening
    expires_at: datetime


def hold(
    session: Session, opening_id: str, *, conversation_id: str, center_id: str | None = None,
    now: datetime | None = None,
) -> Hold:
    """Keep a free time for a conversation for ten minutes; an earlier hold of that conversation is given back.

    Holding the same opening again only makes the ten minutes start anew. ``center_id`` is the center in charge, if
    the caller knows it. Raises OpeningTaken or another OpeningUnavailable, both with alternatives.
    """
    now = now or clock.now()
    expire(session, now=now)
    opening = calendar.opening_of(session, opening_id, center_id=center_id, now=now)
    expires_at = now + timedelta(minutes=defaults().hold_minutes)
    earlier = _hold_of(session, conversation_id)
    if earlier is not None and (earlier.planner_id, earlier.starts_at) == (opening.planner_id, opening.starts_at):
        earlier.expires_at = expires_at
        return Hold(earlier.id, opening, expires_at)
    visit = Visit(center_id=opening.center_id, planner_id=opening.planner_id, starts_at=opening.starts_at,
                  ends_at=opening.ends_at, busy_until=opening.busy_until, state="held", expires_at=expires_at,
                  conversation_id=conversation_id)
    # Whoever catches the refusal inside a session must find the earlier hold as it was.
    with session.begin_nested():
        if earlier is not None:
            _free(session, earlier, "released", now)
        _take(session, visit, opening, now)
    return Hold(visit.id, opening, expires_at)


def release(session: Session, hold_id: str, *, now: datetime | None = None) -> bool:
    """Give a hold back. False if it was not held any more; never touches a booked visit."""
    now = now or clock.now()
    visit = session.get(Visit, hold_id, with_for_update=True, populate_existing=True)
    if visit is None or visit.state != "held":
        return False
    _free(session, visit, "released", now)
    return True


def confirm(session: Session, hold_id: str, lead: Lead, *, now: datetime | None = None) -> Visit:
    """Turn the hold of the lead's own conversation into its visit. Raises HoldExpired when that is not held any more.

    Another conversation's hold is refused in the same words: a forged id must not tell whether it is one.
    """
    now = now or clock.now()
    visit: Visit | None = session.get(Visit, hold_id, with_for_update=True, populate_existing=True)
    if visit is None or visit.state != "held" or visit.expires_at is None or visit.expires_at <= now:
        raise HoldExpired()
    if visit.conversation_id is None or visit.conversation_id != lead.conversation_id:
        raise HoldExpired()
    visit.state, visit.expires_at, visit.lead_id, visit.updated_at = "booked", None, lead.id, now
    session.flush()
    return visit


def book(
    session: Session, lead: Lead, opening_id: str, *, actor: str, conversation_id: str | None = None,
    now: datetime | None = None,
) -> Visit:
    """Book a visit for a lead that has none (a call-back, a missed visit, one that waited), without a hold before it.

    ``conversation_id`` is the conversation that may hold the opening. Raises OpeningUnavailable like ``hold``; for a
    lead that already has a visit use ``change``.
    """
    now = now or clock.now()
    expire(session, now=now)
    opening = calendar.opening_of(session, opening_id, center_id=lead.center_id, now=now)
    earlier = session.execute(select(Visit.sequence).where(Visit.lead_id == lead.id)).scalars().all()
    visit: Visit = Visit(
        center_id=opening.center_id, planner_id=opening.planner_id, starts_at=opening.starts_at,
        ends_at=opening.ends_at, busy_until=opening.busy_until, state="booked", lead_id=lead.id,
        sequence=max(earlier, default=-1) + 1)
    with session.begin_nested():
        _release_own_hold(session, conversation_id, opening, now)
        _take(session, visit, opening, now)
    lead.planner_id = opening.planner_id
    waiting.settle(session, lead.id)
    record(session, actor, "visit.booked", visit.id, {"starts_at": opening.starts_at.isoformat()}, now)
    outbox.visit_changed(session, lead, visit, "visit.booked", now)
    return visit


def change(
    session: Session, visit_id: str, opening_id: str, *, actor: str = "customer", conversation_id: str | None = None,
    now: datetime | None = None,
) -> Visit:
    """Move a booked visit to another opening of its center; if that fails, the visit stays where it was.

    ``actor`` "customer" is bound by the cut-off, desk staff is not. ``conversation_id`` is the conversation that may
    hold the opening, if not the one in which the visit was booked. Changing to where it already is does nothing.
    Raises NotBooked, TooLateToChange, OpeningTaken or another OpeningUnavailable.
    """
    now = now or clock.now()
    expire(session, now=now)
    visit = _booked(session, visit_id, actor, now)
    opening = calendar.opening_of(session, opening_id, center_id=visit.center_id, now=now)
    if (visit.planner_id, visit.starts_at) == (opening.planner_id, opening.starts_at):
        return visit
    lead = session.get(Lead, visit.lead_id)
    before = (visit.planner_id, visit.starts_at)
    with session.begin_nested():
        for holder in {lead.conversation_id, conversation_id}:
            _release_own_hold(session, holder, opening, now)
        _move(session, visit, opening, now)
    lead.planner_id = opening.planner_id
    waiting.settle(session, lead.id)
    record(session, actor, "visit.changed", visit.id,
           {"from": before[1].isoformat(), "to": opening.starts_at.isoformat()}, now)
    outbox.visit_changed(session, lead, visit, "visit.changed", now)
    waiting.tell(session, visit.center_id, before[0], before[1], now)
    return visit


def cancel(
    session: Session, visit_id: str, *, actor: str = "customer", reason: str | None = None,
    now: datetime | None = None,
) -> Visit:
    """Cancel a booked visit; who waits for such a time is told. Raises NotBooked or TooLateToChange."""
    now = now or clock.now()
    visit = _booked(session, visit_id, actor, now)
    visit.sequence += 1
    _free(session, visit, "cancelled", now)
    lead = session.get(Lead, visit.lead_id)
    record(session, actor, "visit.cancelled", visit.id, {"reason": reason} if reason else None, now)
    outbox.visit_changed(session, lead, visit, "visit.cancelled", now)
    if lead.state == "visit_scheduled" and actor == "customer":
        lead_moves.apply(session, lead, "contacted", actor=actor, role="customer", now=now, reason="방문 취소")
    return visit


def expire(session: Session, *, now: datetime | None = None) -> int:
    """Give back every hold that has run out, and say how many. Safe to call at any time, by anybody."""
    now = now or clock.now()
    overdue = session.execute(
        select(Visit).where(Visit.state == "held", Visit.expires_at <= now)
        .order_by(Visit.id).with_for_update(skip_locked=True).execution_options(populate_existing=True)).scalars().all()
    for visit in overdue:
        _free(session, visit, "expired", now)
    return len(overdue)


def _take(session: Session, visit: Visit, opening: Opening, now: datetime) -> None:
    """Insert the visit and the half hours it takes. Raises OpeningTaken when the database refuses."""
    _within_cap(session, opening, now)
    try:
        with session.begin_nested():
            session.add(visit)
            session.flush()
            _take_half_hours(session, visit, opening)
    except IntegrityError as error:
        raise _taken(session, opening, now) from error


def _move(session: Session, visit: Visit, opening: Opening, now: datetime) -> None:
    if (visit.planner_id, visit.starts_at.date()) != (opening.planner_id, opening.starts_at.date()):
        _within_cap(session, opening, now)
    try:
        with session.begin_nested():
            # Its own half hours go first: a visit may move to a time that overlaps where it is now.
            session.execute(delete(TakenTime).where(TakenTime.visit_id == visit.id))
            visit.planner_id, visit.starts_at, visit.ends_at = opening.planner_id, opening.starts_at, opening.ends_at
            visit.busy_until, visit.sequence, visit.updated_at = opening.busy_until, visit.sequence + 1, now
            session.flush()
            _take_half_hours(session, visit, opening)
    except IntegrityError as error:
        raise _taken(session, opening, now) from error


def _take_half_hours(session: Session, visit: Visit, opening: Opening) -> None:
    session.execute(insert(TakenTime), [
        {"planner_id": opening.planner_id, "at": at, "visit_id": visit.id} for at in opening.half_hours])


def _within_cap(session: Session, opening: Opening, now: datetime) -> None:
    # The cap counts rows, which no key can do: the planner's row is locked so that two counts cannot interleave.
    # Not its key: a hand-off that waits to name this planner while we wait for its visit would be a deadlock.
    session.execute(select(Planner.id).where(Planner.id == opening.planner_id).with_for_update(key_share=True))
    midnight = opening.starts_at.replace(hour=0, minute=0)
    that_day = session.execute(select(Visit.starts_at, Visit.busy_until).where(
        Visit.planner_id == opening.planner_id, Visit.state.in_(ACTIVE_VISIT_STATES),
        Visit.starts_at >= midnight, Visit.starts_at < midnight + timedelta(days=1))).all()
    if any(starts < opening.busy_until and opening.starts_at < busy_until for starts, busy_until in that_day):
        return  # taken already: the insert will say so, which is the better message
    if len(that_day) >= int(calendar.rules_of(session, opening.center_id).daily_cap):
        raise OpeningClosed(
            "그날 방문 일정이 다 찼어요. 다른 날을 골라 주세요.",
            calendar.nearest(session, opening.center_id, opening.starts_at, now=now, besides=opening.id))


def _taken(session: Session, opening: Opening, now: datetime) -> OpeningTaken:
    return OpeningTaken(alternatives=calendar.nearest(
        session, opening.center_id, opening.starts_at, now=now, besides=opening.id))


def _free(session: Session, visit: Visit, state: str, now: datetime) -> None:
    visit.state, visit.expires_at, visit.updated_at = state, None, now
    session.flush()
    session.execute(delete(TakenTime).where(TakenTime.visit_id == visit.id))
    waiting.tell(session, visit.center_id, visit.planner_id, visit.starts_at, now)


def _hold_of(session: Session, conversation_id: str | None) -> Visit | None:
    if conversation_id is None:
        return None
    found: Visit | None = session.execute(
        select(Visit).where(Visit.conversation_id == conversation_id, Visit.state == "held")
        .with_for_update()).scalar_one_or_none()
    return found


def _release_own_hold(session: Session, conversation_id: str | None, opening: Opening, now: datetime) -> None:
    held = _hold_of(session, conversation_id)
    if held is not None:
        held.state, held.expires_at, held.updated_at = "released", None, now
        session.flush()
        session.execute(delete(TakenTime).where(TakenTime.visit_id == held.id))
        if (held.planner_id, held.starts_at) != (opening.planner_id, opening.starts_at):
            waiting.tell(session, held.center_id, held.planner_id, held.starts_at, now)


def _booked(session: Session, visit_id: str, actor: str, now: datetime) -> Visit:
    visit: Visit | None = session.get(Visit, visit_id, with_for_update=True, populate_existing=True)
    if visit is None or visit.state != "booked":
        raise NotBooked()
    if actor == "customer" and now > change_until(session, visit):
        raise TooLateToChange()
    return visit


def change_until(session: Session, visit: Visit) -> datetime:
    """The last moment (KST) at which the firm itself may change or cancel the visit."""
    last: datetime = visit.starts_at - timedelta(hours=calendar.rules_of(session, visit.center_id).cutoff_hours)
    return last


def look_up(session: Session, number: str, phone: str) -> VisitDetails:
    """A visit by booking number and phone; see ``visits.look_up``."""
    from bot.desk import visits  # visits shows what booking knows, so it imports this module

    return visits.look_up(session, number, phone)
