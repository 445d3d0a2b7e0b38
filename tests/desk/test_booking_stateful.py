"""Random lives of a calendar: whatever is held, booked, changed, cancelled or left to run out, no visit is lost and
no planner is promised twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from bot.desk import booking, calendar_edits, database, handoff
from bot.desk.calendar import OpeningUnavailable
from bot.desk.leads import Viewer
from bot.desk.models import (
    AuditEntry,
    CenterSettings,
    Consent,
    Lead,
    LeadMove,
    OutboxEntry,
    Planner,
    TakenTime,
    Visit,
)
from bot.desk.settings import CenterRules, defaults
from tests.desk.conftest import NOW
from tests.desk.racing import request

ADMIN = Viewer("admin", "administrator")
LONG_VISITS = CenterRules(visit_minutes=90, travel_minutes=30, notice_hours=24, horizon_days=60, daily_cap=2,
                          cutoff_hours=4)
CONVERSATIONS = st.sampled_from(["a", "b", "c"])
# Times of both grids (60 + 60 minutes, and 90 + 30), so that some of them cross.
OPENINGS = st.builds(
    "suwon.suwon-{}.202612{:02d}T{}".format, st.sampled_from([2, 3]), st.sampled_from([1, 2]),
    st.sampled_from(["1000", "1400", "1600", "0930", "1330", "1530"]))


@dataclass
class Promise:
    """A visit the model knows to be promised."""

    planner: str
    starts_at: datetime


class CalendarLife(RuleBasedStateMachine):
    """A center with two planners, three conversations and a clock that only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.holds: dict[str, tuple[str, Promise, datetime]] = {}
        self.booked: dict[str, Promise] = {}
        self.owners: dict[str, str] = {}  # the conversation each visit was booked in

    @initialize()
    def empty_center(self) -> None:
        with database.session() as session:
            for table in (TakenTime, Consent, LeadMove, OutboxEntry, AuditEntry, Visit, Lead, CenterSettings):
                session.execute(delete(table))
            session.execute(delete(Planner).where(Planner.center_id == "suwon", Planner.id != "suwon-1"))
            calendar_edits.add_planner(session, ADMIN, "suwon", "이하늘")
            calendar_edits.add_planner(session, ADMIN, "suwon", "박바다")

    @rule(conversation=CONVERSATIONS, opening=OPENINGS)
    def hold(self, conversation: str, opening: str) -> None:
        try:
            with database.session() as session:
                held = booking.hold(session, opening, conversation_id=conversation, now=self.now)
        except OpeningUnavailable:
            return
        promise = Promise(held.opening.planner_id, held.opening.starts_at)
        self.holds[conversation] = (held.id, promise, held.expires_at)

    @rule(conversation=CONVERSATIONS)
    def hand_off(self, conversation: str) -> None:
        if conversation not in self.holds:
            return
        hold_id, promise, expires_at = self.holds.pop(conversation)
        asked = request(conversation, hold_id)
        try:
            with database.session() as session:
                receipt = handoff.hand_off(session, asked, now=self.now)
        except booking.HoldExpired:
            assert expires_at <= self.now, "a hold was lost before its time"
            return
        assert expires_at > self.now, "a hold was used after its time"
        self.booked[receipt.visit.id] = promise
        self.owners[receipt.visit.id] = conversation

    @rule(data=st.data(), opening=OPENINGS)
    def change(self, data: st.DataObject, opening: str) -> None:
        if not self.booked:
            return
        visit_id = data.draw(st.sampled_from(sorted(self.booked)))
        try:
            with database.session() as session:
                moved = booking.change(session, visit_id, opening, now=self.now)
        except (OpeningUnavailable, booking.TooLateToChange):
            return
        where = Promise(moved.planner_id, moved.starts_at)
        if where != self.booked[visit_id]:
            self.holds.pop(self.owners[visit_id], None)  # a visit that moves gives back its conversation's hold
        self.booked[visit_id] = where

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if not self.booked:
            return
        visit_id = data.draw(st.sampled_from(sorted(self.booked)))
        try:
            with database.session() as session:
                booking.cancel(session, visit_id, now=self.now)
        except booking.TooLateToChange:
            return
        del self.booked[visit_id]

    @rule(conversation=CONVERSATIONS)
    def release(self, conversation: str) -> None:
        held = self.holds.pop(conversation, None)
        if held is not None:
            with database.session() as session:
                booking.release(session, held[0], now=self.now)

    @rule(minutes=st.sampled_from([1, 9, 10, 11, 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def run_out(self) -> None:
        with database.session() as session:
            booking.expire(session, now=self.now)

    @rule(long_visits=st.booleans())
    def visits_are_cut_otherwise(self, long_visits: bool) -> None:
        with database.session() as session:
            calendar_edits.set_rules(session, ADMIN, "suwon", LONG_VISITS if long_visits else defaults().center)

    @invariant()
    def nothing_overlaps_and_nothing_is_lost(self) -> None:
        with database.session(read_only=True) as session:
            active = session.execute(select(Visit).where(Visit.state.in_(("held", "booked")))).scalars().all()
            taken = session.execute(select(TakenTime.planner_id, TakenTime.at)).all()
        for one, other in combinations(active, 2):
            assert one.planner_id != other.planner_id or (
                one.busy_until <= other.starts_at or other.busy_until <= one.starts_at), "promised twice"
        booked = {visit.id: Promise(visit.planner_id, visit.starts_at) for visit in active if visit.state == "booked"}
        assert booked == self.booked
        held = {visit.id for visit in active if visit.state == "held"}
        assert {hold_id for hold_id, _, expires_at in self.holds.values() if expires_at > self.now} <= held
        half_hours = sum((visit.busy_until - visit.starts_at) // timedelta(minutes=30) for visit in active)
        assert len(taken) == half_hours, "half hours left over or missing"


def test_no_sequence_of_bookings_promises_a_planner_twice_or_loses_a_visit(desk: str) -> None:
    examples = 30 if desk == "sqlite" else 10
    run_state_machine_as_test(CalendarLife, settings=settings(
        max_examples=examples, stateful_step_count=40, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]))
