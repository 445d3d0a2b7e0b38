"""Which free times are offered for what was said, and which of them a said time means."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions import appointments
from bot.desk import calendar_edits, database
from bot.desk.leads import Viewer
from tests.desk.conftest import at

WEEK_OF_AFTERNOONS = {"start": "2026-11-30T00:00:00+09:00", "end": "2026-12-07T00:00:00+09:00", "grain": "week",
                      "part": "afternoon"}
SUWON = "41110"


def _offered(window: dict[str, Any] | None) -> list[datetime]:
    return [datetime.fromisoformat(one["starts_at"]) for one in appointments.offer(SUWON, window).openings]


def test_any_afternoon_of_next_week_is_three_afternoons_on_different_days(sqlite_desk: str) -> None:
    offered = _offered(WEEK_OF_AFTERNOONS)
    assert len(offered) == 3
    assert all(12 <= one.hour < 18 for one in offered)
    assert all(datetime(2026, 11, 30).date() <= one.date() < datetime(2026, 12, 7).date() for one in offered)
    assert len({one.date() for one in offered}) == 3


def test_without_a_wish_more_times_are_offered(sqlite_desk: str) -> None:
    assert len(_offered(None)) == 6


def test_a_day_chooses_what_was_offered_on_it_and_a_week_chooses_nothing() -> None:
    offered = [{"id": name, "starts_at": f"2026-12-01T{hour}:00:00+09:00"} for name, hour in (("m", "10"), ("a", "14"))]
    afternoon = {"start": "2026-12-01T13:00:00+09:00", "end": "2026-12-01T18:00:00+09:00", "grain": "part"}
    day = {"start": "2026-12-01T00:00:00+09:00", "end": "2026-12-02T00:00:00+09:00", "grain": "day"}
    assert appointments.chosen(offered, afternoon) == offered[1]
    assert appointments.chosen(offered[:1], day) == offered[0]
    assert appointments.chosen(offered, day) is None  # two are offered that day
    assert appointments.chosen(offered, WEEK_OF_AFTERNOONS) is None


def test_of_a_planner_the_firm_named_the_times_come_first(sqlite_desk: str) -> None:
    with database.session() as session:
        for name in ("이하늘", "박바다"):
            calendar_edits.add_planner(session, Viewer("admin", "administrator"), "suwon", name)
    asked = ["이하늘 플래너님이 와 주시면 좋겠어요"]
    named = appointments.offer(SUWON, WEEK_OF_AFTERNOONS, said=asked)
    assert {one["id"].split(".")[1] for one in named.openings} == {"suwon-2"}
    with database.session() as session:
        calendar_edits.close(session, Viewer("admin", "administrator"), at("2026-11-30 09:00"), at("2026-12-05 18:00"),
                             kind="leave", planner_id="suwon-2")
    away = appointments.offer(SUWON, WEEK_OF_AFTERNOONS, said=asked)
    assert away.as_wished
    assert {one["id"].split(".")[1] for one in away.openings} == {"suwon-3"}
