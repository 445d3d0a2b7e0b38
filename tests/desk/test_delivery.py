"""The outbox carried out against a real SMTP server and a real HTTP receiver: at least once, and never lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bot.desk import (
    booking,
    database,
    delivery,
    handoff,
    lead_actions,
    outbox,
    privacy,
    webhooks,
)
from bot.desk.leads import Viewer
from bot.desk.models import OutboxEntry, Planner, Visit
from knowledge_base.clock import KST
from tests.desk.conftest import NOW
from tests.desk.outside import FOUR, TWO, Mailbox, Make, Receiver, entries, visit_handed_over


def send_and_die() -> None:
    """Send what is due and be killed before the database hears of it (run in a process of its own)."""
    def die_once_sent(_entry: str, _attempt: int, state: str, _error: str | None) -> str:
        if state == "sent":
            os.kill(os.getpid(), signal.SIGKILL)
        return state

    delivery._close = die_once_sent
    asyncio.run(delivery.deliver_due())


def _event(message: EmailMessage) -> tuple[str, Any]:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part["Content-Type"].params["method"] == str(calendar["METHOD"])
    return str(calendar["METHOD"]), next(item for item in calendar.walk("VEVENT"))


async def test_the_firm_gets_an_invitation_and_the_planner_no_contact_data(
    mailbox: Mailbox, request_of: Make
) -> None:
    receipt = visit_handed_over(request_of)
    assert await delivery.deliver_due() == {"sent": 2}
    by_reader = {message["To"]: message for message in mailbox.messages}
    firm, planner = by_reader["hana@example.co.kr"], by_reader["planner@example.go.kr"]
    method, event = _event(firm)
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert event["DTSTART"].dt == datetime(2026, 12, 1, 14, 0, tzinfo=KST)
    assert event["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]
    link = f"https://bot.example.go.kr/visits/{receipt.link_token}"
    assert link in firm.get_body(("plain",)).get_content()
    said = planner.as_string() + "".join(
        str(part.get_payload(decode=True), "utf-8") for part in planner.walk() if not part.is_multipart())
    for secret in ("김하나", "1234-5678", "hana@", "하나정밀", receipt.link_token):
        assert secret not in said
    assert receipt.number in said


async def test_a_change_and_a_cancellation_reach_the_same_calendar_entry(mailbox: Mailbox, request_of: Make) -> None:
    receipt = visit_handed_over(request_of)
    await delivery.deliver_due()
    with database.session() as session:
        booking.change(session, receipt.visit.id, FOUR)
    await delivery.deliver_due()
    with database.session() as session:
        booking.cancel(session, receipt.visit.id)
    await delivery.deliver_due()
    events = [_event(message) for message in mailbox.messages if message["To"] == "hana@example.co.kr"]
    assert [(method, int(event["SEQUENCE"])) for method, event in events] == [
        ("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({str(event["UID"]) for _, event in events}) == 1
    assert str(events[2][1]["STATUS"]) == "CANCELLED"
    assert not events[2][1].walk("VALARM")


async def test_what_was_sent_is_not_sent_again(mailbox: Mailbox, request_of: Make) -> None:
    visit_handed_over(request_of)
    await delivery.deliver_due()
    assert await delivery.deliver_due() == {}
    assert len(mailbox.messages) == 2


async def test_without_a_mail_server_nothing_is_lost_and_all_is_sent_once_there_is_one(
    desk: str, request_of: Make, monkeypatch: pytest.MonkeyPatch, wall: Callable[[timedelta], None],
    request: pytest.FixtureRequest,
) -> None:
    visit_handed_over(request_of)
    assert await delivery.deliver_due() == {"not_configured": 2}
    assert {(entry.state, entry.attempts) for entry in entries()} == {("not_configured", 0)}
    assert all("SMTP_URL" in entry.last_error for entry in entries())
    mailbox = request.getfixturevalue("mailbox")
    assert await delivery.deliver_due() == {}
    wall(timedelta(minutes=11))
    assert await delivery.deliver_due() == {"sent": 2}
    assert len(mailbox.messages) == 2


async def test_a_planner_without_an_address_is_reached_through_the_desks_mailbox(
    mailbox: Mailbox, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_MAIL_TO", "desk-all@example.go.kr")
    with database.session() as session:
        session.get(Planner, "suwon-1").email = None
        handoff.hand_off(session, request_of())
    await delivery.deliver_due()
    assert [message["To"] for message in mailbox.messages] == ["desk-all@example.go.kr"]


async def test_a_busy_mail_server_is_tried_again_after_a_growing_pause(
    mailbox: Mailbox, request_of: Make, wall: Callable[[timedelta], None]
) -> None:
    with database.session() as session:
        handoff.hand_off(session, request_of())
    mailbox.refuse_with = "451 try later"
    assert await delivery.deliver_due() == {"queued": 1}
    assert await delivery.deliver_due() == {}
    wall(timedelta(seconds=34))
    assert await delivery.deliver_due() == {"queued": 1}
    wall(timedelta(seconds=50))
    assert await delivery.deliver_due() == {}
    mailbox.refuse_with = None
    wall(timedelta(seconds=20))
    assert await delivery.deliver_due() == {"sent": 1}


def test_pauses_double_and_end_at_six_hours() -> None:
    pauses = [delivery.pause_after(attempt) for attempt in range(1, 13)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pauses[-1] == timedelta(hours=6)


async def test_an_address_refused_for_good_is_dead_at_once_and_can_be_replayed(
    mailbox: Mailbox, request_of: Make
) -> None:
    with database.session() as session:
        handoff.hand_off(session, request_of())
    mailbox.refuse_with = "550 no such user"
    assert await delivery.deliver_due() == {"dead": 1}
    mailbox.refuse_with = None
    with database.session() as session:
        assert outbox.replay(session, entries()[0].id, actor="admin") == 1
    assert await delivery.deliver_due() == {"sent": 1}


async def test_after_ten_failures_a_message_is_dead_and_kept(
    receiver: Receiver, request_of: Make, wall: Callable[[timedelta], None]
) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, topics=("lead.received",), actor="admin")
        handoff.hand_off(session, request_of())
    receiver.answers = [500] * 10
    for _ in range(12):
        await delivery.deliver_due()
        wall(timedelta(hours=7))
    entry = next(entry for entry in entries() if entry.channel == "webhook")
    assert (entry.state, entry.attempts, len(receiver.calls)) == ("dead", 10, 10)
    assert "500" in entry.last_error


async def test_a_sender_killed_between_sending_and_marking_sends_again_with_the_same_key(
    receiver: Receiver, request_of: Make, wall: Callable[[timedelta], None]
) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, actor="admin")
        handoff.hand_off(session, request_of())
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from tests.desk import test_delivery; test_delivery.send_and_die()")
    assert await child.wait() == -signal.SIGKILL
    assert len(receiver.calls) == 1
    assert await delivery.deliver_due() == {}  # still leased by the dead one
    wall(delivery.LEASE + timedelta(seconds=1))
    assert (await delivery.deliver_due())["sent"] == 1
    keys = [headers["Donghaeng-Delivery"] for headers, _ in receiver.calls]
    assert len(keys) == 2
    assert len(set(keys)) == 1


async def test_who_waits_gets_a_mail_when_a_time_frees_up(mailbox: Mailbox, request_of: Make) -> None:
    receipt = visit_handed_over(request_of)
    with database.session() as session:
        handoff.hand_off(session, request_of(
            conversation_id="w-1", email="wait@example.co.kr",
            consents=[{"purpose": "waiting", "wording_version": "1", "given_at": NOW}],
            waiting={"start": "2026-12-01T14:00:00+09:00", "end": "2026-12-01T15:00:00+09:00"}))
        booking.cancel(session, receipt.visit.id)
    await delivery.deliver_due()
    theirs = [message for message in mailbox.messages if message["To"] == "wait@example.co.kr"]
    told, joined = sorted(theirs, key=lambda message: "대기 신청" in message["Subject"])
    assert "빈자리를 기다리고 계세요" in joined.get_content()
    assert "2026년 12월 1일(화) 오후 2시" in told.get_content()


async def test_of_an_erased_person_only_the_planner_hears_that_the_visit_is_off(
    mailbox: Mailbox, request_of: Make
) -> None:
    visit_handed_over(request_of)
    with database.session() as session:
        privacy.erase(session, "010-1234-5678", actor="admin")
    assert await delivery.deliver_due() == {"void": 3, "sent": 1}
    assert [(message["To"], message["Subject"][:11]) for message in mailbox.messages] == [
        ("planner@example.go.kr", "[동행봇] 방문 취소")]


async def test_the_same_mail_has_the_same_id_each_time(
    mailbox: Mailbox, request_of: Make, wall: Callable[[timedelta], None]
) -> None:
    with database.session() as session:
        handoff.hand_off(session, request_of())
    await delivery.deliver_due()
    with database.session() as session:
        entry = session.execute(select(OutboxEntry)).scalar_one()
        entry.state, entry.sent_at = "dead", None
        session.flush()
        outbox.replay(session, actor="admin")
    await delivery.deliver_due()
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1
    assert len(mailbox.messages) == 2


async def test_the_loop_delivers_runs_holds_out_and_stops(
    mailbox: Mailbox, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="c-9")
        handoff.hand_off(session, request_of())
    monkeypatch.setenv("BOT_NOW", "2026-11-23T10:30:00+09:00")
    stop = asyncio.Event()
    loop = asyncio.create_task(delivery.run(stop, every=0.05))
    for _ in range(200):
        if mailbox.messages:
            break
        await asyncio.sleep(0.05)
    stop.set()
    await asyncio.wait_for(loop, 10)
    assert len(mailbox.messages) == 1
    with database.session(read_only=True) as session:
        assert session.execute(select(Visit.state)).scalar_one() == "expired"


async def test_a_transferred_lead_is_mailed_to_its_new_center(
    mailbox: Mailbox, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_MAIL_TO", "desk-all@example.go.kr")
    with database.session() as session:
        lead_id = handoff.hand_off(session, request_of()).lead_id
    await delivery.deliver_due()
    with database.session() as session:
        lead_actions.move(session, lead_id, "transferred", Viewer("boss", "center_lead", "suwon"), center_id="seoul",
                          reason="본사가 서울")
    await delivery.deliver_due()
    assert [message["Subject"][:10] for message in mailbox.messages] == ["[동행봇] 새 접수", "[동행봇] 이관 접"]
