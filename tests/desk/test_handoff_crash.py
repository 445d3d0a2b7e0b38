"""A hand-off killed with SIGKILL before any of its statements, and after its commit: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
from typing import Any

from sqlalchemy import event, func, select

from bot.desk import booking, database, handoff
from bot.desk.models import Consent, Lead, LeadMove, OutboxEntry, TakenTime, Visit
from tests.desk import racing

TWO = "suwon.suwon-1.20261201T1400"
KEY = "hand-off-1"


def _hand_off(hold_id: str) -> None:
    with database.session() as session:
        handoff.hand_off(session, racing.request("c-1", hold_id), idempotency_key=KEY)


def die_before(statement: int, hold_id: str) -> None:
    """Hand over, and be killed before the given statement; 0 is just after the commit."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    database.engine().connect().close()
    if statement:
        event.listen(database.engine(), "before_cursor_execute", count)
    _hand_off(hold_id)
    if not statement:
        os.kill(os.getpid(), signal.SIGKILL)


def _statements(hold_id: str) -> int:
    """How many statements a hand-off takes; counted on one that is rolled back."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    try:
        with database.session() as session:
            handoff.hand_off(session, racing.request("c-1", hold_id), idempotency_key=KEY)
            session.rollback()
    finally:
        event.remove(database.engine(), "before_cursor_execute", note)
    assert any(statement.startswith("INSERT INTO outbox") for statement in seen)
    return len(seen)


def _counts() -> dict[str, int]:
    with database.session(read_only=True) as session:
        return {table.__tablename__: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (Lead, Consent, LeadMove, OutboxEntry, TakenTime)} | {
            "booked": session.execute(
                select(func.count()).select_from(Visit).where(Visit.state == "booked")).scalar_one()}


def test_a_hand_off_killed_anywhere_is_there_whole_or_not_at_all(desk: str) -> None:
    with database.session() as session:
        hold_id = booking.hold(session, TWO, conversation_id="c-1").id
    nothing = _counts()
    statements = _statements(hold_id)
    assert _counts() == nothing
    for statement in range(1, statements + 1):
        _killed(statement, hold_id)
        assert _counts() == nothing, f"left something behind when killed before statement {statement}"
    _killed(0, hold_id)
    whole = _counts()
    assert whole == {"leads": 1, "consents": 1, "lead_moves": 1, "outbox": 1, "taken_times": 4, "booked": 1}
    # The restarted caller asks again, as the conversation does: the same lead, and nothing twice.
    with database.session() as session:
        assert handoff.hand_off(session, racing.request("c-1", hold_id), idempotency_key=KEY).repeated
    assert _counts() == whole


def _killed(statement: int, hold_id: str) -> None:
    # A forked child has no connection of its own yet: engines go by process.
    database.engine().dispose()
    child = os.fork()
    if child == 0:
        try:
            die_before(statement, hold_id)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the child was not killed before statement {statement}"
    assert os.WTERMSIG(status) == signal.SIGKILL
