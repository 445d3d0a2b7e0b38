"""A lead given to a colleague of the center: who may, what goes with it, and what stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.desk import accounts, booking, database, handing_over, handoff, lead_actions, leads
from bot.desk.errors import NotAllowed, NotFound
from bot.desk.handoff import HandOff
from bot.desk.lead_actions import MoveIncomplete, return_overdue
from bot.desk.leads import Filter, Viewer
from bot.desk.models import Lead, LeadMove, Visit
from tests.desk.conftest import at

KIM = Viewer("김하늘", "planner", "suwon", "suwon-1")
LEE = Viewer("이솔", "planner", "suwon")
BOSS = Viewer("박센터장", "center_lead", "suwon")
BUSAN = Viewer("정부산", "center_lead", "busan")
PASSWORD = "사과-기차-하늘-07"
Make = Callable[..., HandOff]


@pytest.fixture
def people(desk: str) -> dict[str, str]:
    """Account ids by name."""
    with database.session() as session:
        made = [accounts.add_user(session, viewer.name, f"{number}@desk.example", PASSWORD, role=viewer.role, actor="test",
                                  center_id=viewer.center_id, planner_id=viewer.planner_id)
                for number, viewer in enumerate((KIM, LEE, BOSS, BUSAN))]
        return {user.name: str(user.id) for user in made}


@pytest.fixture
def lead_id(people: dict[str, str], request_of: Make) -> str:
    """A lead with a visit of suwon-1 on 2026-12-01 at 14:00."""
    with database.session() as session:
        held = booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
        return handoff.hand_off(session, request_of(hold_id=held.id)).lead_id


def _give(lead_id: str, to: str, viewer: Viewer, now: str = "2026-11-23 15:00", reason: str | None = None) -> None:
    with database.session() as session:
        handing_over.hand_over(session, lead_id, to, viewer, now=at(now), reason=reason)


def _lead(lead_id: str) -> Lead:
    with database.session(read_only=True) as session:
        return session.get(Lead, lead_id)


def test_a_planner_gives_the_own_lead_to_a_colleague_and_its_state_and_visit_stay(
    lead_id: str, people: dict[str, str]
) -> None:
    with database.session() as session:
        lead_actions.claim(session, lead_id, KIM, now=at("2026-11-23 11:00"))
        lead_actions.move(session, lead_id, "contacted", KIM, now=at("2026-11-23 11:30"))
    _give(lead_id, people["이솔"], KIM, reason="다음 주 휴가")
    lead = _lead(lead_id)
    assert (lead.state, lead.claimed_by, lead.claimed_at) == ("contacted", "이솔", at("2026-11-23 15:00"))
    with database.session() as session:
        row = session.execute(select(LeadMove).order_by(LeadMove.id.desc()).limit(1)).scalar_one()
        assert (row.from_state, row.to_state, row.actor) == ("contacted", "contacted", "김하늘")
        assert row.reason == "김하늘 → 이솔: 다음 주 휴가"
        visit = session.execute(select(Visit)).scalar_one()
        assert (visit.state, visit.planner_id) == ("booked", "suwon-1")
        assert leads.queue(session, KIM, Filter(mine=True))[0] == []
        assert [one.id for one in leads.queue(session, LEE, Filter(mine=True))[0]] == [lead_id]
    with pytest.raises(MoveIncomplete, match="이솔 님이 맡은"), database.session() as session:
        lead_actions.move(session, lead_id, "visit_scheduled", KIM)


def test_a_center_lead_gives_a_waiting_lead_to_a_planner_who_then_has_the_whole_time_to_call(
    lead_id: str, people: dict[str, str]
) -> None:
    _give(lead_id, people["김하늘"], BOSS)
    lead = _lead(lead_id)
    assert (lead.state, lead.claimed_by, lead.planner_id) == ("claimed", "김하늘", "suwon-1")
    _give(lead_id, people["이솔"], BOSS, now="2026-11-24 16:00")
    with database.session() as session:
        assert return_overdue(session, now=at("2026-11-24 17:30")) == 0
        states = [(row.from_state, row.to_state) for row in lead_actions.history(session, lead_id, BOSS)]
    assert states == [(None, "new"), ("new", "claimed"), ("claimed", "claimed")]


@pytest.mark.parametrize(("viewer", "refused"), [
    (LEE, NotAllowed), (BUSAN, NotFound), (Viewer("산단", "partner", partner="industrial-park"), (NotAllowed, NotFound))])
def test_security_only_the_holder_or_the_centers_lead_gives_a_lead_away(
    lead_id: str, people: dict[str, str], viewer: Viewer, refused: type[Exception]
) -> None:
    with database.session() as session:
        lead_actions.claim(session, lead_id, KIM)
    with pytest.raises(refused):
        _give(lead_id, people["박센터장"], viewer)
    assert _lead(lead_id).claimed_by == "김하늘"


@pytest.mark.parametrize("to", ["정부산", "김하늘", "nobody"])
def test_only_another_open_account_of_the_center_can_take_it(lead_id: str, people: dict[str, str], to: str) -> None:
    with database.session() as session:
        lead_actions.claim(session, lead_id, KIM)
    with pytest.raises(MoveIncomplete, match="다른 동료"):
        _give(lead_id, people.get(to, to), BOSS)


def test_a_shut_account_can_take_nothing(lead_id: str, people: dict[str, str]) -> None:
    with database.session() as session:
        accounts.disable(session, "1@desk.example", actor="test")
    with pytest.raises(MoveIncomplete):
        _give(lead_id, people["이솔"], BOSS)


def test_a_closed_lead_is_given_to_nobody(lead_id: str, people: dict[str, str]) -> None:
    with database.session() as session:
        lead_actions.move(session, lead_id, "closed", BOSS, close_reason="duplicate")
    with pytest.raises(NotAllowed):
        _give(lead_id, people["이솔"], BOSS)
