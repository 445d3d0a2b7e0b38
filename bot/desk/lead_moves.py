"""Changing a lead's state: the row, its clocks, the audit row and the outbox rows, always together.

Whether somebody may make the move is decided in ``lead_actions``; this module only knows the table of moves.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.desk import outbox, waiting
from bot.desk.errors import DeskError
from bot.desk.lead_models import Lead, LeadMove
from bot.desk.lead_states import FINAL_STATES, QUEUED_STATES, STATE_NAMES, find_move, moves_from
from knowledge_base.korean import particle

_CONTACTED_BY = ("contacted", "visit_scheduled", "visited", "plan_delivered", "following_up", "no_show")


class MoveNotAllowed(DeskError):
    """The table has no such move, or not for this role; the message names the moves there are."""


def apply(
    session: Session, lead: Lead, to_state: str, *, actor: str, role: str, now: datetime, reason: str | None = None,
    close_reason: str | None = None,
) -> LeadMove:
    """Move a lead, if the table has the move for the role. Raises MoveNotAllowed."""
    move = find_move(lead.state, to_state)
    if move is None or role not in move.roles:
        raise MoveNotAllowed(_refusal(lead.state, to_state, role))
    row: LeadMove = LeadMove(lead_id=lead.id, from_state=lead.state, to_state=to_state, actor=actor, role=role,
                   reason=reason or close_reason, at=now)
    lead.state, lead.updated_at = to_state, now
    lead.close_reason = close_reason if to_state == "closed" else None
    if to_state in QUEUED_STATES:
        lead.claimed_by = lead.claimed_at = None
    if to_state in (*FINAL_STATES, "transferred"):
        waiting.settle(session, lead.id)
    if to_state in _CONTACTED_BY and lead.contacted_at is None:
        lead.contacted_at = now
    session.add(row)
    session.flush()
    outbox.lead_moved(session, lead, row.from_state or "", row.id)
    return row


def _refusal(from_state: str, to_state: str, role: str) -> str:
    open_ways = [STATE_NAMES[move.to_state] for move in moves_from(from_state, role)]
    ways = f"지금 바꿀 수 있는 상태: {', '.join(open_ways)}" if open_ways else "더 바꿀 수 없는 상태예요."
    wanted = STATE_NAMES.get(to_state, to_state)
    now_in = STATE_NAMES[from_state]
    return f"‘{now_in}’에서 ‘{wanted}’{particle(wanted, '으로/로')} 바꿀 수 없어요. {ways}"
