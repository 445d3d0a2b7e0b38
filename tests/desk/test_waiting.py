"""The waiting list: joining with consent, being told once by mail or by the planner, booking, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.desk import (
    booking,
    calendar,
    calendar_edits,
    database,
    delivery,
    handoff,
    lead_actions,
    leads,
    mail,
    visits,
    waiting,
)
from bot.desk.errors import NotFound
from bot.desk.handoff import ConsentMissing, HandOff
from bot.desk.leads import Viewer
from bot.desk.models import Consent, Lead, OutboxEntry, Planner, Waiting
from tests.desk.conftest import NOW, at

Make = Callable[..., HandOff]
TWO = "suwon.suwon-1.20261201T1400"
AFTERNOON = {"start": "2026-12-01T12:00:00+09:00", "end": "2026-12-01T16:00:00+09:00"}
ADMIN = Viewer("admin", "administrator")
CONSENT = [{"purpose": "waiting", "wording_version": "1", "given_at": NOW}]


def _wait(request_of: Make, window: dict[str, str] | None = None, **changed: Any) -> handoff.Receipt:
    """A lead on the waiting list of 수원 (or of the center of ``region``)."""
    with database.session() as session:
        minute = changed.pop("minute", 0)
        given = {"consents": CONSENT, "waiting": window or AFTERNOON, "conversation_id": f"w-{minute}", **changed}
        return handoff.hand_off(session, request_of(**given), now=NOW + timedelta(minutes=minute))


def _block(session: Any) -> str:
    """Close the whole afternoon of the planner; the closure's id."""
    return str(calendar_edits.close(session, ADMIN, at("2026-12-01 09:00"), at("2026-12-01 18:00"),
                                    planner_id="suwon-1")[0].id)


def _states() -> list[str]:
    with database.session(read_only=True) as session:
        return list(session.execute(select(Waiting.state).order_by(Waiting.created_at)).scalars())


def _booked(request_of: Make) -> handoff.Receipt:
    """Somebody has the only afternoon that is left."""
    with database.session() as session:
        for start in ("1000", "1400"):
            held = booking.hold(session, f"suwon.suwon-1.20261201T{start}", conversation_id=f"b-{start}")
            receipt = handoff.hand_off(session, request_of(conversation_id=f"b-{start}", hold_id=held.id))
        calendar_edits.close(session, ADMIN, at("2026-12-01 16:00"), at("2026-12-01 18:00"), planner_id="suwon-1")
    return receipt


def test_waiting_is_a_lead_without_a_time_and_needs_its_own_consent(desk: str, request_of: Make) -> None:
    with database.session() as session:
        _block(session)
    visit_only = [{"purpose": "visit", "wording_version": "1", "given_at": NOW}]
    with pytest.raises(ConsentMissing):
        _wait(request_of, consents=visit_only)
    receipt = _wait(request_of)
    with database.session() as session:
        lead = session.get(Lead, receipt.lead_id)
        written, seen = leads.document(lead), visits.details(session, lead)
        assert session.execute(select(Consent.purpose)).scalars().all() == ["waiting"]
    assert (written["kind"], written["visit"], len(written["waiting"])) == ("visit", None, 1)
    assert written["waiting"][0]["wish"] == "12월 1일(화) 오후 12시부터 오후 4시까지"
    assert (seen.status, seen.status_ko, seen.can_book) == ("waiting", "빈자리를 기다리는 중", True)
    assert seen.card()["status"] == "waiting"


def test_who_waits_longest_is_told_once_when_a_visit_is_cancelled(desk: str, request_of: Make) -> None:
    receipt = _booked(request_of)
    for minute in (0, 1):
        _wait(request_of, minute=minute)
    _wait(request_of, minute=2, facts={"company": {"region": "26530"}},
          window={"start": "2026-12-31T09:00:00+09:00", "end": "2026-12-31T10:00:00+09:00"})
    assert _states() == ["waiting"] * 3
    with database.session() as session:
        booking.cancel(session, receipt.visit.id)
    assert _states() == ["told", "waiting", "waiting"]
    with database.session(read_only=True) as session:
        told = session.execute(select(Waiting).where(Waiting.state == "told")).scalar_one()
        assert told.opening_id == TWO
        assert session.execute(select(func.count()).select_from(OutboxEntry).where(
            OutboxEntry.topic == "opening.freed")).scalar_one() == 1


@pytest.mark.parametrize(("freeing", "state"), [
    (lambda session, closure: calendar_edits.reopen(session, ADMIN, closure), "told"),
    (lambda session, closure: calendar_edits.add_planner(session, ADMIN, "suwon", "이하늘"), "told"),
    (lambda session, closure: waiting.tell_all(session, "suwon", now=NOW), "waiting"),
])
def test_a_lifted_block_and_a_new_planner_free_times_too(
    desk: str, request_of: Make, freeing: Callable[..., object], state: str
) -> None:
    with database.session() as session:
        closure = _block(session)
    _wait(request_of)
    with database.session() as session:
        freeing(session, closure)
    assert _states() == [state]


def test_a_moved_visit_and_a_hold_that_runs_out_tell_the_list(desk: str, request_of: Make) -> None:
    receipt = _booked(request_of)
    _wait(request_of)
    with database.session() as session:
        booking.change(session, receipt.visit.id, "suwon.suwon-1.20261202T1400")
    assert _states() == ["told"]
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="h-1")
    _wait(request_of, minute=5)
    assert _states() == ["told", "waiting"]
    with database.session() as session:
        assert booking.expire(session, now=NOW + timedelta(minutes=11)) == 1
    assert _states() == ["told", "told"]


def test_a_new_day_within_the_horizon_is_told_by_the_regular_chores(
    sqlite_desk: str, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        day = (NOW + timedelta(days=calendar.rules_of(session, "suwon").horizon_days + 2)).date()
    while day.weekday() != 2:
        day += timedelta(days=1)
    _wait(request_of, {"start": f"{day}T00:00:00+09:00", "end": f"{day}T23:59:00+09:00"})
    delivery.chores()
    assert _states() == ["waiting"]
    monkeypatch.setenv("BOT_NOW", (NOW + timedelta(days=10)).isoformat())
    delivery.chores()
    assert _states() == ["told"]


def test_with_an_address_they_are_told_by_mail_with_the_link_else_the_planner_is(
    desk: str, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://donghaeng.example")
    with database.session() as session:
        closure = _block(session)
        session.get(Planner, "suwon-1").email = "planner@center.example"
    by_mail = _wait(request_of, email="hana@example.co.kr")
    by_phone = _wait(request_of, minute=1, window={**AFTERNOON, "start": "2026-12-01T10:00:00+09:00"})
    with database.session() as session:
        calendar_edits.reopen(session, ADMIN, closure)
    with database.session(read_only=True) as session:
        entries = session.execute(select(OutboxEntry).where(OutboxEntry.topic == "opening.freed")
                                  .order_by(OutboxEntry.lead_id == by_phone.lead_id)).scalars().all()
        messages = [mail.compose(session, entry) for entry in entries]
    assert [message["To"] for message in messages] == ["hana@example.co.kr", "planner@center.example"]
    assert by_mail.link_token in messages[0].get_content()
    assert "12월 1일(화)" in messages[0].get_content()
    assert f"/desk/leads/{by_phone.lead_id}" in messages[1].get_content()
    assert "010-1234-5678" not in messages[1].get_content()


def test_the_freed_time_can_be_booked_and_ends_the_waiting(desk: str, request_of: Make) -> None:
    cancelled = _booked(request_of)
    receipt = _wait(request_of)
    with database.session() as session:
        booking.cancel(session, cancelled.visit.id)
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="another chat")
        lead = session.get(Lead, receipt.lead_id)
        booking.book(session, lead, TWO, actor="customer", conversation_id="another chat")
        assert visits.details(session, lead).status == "booked"
    assert _states() == ["left"]


def test_a_visit_is_moved_from_another_conversation_than_the_one_it_was_booked_in(
    desk: str, request_of: Make
) -> None:
    receipt = _booked(request_of)
    with database.session() as session:
        booking.hold(session, "suwon.suwon-1.20261202T1400", conversation_id="a week later")
    with database.session() as session:
        booking.change(session, receipt.visit.id, "suwon.suwon-1.20261202T1400", conversation_id="a week later")


def test_leaving_the_list_withdraws_who_wanted_nothing_else(desk: str, request_of: Make) -> None:
    with database.session() as session:
        _block(session)
    receipt, other = _wait(request_of), _wait(request_of, minute=1)
    with database.session() as session:
        theirs = waiting.of_lead(session, other.lead_id)[0]
        with pytest.raises(NotFound):
            visits.stop_waiting(session, receipt.lead_id, theirs.id)
    with database.session() as session:
        visits.stop_waiting(session, receipt.lead_id)
        assert session.get(Lead, receipt.lead_id).state == "withdrawn"
        assert session.get(Lead, other.lead_id).state == "new"
    assert _states() == ["left", "waiting"]


def test_the_same_wish_is_kept_once_and_there_is_an_end_to_wishes(desk: str, request_of: Make) -> None:
    with database.session() as session:
        _block(session)
    receipt = _wait(request_of)
    with database.session() as session:
        first = waiting.of_lead(session, receipt.lead_id)[0].id
        assert waiting.wait(session, "suwon", AFTERNOON, receipt.lead_id) == first
        for day in range(2, 1 + waiting.MOST_WISHES):
            waiting.wait(session, "suwon", {**AFTERNOON, "end": f"2026-12-0{day}T16:00:00+09:00"}, receipt.lead_id)
        with pytest.raises(waiting.TooManyWishes):
            waiting.wait(session, "suwon", {**AFTERNOON, "end": "2026-12-09T16:00:00+09:00"}, receipt.lead_id)
        with pytest.raises(calendar.OpeningPast):
            waiting.wait(session, "suwon", {"start": "2026-11-20T09:00:00+09:00", "end": "2026-11-20T18:00:00+09:00"},
                         receipt.lead_id)


def test_a_lead_that_is_closed_or_sent_elsewhere_waits_no_more(desk: str, request_of: Make) -> None:
    with database.session() as session:
        _block(session)
    closed, moved = _wait(request_of), _wait(request_of, minute=1)
    with database.session() as session:
        lead_actions.move(session, closed.lead_id, "withdrawn", ADMIN)
        lead_actions.move(session, moved.lead_id, "transferred", ADMIN, reason="이사", center_id="busan")
    assert _states() == ["left", "left"]


@pytest.mark.parametrize(("window", "said"), [
    ({"start": "2026-12-01T00:00:00+09:00", "end": "2026-12-01T23:59:00+09:00"}, "12월 1일(화)"),
    ({"start": "2026-11-30T00:00:00+09:00", "end": "2026-12-05T00:00:00+09:00", "part": "afternoon"},
     "11월 30일(월)부터 12월 4일(금)까지 오후"),
    ({"start": "2026-12-01T14:00:00+09:00", "end": "2026-12-01T15:00:00+09:00"},
     "12월 1일(화) 오후 2시부터 오후 3시까지"),
    ({"start": "2026-11-23T10:00:00+09:00", "end": "2026-12-21T10:00:00+09:00"}, "12월 21일(월)까지"),
])
def test_a_window_is_said_as_people_say_it(window: dict[str, str], said: str) -> None:
    assert waiting.said(calendar.Window.read(window), NOW) == said
