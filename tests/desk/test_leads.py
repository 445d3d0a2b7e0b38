"""A lead's life at the desk: claims, moves by role, visits that follow, the clock to the first contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.desk import booking, business_hours, database, handoff, lead_actions, lead_moves, lead_states, leads
from bot.desk.errors import NotFound
from bot.desk.handoff import HandOff
from bot.desk.lead_actions import AlreadyClaimed, MoveIncomplete, StalePage
from bot.desk.lead_states import OPEN_STATES
from bot.desk.leads import Filter, Viewer
from bot.desk.models import Lead, LeadMove, OutboxEntry, Visit
from tests.desk.conftest import NOW, at

KIM = Viewer("kim", "planner", "suwon", "suwon-1")
LEE = Viewer("lee", "planner", "suwon")
BOSS = Viewer("boss", "center_lead", "suwon")
ADMIN = Viewer("admin", "administrator")
Make = Callable[..., HandOff]
TWO = "suwon.suwon-1.20261201T1400"


@pytest.fixture
def lead_id(desk: str, request_of: Make) -> str:
    """A lead with a visit on 2026-12-01 at 14:00."""
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id="c-1")
        return handoff.hand_off(session, request_of(hold_id=held.id)).lead_id


def _state(lead_id: str) -> str:
    with database.session(read_only=True) as session:
        return str(session.get(Lead, lead_id).state)


def _move(lead_id: str, *states: str, viewer: Viewer = KIM, now: str = "2026-11-23 11:00", **given: object) -> None:
    for state in states:
        with database.session() as session:
            lead_actions.move(session, lead_id, state, viewer, now=at(now), **given)


def test_a_lead_lives_from_the_queue_to_its_end(lead_id: str) -> None:
    _move(lead_id, "claimed", "contacted", "visit_scheduled")
    _move(lead_id, "visited", "plan_delivered", "following_up", now="2026-12-01 15:10")
    _move(lead_id, "closed", now="2026-12-20 10:00", close_reason="supported")
    with database.session() as session:
        states = [row.to_state for row in lead_actions.history(session, lead_id, KIM)]
        assert session.execute(select(Visit.state)).scalar_one() == "visited"
    assert states == ["new", "claimed", "contacted", "visit_scheduled", "visited", "plan_delivered", "following_up",
                      "closed"]


def test_every_move_leaves_its_audit_row_with_who_when_and_why(lead_id: str) -> None:
    _move(lead_id, "transferred", viewer=BOSS, center_id="seoul", reason="본사가 서울")
    with database.session() as session:
        row = session.execute(select(LeadMove).order_by(LeadMove.id.desc()).limit(1)).scalar_one()
    assert (row.actor, row.role, row.from_state, row.reason) == ("boss", "center_lead", "new", "본사가 서울")
    assert row.at == at("2026-11-23 11:00")


def test_a_refused_move_leaves_no_audit_row(lead_id: str) -> None:
    with pytest.raises(lead_moves.MoveNotAllowed, match="바꿀 수 없어요"):
        _move(lead_id, "visited")
    with database.session() as session:
        assert len(lead_actions.history(session, lead_id, KIM)) == 1


@pytest.mark.parametrize("to_state", [state for state in lead_states.STATES if state != "claimed"])
@pytest.mark.parametrize("from_state", lead_states.STATES)
def test_only_the_moves_of_the_table_are_made(sqlite_desk: str, from_state: str, to_state: str) -> None:
    claimed = from_state not in lead_states.QUEUED_STATES
    with database.session() as session:
        lead = Lead(number="DAAAAAAA", kind="callback", state=from_state, facts={}, routing={}, link_digest="x",
                    contact_due_at=NOW, close_reason="other" if from_state == "closed" else None,
                    claimed_by="kim" if claimed else None, claimed_at=NOW if claimed else None)
        session.add(lead)
        session.flush()
        known = lead_states.find_move(from_state, to_state)
        role = known.roles[0] if known else "administrator"
        if known is None:
            with pytest.raises(lead_moves.MoveNotAllowed):
                lead_moves.apply(session, lead, to_state, actor="x", role=role, now=NOW)
        else:
            lead_moves.apply(session, lead, to_state, actor="x", role=role, now=NOW, close_reason="other")
            assert lead.state == to_state


def test_the_table_names_only_known_states_and_roles_and_reaches_every_state() -> None:
    for move in lead_states.MOVES:
        assert {move.from_state, move.to_state} <= set(lead_states.STATES)
        assert set(move.roles) <= set(lead_states.ROLES)
        assert move.from_state != "withdrawn"
    assert len({(move.from_state, move.to_state) for move in lead_states.MOVES}) == len(lead_states.MOVES)
    reached, edge = {"new"}, {"new"}
    while edge:
        edge = {move.to_state for move in lead_states.MOVES if move.from_state in edge} - reached
        reached |= edge
    assert reached == set(lead_states.STATES)


def test_a_second_claim_is_told_who_was_first(lead_id: str) -> None:
    _move(lead_id, "claimed")
    with database.session() as session, pytest.raises(AlreadyClaimed, match="kim 님이 맡았어요"):
        lead_actions.claim(session, lead_id, LEE)


def test_a_stale_page_is_told_what_the_lead_is_now(lead_id: str) -> None:
    _move(lead_id, "claimed", "contacted")
    with pytest.raises(StalePage, match="연락함"):
        _move(lead_id, "visit_scheduled", expected_state="claimed")


@pytest.mark.parametrize(("to_state", "given", "said"), [
    ("transferred", {"center_id": "seoul"}, "까닭"), ("transferred", {"reason": "이사"}, "보낼 센터"),
    ("transferred", {"reason": "이사", "center_id": "suwon"}, "다른 곳"),
    ("transferred", {"reason": "이사", "center_id": "atlantis"}, "보낼 센터"),
])
def test_a_transfer_needs_a_reason_and_another_center(
    lead_id: str, to_state: str, given: dict[str, object], said: str
) -> None:
    with pytest.raises(MoveIncomplete, match=said):
        _move(lead_id, to_state, **given)
    assert _state(lead_id) == "new"


def test_a_lead_cannot_be_closed_without_a_typed_reason(lead_id: str) -> None:
    _move(lead_id, "claimed", "contacted")
    for given in ({}, {"close_reason": "지겨워서"}, {"close_reason": "other"}):
        with pytest.raises(MoveIncomplete):
            _move(lead_id, "closed", **given)
    _move(lead_id, "closed", close_reason="other", reason="폐업")
    assert _state(lead_id) == "closed"


def test_somebody_elses_lead_is_moved_only_by_the_center_lead(lead_id: str) -> None:
    _move(lead_id, "claimed")
    with pytest.raises(MoveIncomplete, match="kim 님이 맡은 접수"):
        _move(lead_id, "contacted", viewer=LEE)
    _move(lead_id, "contacted", viewer=BOSS)
    assert _state(lead_id) == "contacted"


def test_a_visit_cannot_be_over_before_it_began(lead_id: str) -> None:
    _move(lead_id, "claimed", "visit_scheduled")
    with pytest.raises(MoveIncomplete, match="아직 방문 시간"):
        _move(lead_id, "visited", now="2026-12-01 13:59")
    _move(lead_id, "no_show", now="2026-12-01 14:00")
    assert _state(lead_id) == "no_show"


def test_a_call_back_gets_its_visit_from_the_planner(desk: str, request_of: Make) -> None:
    with database.session() as session:
        lead_id = handoff.hand_off(session, request_of()).lead_id
    with pytest.raises(MoveIncomplete, match="먼저 이 접수를 맡아"), database.session() as session:
        lead_actions.schedule_visit(session, lead_id, TWO, KIM)
    _move(lead_id, "claimed", "contacted")
    with pytest.raises(MoveIncomplete, match="방문 예약이 없어요"):
        _move(lead_id, "visit_scheduled")
    with database.session() as session:
        lead_actions.schedule_visit(session, lead_id, TWO, KIM)
    assert _state(lead_id) == "visit_scheduled"


def test_a_transfer_cancels_the_visit_and_queues_the_lead_at_the_new_center(lead_id: str) -> None:
    _move(lead_id, "claimed")
    _move(lead_id, "transferred", center_id="seoul", reason="본사가 서울")
    with database.session() as session:
        lead = session.get(Lead, lead_id)
        assert (lead.center_id, lead.planner_id, lead.claimed_by) == ("seoul", "seoul-1", None)
        assert session.execute(select(Visit.state)).scalar_one() == "cancelled"
        with pytest.raises(NotFound):
            leads.get(session, lead_id, KIM)
        lead_actions.claim(session, lead_id, Viewer("choi", "planner", "seoul"))


def test_a_firm_that_cancels_sends_a_scheduled_lead_back_to_be_called(lead_id: str) -> None:
    _move(lead_id, "claimed", "visit_scheduled")
    with database.session() as session:
        visit_id = session.execute(select(Visit.id)).scalar_one()
        booking.cancel(session, visit_id, now=at("2026-11-24 10:00"))
    assert _state(lead_id) == "contacted"


def test_a_withdrawn_lead_frees_its_visit_and_moves_no_more(lead_id: str) -> None:
    _move(lead_id, "withdrawn")
    with database.session() as session:
        assert session.execute(select(Visit.state)).scalar_one() == "cancelled"
    with pytest.raises(lead_moves.MoveNotAllowed, match="맡을 수 없어요"):
        _move(lead_id, "claimed")


@pytest.mark.parametrize(("claimed", "later", "back"), [
    ("2026-11-23 10:00", "2026-11-23 15:00", False),  # 2 h, lunch, 2 h: exactly four business hours
    ("2026-11-23 10:00", "2026-11-23 15:01", True),
    ("2026-12-24 17:00", "2026-12-28 11:00", False),  # 성탄절 and the weekend do not count
    ("2026-12-24 17:00", "2026-12-28 12:00", False),
    ("2026-12-24 17:00", "2026-12-28 12:01", True),
])
def test_a_lead_claimed_too_long_goes_back_to_the_queue(lead_id: str, claimed: str, later: str, back: bool) -> None:
    _move(lead_id, "claimed", now=claimed)
    with database.session() as session:
        assert lead_actions.return_overdue(session, now=at(later)) == int(back)
    assert _state(lead_id) == ("new" if back else "claimed")


def test_a_contacted_lead_stays_with_its_planner(lead_id: str) -> None:
    _move(lead_id, "claimed", "contacted")
    with database.session() as session:
        assert lead_actions.return_overdue(session, now=at("2027-01-20 10:00")) == 0


@pytest.mark.parametrize(("start", "hours", "end"), [
    ("2026-11-23 08:00", 8, "2026-11-23 18:00"), ("2026-11-23 17:30", 1, "2026-11-24 09:30"),
    ("2026-11-23 12:30", 1, "2026-11-23 14:00"), ("2026-11-27 18:00", 1, "2026-11-30 10:00"),
    ("2027-02-05 17:00", 2, "2027-02-10 10:00"),  # 설날 with its substitute day
])
def test_business_hours_skip_nights_lunch_weekends_and_holidays(start: str, hours: float, end: str) -> None:
    assert business_hours.add_business_hours(at(start), hours) == at(end)
    assert business_hours.business_hours_between(at(start), at(end)) == hours


def test_the_first_contact_clock_shows_who_is_late(lead_id: str) -> None:
    with database.session() as session:
        lead = session.get(Lead, lead_id)  # due on Tuesday 2026-11-24 at 10:00
        assert not leads.document(lead, now=at("2026-11-24 10:00"))["first_contact"]["overdue"]
        assert leads.document(lead, now=at("2026-11-24 10:01"))["first_contact"]["overdue"]
        assert [item.id for item in leads.queue(session, KIM, Filter(overdue=True), now=at("2026-11-24 10:01"))[0]]
    _move(lead_id, "claimed", "contacted", now="2026-11-23 12:00")
    with database.session() as session:
        first = leads.document(session.get(Lead, lead_id))["first_contact"]
    assert first["contacted_at"] == "2026-11-23T12:00:00+09:00"


def test_the_queue_is_paged_without_gaps_or_repetitions(desk: str, request_of: Make) -> None:
    for turn in range(7):
        with database.session() as session:
            handoff.hand_off(session, request_of(phone=f"010-2000-000{turn}", conversation_id=f"c-{turn}"))
    seen: list[str] = []
    with database.session(read_only=True) as session:
        mark: str | None = None
        while True:
            page, mark = leads.queue(session, KIM, limit=3, after=mark)
            seen += [lead.id for lead in page]
            if mark is None:
                break
        assert len(seen) == len(set(seen)) == 7
        assert leads.count_by_state(session, KIM) == {"new": 7}


@pytest.mark.parametrize("words", ["010 1234 5678", "하나정밀", "㈜하나 정밀", "+82-10-1234-5678"])
def test_a_lead_is_found_by_phone_or_firm_although_both_are_sealed(lead_id: str, words: str) -> None:
    with database.session(read_only=True) as session:
        assert [lead.id for lead in leads.queue(session, KIM, Filter(search=words))[0]] == [lead_id]
        assert leads.queue(session, KIM, Filter(search="하나"))[0] == []


def test_a_wrong_verdict_needs_a_reason_and_the_last_word_counts(desk: str, request_of: Make) -> None:
    screening = {"verdicts": [{"program": "replacement_worker_grant", "status": "eligible"}]}
    with database.session() as session:
        lead_id = handoff.hand_off(session, request_of(screening=screening)).lead_id
        with pytest.raises(MoveIncomplete, match="까닭"):
            lead_actions.mark_verdict(session, lead_id, "replacement_worker_grant", KIM, right=False)
        with pytest.raises(MoveIncomplete, match="그런 제도의 판정이 없어요"):
            lead_actions.mark_verdict(session, lead_id, "other", KIM, right=True)
        lead_actions.mark_verdict(session, lead_id, "replacement_worker_grant", KIM, right=True)
        mark = lead_actions.mark_verdict(session, lead_id, "replacement_worker_grant", KIM, right=False,
                                         reason="31명이었음", expected_status="ineligible")
    assert (mark.right, mark.expected_status) == (False, "ineligible")


def test_moves_tell_the_webhooks_in_the_same_transaction(lead_id: str) -> None:
    from bot.desk import webhooks

    with database.session() as session:
        webhooks.register(session, "https://example.go.kr/hook", actor="admin")
    _move(lead_id, "claimed", "contacted")
    with database.session() as session:
        entry = session.execute(select(OutboxEntry).where(OutboxEntry.channel == "webhook")).scalars().all()[-1]
    assert (entry.topic, entry.payload) == ("lead.moved", {"from": "claimed", "to": "contacted"})


def test_calling_a_firm_keeps_the_visit_it_booked_in_the_chat(lead_id: str) -> None:
    _move(lead_id, "claimed", "contacted")
    with database.session(read_only=True) as session:
        assert session.execute(select(Visit.state)).scalar_one() == "booked"


def test_a_visit_called_off_by_the_planner_is_cancelled_with_the_move(lead_id: str) -> None:
    _move(lead_id, "claimed", "visit_scheduled", "contacted")
    with database.session(read_only=True) as session:
        assert session.execute(select(Visit.state)).scalar_one() == "cancelled"


def test_the_newest_late_leads_are_walked_by_an_index_and_never_all_sorted(sqlite_desk: str) -> None:
    asked: list[tuple[str, Any]] = []
    with database.session(read_only=True) as session:
        event.listen(database.engine(), "before_cursor_execute", lambda _, __, said, values, ___, ____: asked.append(
            (said, values)))
        leads.queue(session, Viewer("admin", "administrator"), Filter(states=OPEN_STATES, overdue=True))
        which, values = next(one for one in asked if one[0].startswith("SELECT leads.id"))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {which}", values).all()
    assert [row.detail for row in plan] == ["SCAN leads USING INDEX ix_leads_uncontacted"]
