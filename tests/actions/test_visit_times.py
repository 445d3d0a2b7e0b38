"""Times said while a visit is arranged are of the day spoken of; day and half of day stay until another is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions import visit_times
from actions.memory import Message, Reading

TODAY = date(2026, 11, 23)
AFTERNOON = {"start": "2026-12-08T12:00:00+09:00", "end": "2026-12-08T18:00:00+09:00", "grain": "part"}
WEEK = {"start": "2026-11-30T00:00:00+09:00", "end": "2026-12-05T00:00:00+09:00", "grain": "week"}
OFFERED = [{"starts_at": f"2026-12-08T{hour}:00:00+09:00"} for hour in ("14", "16")]


def meant(text: str, *entities: dict[str, Any], form: str | None = "visit_form", **slots: Any) -> tuple[str, str] | None:
    """From when to when the message wishes for a visit."""
    reading = Reading()
    visit_times.settle(reading, Message(text, "inform", entities), slots, form, TODAY)
    window = reading.slots.get("visit_window")
    return (window["start"][:16], window["end"][:16]) if window else None


def told(start: str, end: str, grain: str, **more: Any) -> dict[str, Any]:
    return {"entity": "visit_window", "value": {"start": start, "end": end, "grain": grain}, **more}


@pytest.mark.parametrize(("text", "start", "end"), [
    ("오전도 있어요?", "2026-12-08T09:00", "2026-12-08T12:00"),
    ("10일로 바꿀게요", "2026-12-10T12:00", "2026-12-10T18:00"),
    ("3일은요", "2026-12-03T12:00", "2026-12-03T18:00"),
    ("그 다음 날은요", "2026-12-09T12:00", "2026-12-09T18:00"),
    ("전날은 안 되나요", "2026-12-07T12:00", "2026-12-07T18:00"),
    ("더 늦은 시간은요", "2026-12-08T16:30", "2026-12-08T23:59"),
    ("더 이른 시간은요", "2026-12-08T00:00", "2026-12-08T14:00"),
    ("그 다음 주는요", "2026-12-14T00:00", "2026-12-19T00:00"),
])
def test_what_is_said_is_of_the_day_spoken_of(text: str, start: str, end: str) -> None:
    assert meant(text, wished=AFTERNOON, openings_offered=OFFERED) == (start, end)


def test_an_hour_alone_is_of_the_day_spoken_of() -> None:
    two = told("2026-11-23T14:00:00+09:00", "2026-11-23T15:00:00+09:00", "hour", time_only=True)
    assert meant("두 시요", two, wished=AFTERNOON) == ("2026-12-08T14:00", "2026-12-08T15:00")
    assert meant("두 시요", two) is None  # no day was spoken of: among what was offered


def test_a_bare_weekday_is_of_the_week_spoken_of() -> None:
    thursday = told("2026-11-26T00:00:00+09:00", "2026-11-27T00:00:00+09:00", "day")
    assert meant("목요일로요", thursday, wished=AFTERNOON) == ("2026-12-10T12:00", "2026-12-10T18:00")
    assert meant("이번 주 목요일로요", thursday, wished=AFTERNOON) == ("2026-11-26T12:00", "2026-11-26T18:00")


def test_half_of_the_days_of_a_week_stays_the_week() -> None:
    assert meant("오전이 나아요", wished=WEEK) == ("2026-11-30T00:00", "2026-12-05T00:00")


def test_a_time_that_is_held_is_the_day_spoken_of() -> None:
    held = {"starts_at": "2026-12-03T16:00:00+09:00"}
    assert meant("오전은요", hold=held, wished=AFTERNOON) == ("2026-12-03T09:00", "2026-12-03T12:00")


@pytest.mark.parametrize("text", ["12월 8일에 출산휴가 시작해요", "육아휴직은 10일부터예요", "네", "연락처는 왜요"])
def test_what_tells_of_work_or_nothing_of_times_is_no_wish(text: str) -> None:
    assert meant(text, wished=AFTERNOON) is None


def test_outside_of_a_booking_no_time_is_a_visit_s() -> None:
    assert meant("10일로 바꿀게요", form="screening_form", wished=AFTERNOON) is None


def test_a_day_told_is_the_visit_s_and_not_the_leave_s() -> None:
    reading = Reading(slots={"event_start": "2026-12-10"}, learned=["event_start"])
    day = {"entity": "event_start", "value": "2026-12-10"}
    visit_times.settle(reading, Message("9일 말고 10일", "inform", (day,)), {"wished": AFTERNOON}, "visit_form", TODAY)
    assert "event_start" not in reading.slots
    assert reading.learned == []
    assert reading.slots["visit_window"]["start"][:10] == "2026-12-10"


def test_no_to_the_hour_is_no_to_the_consent() -> None:
    reading = Reading(slots={"consent": False})
    visit_times.settle(reading, Message("아니 오전", "deny"), {"wished": AFTERNOON}, "visit_form", TODAY)
    assert "consent" not in reading.slots
