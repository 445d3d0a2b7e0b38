"""Several processes, one prize: the database gives it to exactly one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text

from bot.desk import booking, calendar, database, handoff
from bot.desk.models import Lead, OutboxEntry, TakenTime, Visit
from tests.desk import racing

RUNNERS, ROUNDS = 6, 24


def test_of_many_who_book_the_same_time_at_once_exactly_one_wins(desk: str) -> None:
    with database.session(read_only=True) as session:
        prizes = [item.id for item in calendar.openings(session, "suwon", limit=ROUNDS, spread=False)]
    assert len(prizes) == ROUNDS
    for answers in racing.race(racing.hold_and_hand_off, prizes, RUNNERS):
        assert Counter(answers) == {"won": 1, "OpeningTaken with 3": RUNNERS - 1}
    with database.session(read_only=True) as session:
        booked = session.execute(select(Visit.starts_at).where(Visit.state == "booked")).scalars().all()
        assert len(booked) == len(set(booked)) == ROUNDS
        assert session.execute(select(func.count()).select_from(Lead)).scalar_one() == ROUNDS
        assert session.execute(select(func.count()).select_from(OutboxEntry)).scalar_one() == ROUNDS
        assert session.execute(select(func.count()).select_from(TakenTime)).scalar_one() == ROUNDS * 4


def test_a_late_comer_and_the_hand_off_of_the_same_time_do_not_wait_for_each_other(desk: str) -> None:
    with database.session() as session:
        held = booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
        receipt = handoff.hand_off(session, racing.request("c-1", None))
        session.get(Lead, receipt.lead_id).planner_id = None
    with ThreadPoolExecutor(1) as other:
        with database.session() as session:
            lead = session.get(Lead, receipt.lead_id)
            visit = booking.confirm(session, held.id, lead)
            late = other.submit(racing.hold_and_hand_off, 2, "suwon.suwon-1.20261201T1400")
            time.sleep(0.5)  # the late-comer has locked what it locks and waits for this transaction
            lead.planner_id = visit.planner_id
            session.flush()
        assert late.result(racing.PATIENCE) == "OpeningTaken with 3"


def test_the_same_hand_off_sent_many_times_at_once_makes_one_lead(desk: str) -> None:
    keys = [f"key-{turn}" for turn in range(10)]
    for answers in racing.race(racing.hand_off_once, keys, RUNNERS):
        assert len(set(answers)) == 1, answers
        assert answers[0].startswith("D")
    with database.session(read_only=True) as session:
        assert session.execute(select(func.count()).select_from(Lead)).scalar_one() == len(keys)


def test_of_many_planners_who_claim_a_lead_at_once_exactly_one_gets_it(desk: str) -> None:
    leads = []
    for turn in range(10):
        number = racing.hand_off_once(0, f"key-{turn}")
        with database.session(read_only=True) as session:
            leads.append(session.execute(select(Lead.id).where(Lead.number == number)).scalar_one())
    for answers in racing.race(racing.claim, leads, RUNNERS):
        assert Counter(answers) == {"won": 1, "AlreadyClaimed": RUNNERS - 1}


@pytest.mark.parametrize("statement", [
    # The same start twice, and a start inside another visit: both refused whatever the code before it did.
    "INSERT INTO visits (id, center_id, planner_id, starts_at, ends_at, busy_until, state, expires_at, sequence,"
    " created_at, updated_at) SELECT 'other', center_id, planner_id, starts_at, ends_at, busy_until, state,"
    " expires_at, sequence, created_at, updated_at FROM visits",
    "INSERT INTO taken_times (planner_id, at, visit_id) SELECT planner_id, at, visit_id FROM taken_times",
    "UPDATE visits SET state = 'booked', expires_at = NULL",  # booked for nobody
    "UPDATE visits SET state = 'sold'",
    "UPDATE visits SET ends_at = starts_at",
])
def test_the_database_itself_refuses_what_must_not_be(desk: str, statement: str) -> None:
    with database.session() as session:
        booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
    with pytest.raises(Exception, match=r"(?i)constraint"), database.session() as session:
        session.execute(text(statement))
