"""What planners do with leads: claim, move, transfer, schedule a visit, note, and give back what waits too long.

Every action checks role, center and what the move needs, on a locked row; seeing and listing is ``leads``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.desk import booking, lead_moves, leads, outbox, routing
from bot.desk.business_hours import add_business_hours
from bot.desk.calendar_models import Visit
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.lead_models import Lead, LeadMove, LeadNote, VerdictMark
from bot.desk.lead_states import CLOSE_REASONS, QUEUED_STATES, STATE_NAMES, Move, find_move
from bot.desk.leads import Viewer
from bot.desk.settings import defaults
from knowledge_base import clock, places

SENIOR = ("center_lead", "administrator")


class AlreadyClaimed(DeskError):
    """Somebody else claimed the lead first."""


class StalePage(DeskError):
    """The lead has changed since the page was opened."""


class MoveIncomplete(DeskError):
    """The move needs something that is not there: a claim, a visit, a reason, a center."""


def claim(session: Session, lead_id: str, viewer: Viewer, *, now: datetime | None = None) -> Lead:
    """Take a lead out of the queue. Of several who try, one gets it; the others AlreadyClaimed with the name."""
    now = now or clock.now()
    lead = leads.get(session, lead_id, viewer)
    before = lead.state
    if before not in QUEUED_STATES and lead.claimed_by is None:
        raise lead_moves.MoveNotAllowed(f"‘{STATE_NAMES[before]}’ 상태의 접수는 맡을 수 없어요. 목록을 새로 여세요.")
    move = find_move("new", "claimed")
    if move is None or viewer.role not in move.roles:
        raise NotAllowed()
    won = session.execute(
        update(Lead).where(Lead.id == lead_id, Lead.claimed_by.is_(None), Lead.state.in_(QUEUED_STATES))
        .values(state="claimed", claimed_by=viewer.name, claimed_at=now, updated_at=now,
                planner_id=viewer.planner_id or Lead.planner_id)
        .execution_options(synchronize_session=False)).rowcount
    session.refresh(lead)
    if not won:
        if lead.claimed_by == viewer.name:
            return lead
        raise AlreadyClaimed(f"방금 {lead.claimed_by} 님이 맡았어요. 다른 접수를 골라 주세요.")
    row: LeadMove = LeadMove(
        lead_id=lead.id, from_state=before, to_state="claimed", actor=viewer.name, role=viewer.role, at=now)
    session.add(row)
    session.flush()
    outbox.lead_moved(session, lead, before, row.id)
    return lead


def move(
    session: Session, lead_id: str, to_state: str, viewer: Viewer, *, reason: str | None = None,
    close_reason: str | None = None, center_id: str | None = None, expected_state: str | None = None,
    now: datetime | None = None,
) -> Lead:
    """Move a lead to a state, with everything that belongs to it (visit, claim, center).

    ``expected_state`` is what the page showed. Raises StalePage, MoveNotAllowed, MoveIncomplete, NotFound.
    """
    now = now or clock.now()
    if to_state == "claimed":
        return claim(session, lead_id, viewer, now=now)
    lead = leads.get(session, lead_id, viewer, lock=True)
    if expected_state is not None and lead.state != expected_state:
        raise StalePage(f"그 사이 ‘{STATE_NAMES[lead.state]}’ 상태로 바뀌었어요. 지금 상태를 보고 다시 해 주세요.")
    known = find_move(lead.state, to_state)
    if known is not None and viewer.role in known.roles:
        _complete(session, lead, known, viewer, reason, close_reason, center_id, now)
    visit, before = _booked_visit(session, lead), lead.state
    lead_moves.apply(session, lead, to_state, actor=viewer.name, role=viewer.role, now=now, reason=reason,
                     close_reason=close_reason)
    _follow(session, lead, before, visit, viewer, center_id, now)
    return lead


def schedule_visit(
    session: Session, lead_id: str, opening_id: str, viewer: Viewer, *, now: datetime | None = None
) -> Visit:
    """Book a visit for a lead, or move the one it has; the lead becomes "visit scheduled" where the table says so.

    Raises OpeningUnavailable with alternatives, MoveIncomplete for a lead somebody else has claimed.
    """
    now = now or clock.now()
    lead = leads.get(session, lead_id, viewer, lock=True)
    _claimed_by(lead, viewer)
    visit = _booked_visit(session, lead)
    if visit is not None:
        visit = booking.change(session, visit.id, opening_id, actor=viewer.name, now=now)
    else:
        visit = booking.book(session, lead, opening_id, actor=viewer.name, now=now)
    if find_move(lead.state, "visit_scheduled"):
        lead_moves.apply(session, lead, "visit_scheduled", actor=viewer.name, role=viewer.role, now=now)
    return visit


def note(session: Session, lead_id: str, text: str, viewer: Viewer, *, now: datetime | None = None) -> LeadNote:
    """Write a note on a lead. Raises MoveIncomplete for an empty one."""
    lead = leads.get(session, lead_id, viewer)
    if viewer.role == "partner":
        raise NotAllowed()
    if not text.strip():
        raise MoveIncomplete("메모가 비어 있어요. 내용을 적어 주세요.")
    written: LeadNote = LeadNote(lead_id=lead.id, author=viewer.name, text=text.strip(), at=now or clock.now())
    session.add(written)
    session.flush()
    return written


def notes(session: Session, lead_id: str, viewer: Viewer) -> list[LeadNote]:
    """The notes on a lead, oldest first."""
    lead = leads.get(session, lead_id, viewer)
    if viewer.role == "partner":
        raise NotAllowed()
    return list(session.execute(
        select(LeadNote).where(LeadNote.lead_id == lead.id).order_by(LeadNote.at)).scalars())


def history(session: Session, lead_id: str, viewer: Viewer) -> list[LeadMove]:
    """Every change of a lead's state, oldest first."""
    lead = leads.get(session, lead_id, viewer)
    return list(session.execute(
        select(LeadMove).where(LeadMove.lead_id == lead.id).order_by(LeadMove.id)).scalars())


def mark_verdict(
    session: Session, lead_id: str, program: str, viewer: Viewer, *, right: bool, reason: str | None = None,
    expected_status: str | None = None, now: datetime | None = None,
) -> VerdictMark:
    """Say that the bot's verdict on a program was right, or wrong and why; a second mark replaces the first."""
    lead = leads.get(session, lead_id, viewer, lock=True)
    if viewer.role == "partner":
        raise NotAllowed()
    if program not in {verdict.get("program") for verdict in (lead.screening or {}).get("verdicts", [])}:
        raise MoveIncomplete("이 접수에 그런 제도의 판정이 없어요.")
    if not right and not (reason and reason.strip()):
        raise MoveIncomplete("판정이 틀렸다면 까닭을 적어 주세요.")
    mark: VerdictMark = session.execute(select(VerdictMark).where(
        VerdictMark.lead_id == lead.id, VerdictMark.program == program)).scalar_one_or_none() or VerdictMark(
        lead_id=lead.id, program=program)
    mark.right, mark.reason, mark.author, mark.at = right, reason, viewer.name, now or clock.now()
    mark.expected_status = None if right else expected_status
    session.add(mark)
    session.flush()
    return mark


def return_overdue(session: Session, *, now: datetime | None = None) -> int:
    """Put leads that were claimed and not contacted in time back into the queue, and say how many."""
    now = now or clock.now()
    waiting = session.execute(select(Lead).where(
        Lead.state == "claimed", Lead.contacted_at.is_(None)).with_for_update(skip_locked=True)).scalars()
    overdue = [lead for lead in waiting
               if add_business_hours(lead.claimed_at, defaults().hours_to_contact_after_claim) < now]
    for lead in overdue:
        hours = defaults().hours_to_contact_after_claim
        reason = f"{lead.claimed_by} 님이 맡은 뒤 업무시간 {hours}시간 안에 연락이 없었음"
        lead_moves.apply(session, lead, "new", actor="system", role="system", now=now, reason=reason)
    return len(overdue)


def _complete(
    session: Session, lead: Lead, known: Move, viewer: Viewer, reason: str | None, close_reason: str | None,
    center_id: str | None, now: datetime,
) -> None:
    """Check what the move needs. Raises MoveIncomplete naming it."""
    if "claim" in known.needs:
        _claimed_by(lead, viewer)
    if "reason" in known.needs and not (reason and reason.strip()):
        raise MoveIncomplete("까닭을 적어 주세요.")
    if "close_reason" in known.needs:
        if close_reason not in CLOSE_REASONS:
            raise MoveIncomplete(f"종결 사유를 골라 주세요: {', '.join(CLOSE_REASONS.values())}")
        if close_reason == "other" and not (reason and reason.strip()):
            raise MoveIncomplete("기타로 종결하려면 까닭을 적어 주세요.")
    if "center" in known.needs and (center_id not in places.places().centers or center_id == lead.center_id):
        raise MoveIncomplete("보낼 센터를 골라 주세요. 지금 센터와 다른 곳이어야 해요.")
    visit = _booked_visit(session, lead)
    if {"visit", "past_visit"} & set(known.needs) and visit is None:
        raise MoveIncomplete("방문 예약이 없어요. 먼저 방문 시간을 잡아 주세요.")
    if "past_visit" in known.needs and visit is not None and visit.starts_at > now:
        raise MoveIncomplete("아직 방문 시간이 되지 않았어요.")


def _claimed_by(lead: Lead, viewer: Viewer) -> None:
    if viewer.role in SENIOR or lead.claimed_by == viewer.name:
        return
    if lead.claimed_by is None:
        raise MoveIncomplete("먼저 이 접수를 맡아 주세요.")
    raise MoveIncomplete(f"{lead.claimed_by} 님이 맡은 접수예요. 급하면 센터장이 대신 처리할 수 있어요.")


def _follow(
    session: Session, lead: Lead, before: str, visit: Visit | None, viewer: Viewer, center_id: str | None,
    now: datetime,
) -> None:
    """Bring the visit and the center after the lead's new state; ``before`` is the state it came from."""
    if visit is not None and lead.state in ("visited", "no_show"):
        visit.state, visit.updated_at = lead.state, now
    elif visit is not None and lead.state in ("transferred", "withdrawn", "closed"):
        booking.cancel(session, visit.id, actor=viewer.name, reason=lead.state, now=now)
    elif visit is not None and (before, lead.state) == ("visit_scheduled", "contacted"):
        booking.cancel(session, visit.id, actor=viewer.name, reason="called off", now=now)
    if lead.state == "transferred" and center_id is not None:
        lead.center_id, lead.planner_id = center_id, routing.assign(session, center_id)
    session.flush()


def _booked_visit(session: Session, lead: Lead) -> Visit | None:
    found: Visit | None = session.execute(
        select(Visit).where(Visit.lead_id == lead.id, Visit.state == "booked")).scalar_one_or_none()
    return found
