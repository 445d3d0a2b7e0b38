"""Who of a center works on a lead: giving it to a colleague, with what was done so far.

Taking a lead out of the queue for oneself is ``lead_actions.claim``; to another center it goes as a transfer.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import lead_moves, leads, outbox
from bot.desk.accounts import User
from bot.desk.errors import NotAllowed
from bot.desk.lead_actions import SENIOR, MoveIncomplete
from bot.desk.lead_models import Lead, LeadMove
from bot.desk.lead_states import FINAL_STATES, QUEUED_STATES
from bot.desk.leads import Viewer
from knowledge_base import clock


def may_hand_over(lead: Lead, viewer: Viewer) -> bool:
    """Whether the viewer may give the lead to somebody: a center's lead any, a planner the own ones."""
    if lead.state in FINAL_STATES or lead.center_id is None:
        return False
    return viewer.role in SENIOR or (viewer.role == "planner" and lead.claimed_by == viewer.name)


def colleagues(session: Session, lead: Lead) -> list[User]:
    """Who at the lead's center could take it, by name: open accounts of planners and center leads but its holder."""
    found = select(User).where(User.center_id == lead.center_id, User.role.in_(("planner", "center_lead")),
                               User.disabled.is_(False)).order_by(User.name)
    return [user for user in session.execute(found).scalars() if user.name != lead.claimed_by]


def hand_over(
    session: Session, lead_id: str, user_id: str, viewer: Viewer, *, reason: str | None = None,
    now: datetime | None = None,
) -> Lead:
    """Give a lead to a colleague; one still in the queue becomes theirs, another keeps its state and its visit.

    The clock of a claim starts anew, that of the first contact does not. Raises NotFound, NotAllowed, MoveIncomplete.
    """
    now = now or clock.now()
    lead = leads.get(session, lead_id, viewer, lock=True)
    if not may_hand_over(lead, viewer):
        raise NotAllowed("맡은 사람이나 센터장만 담당을 바꿀 수 있어요.")
    to = next((one for one in colleagues(session, lead) if one.id == user_id), None)
    if to is None:
        raise MoveIncomplete("이 센터의 다른 동료를 골라 주세요. 목록에 없으면 관리자에게 계정을 부탁해 주세요.")
    before, holder = lead.state, lead.claimed_by
    said = f"{holder} → {to.name}" if holder else to.name
    said = f"{said}: {reason}" if reason else said
    if before in QUEUED_STATES:
        lead.claimed_by, lead.claimed_at, lead.planner_id = to.name, now, to.planner_id or lead.planner_id
        lead_moves.apply(session, lead, "claimed", actor=viewer.name, role=viewer.role, now=now, reason=said)
        return lead
    # Past the queue the new holder counts alone: the old one's list must not keep the lead.
    lead.claimed_by, lead.claimed_at, lead.planner_id, lead.updated_at = to.name, now, to.planner_id, now
    row: LeadMove = LeadMove(
        lead_id=lead.id, from_state=before, to_state=before, actor=viewer.name, role=viewer.role, reason=said, at=now)
    session.add(row)
    session.flush()
    outbox.lead_moved(session, lead, before, row.id)
    return lead
