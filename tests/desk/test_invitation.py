"""The .ics file that the firm downloads or gets by mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar

from bot.desk import booking, database, handoff, visits
from bot.desk.handoff import HandOff
from bot.desk.invitation import Appointment, invitation


def _details(request_of: Callable[..., HandOff], *, visit: bool = True) -> visits.VisitDetails:
    with database.session() as session:
        hold_id = None
        if visit:
            hold_id = booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1").id
        receipt = handoff.hand_off(session, request_of(hold_id=hold_id))
        return visits.look_up_link(session, receipt.link_token)


def test_the_file_names_its_time_zone_and_defines_it(
    sqlite_desk: str, request_of: Callable[..., HandOff]
) -> None:
    text = invitation(Appointment.of(_details(request_of))).decode()
    assert "DTSTART;TZID=Asia/Seoul:20261201T140000" in text
    assert "DTEND;TZID=Asia/Seoul:20261201T150000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Asia/Seoul" in text


def test_the_file_holds_no_contact_data(sqlite_desk: str, request_of: Callable[..., HandOff]) -> None:
    text = invitation(Appointment.of(_details(request_of))).decode().replace("\r\n ", "")
    for secret in ("김하나", "1234", "하나정밀"):
        assert secret not in text


def test_reminders_come_a_day_and_an_hour_before(sqlite_desk: str, request_of: Callable[..., HandOff]) -> None:
    calendar = Calendar.from_ical(invitation(Appointment.of(_details(request_of))))
    event = calendar.walk("VEVENT")[0]
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]


def test_a_call_back_has_no_file_and_says_so(sqlite_desk: str, request_of: Callable[..., HandOff]) -> None:
    with pytest.raises(ValueError, match="방문 예약이 없어"):
        Appointment.of(_details(request_of, visit=False))
