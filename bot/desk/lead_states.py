"""A lead's life as a table of data: states, the moves between them, and which role may make which move.

Only data and look-ups; carrying a move out, with its audit row, is ``leads.move``.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("planner", "center_lead", "administrator", "partner", "bot", "customer", "system")

STATE_NAMES = {
    "new": "새 접수", "claimed": "담당 지정", "contacted": "연락함", "visit_scheduled": "방문 예정",
    "visited": "방문함", "plan_delivered": "지원안 전달", "following_up": "사후 관리", "closed": "종결",
    "no_show": "방문 못 함", "transferred": "이관됨", "withdrawn": "철회",
}
STATES = tuple(STATE_NAMES)
QUEUED_STATES = ("new", "transferred")
FINAL_STATES = ("closed", "withdrawn")
# Before the first visit, or after one that did not come about: a time may be taken.
BOOKABLE_STATES = ("new", "claimed", "contacted", "no_show", "transferred")
OPEN_STATES = tuple(state for state in STATES if state not in FINAL_STATES)

CLOSE_REASONS = {
    "supported": "지원 연결 완료", "information_given": "안내로 해결", "not_eligible": "지원 대상 아님",
    "unreachable": "연락 안 됨", "duplicate": "중복 접수", "declined": "회사가 원하지 않음", "spam": "장난·오접수",
    "other": "기타",
}

_DESK = ("planner", "center_lead", "administrator")
_LEADS = ("center_lead", "administrator")


@dataclass(frozen=True)
class Move:
    """One allowed move. ``needs`` names what must be there: claim, visit, past_visit, center or reason."""

    from_state: str
    to_state: str
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()


def _moves(from_states: tuple[str, ...], to_state: str, roles: tuple[str, ...], *needs: str) -> tuple[Move, ...]:
    return tuple(Move(state, to_state, roles, needs) for state in from_states)


MOVES: tuple[Move, ...] = (
    *_moves(("new", "transferred"), "claimed", _DESK),
    *_moves(("claimed",), "new", (*_DESK, "system")),
    *_moves(("claimed", "no_show"), "contacted", _DESK, "claim"),
    *_moves(("claimed", "contacted", "no_show"), "visit_scheduled", _DESK, "claim", "visit"),
    *_moves(("visit_scheduled",), "visited", _DESK, "claim", "past_visit"),
    *_moves(("visit_scheduled",), "no_show", _DESK, "claim", "past_visit"),
    *_moves(("visit_scheduled",), "contacted", (*_DESK, "customer", "system")),
    *_moves(("contacted", "visited"), "plan_delivered", _DESK, "claim"),
    *_moves(("plan_delivered", "visited"), "following_up", _DESK, "claim"),
    *_moves(("new", "claimed", "contacted", "visit_scheduled", "no_show", "transferred"),
            "transferred", _DESK, "center", "reason"),
    *_moves(("contacted", "visited", "plan_delivered", "following_up", "no_show"), "closed", _DESK, "claim",
            "close_reason"),
    *_moves(("new", "claimed", "transferred"), "closed", _LEADS, "close_reason"),
    *_moves(OPEN_STATES, "withdrawn", (*_DESK, "bot", "customer", "system")),
    *_moves(("closed",), "following_up", _LEADS, "reason"),
)
_BY_ENDS = {(move.from_state, move.to_state): move for move in MOVES}


def find_move(from_state: str, to_state: str) -> Move | None:
    """The move between two states, or None where there is none."""
    return _BY_ENDS.get((from_state, to_state))


def moves_from(state: str, role: str) -> tuple[Move, ...]:
    """The moves a role may make out of a state, in the order of the table."""
    return tuple(move for move in MOVES if move.from_state == state and role in move.roles)
