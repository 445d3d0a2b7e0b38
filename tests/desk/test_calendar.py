"""Which visit times exist: hours, lunch, holidays, notice, horizon, cap, closures, all in KST."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import pytest
from sqlalchemy import select

from bot.desk import accounts, booking, calendar, calendar_edits, database
from bot.desk.calendar import Window
from bot.desk.calendar_edits import Hours
from bot.desk.calendar_models import Planner
from bot.desk.leads import Viewer
from bot.desk.settings import CenterRules, defaults
from knowledge_base import places
from tests.desk.conftest import NOW, at

ADMIN = Viewer("admin", "administrator")


def _times(center: str = "suwon", *, now: datetime = NOW, day: str | None = None, limit: int = 99) -> list[str]:
    window = None if day is None else Window(at(f"{day} 00:00"), at(f"{day} 00:00") + timedelta(days=1))
    with database.session(read_only=True) as session:
        found = calendar.openings(session, center, window=window, limit=limit, now=now, spread=False)
    return [f"{item.starts_at:%m-%d %H:%M}" for item in found]


def test_a_default_day_has_three_visits_with_the_way_and_lunch_kept_free(sqlite_desk: str) -> None:
    assert _times(day="2026-12-01") == ["12-01 10:00", "12-01 14:00", "12-01 16:00"]


def test_next_tuesday_afternoon_offers_the_two_times_of_that_afternoon(sqlite_desk: str) -> None:
    window = {"start": "2026-12-01T12:00:00+09:00", "end": "2026-12-01T18:00:00+09:00", "grain": "afternoon"}
    with database.session() as session:
        found = calendar.openings(session, "suwon", window=window)
    assert [item.id for item in found] == ["suwon.suwon-1.20261201T1400", "suwon.suwon-1.20261201T1600"]


def test_a_whole_week_of_afternoons_offers_three_different_days_and_only_afternoons(sqlite_desk: str) -> None:
    window = {"start": "2026-11-30T00:00:00+09:00", "end": "2026-12-05T00:00:00+09:00", "part": "afternoon"}
    with database.session() as session:
        found = calendar.openings(session, "suwon", window=window)
    assert len({item.starts_at.date() for item in found}) == len(found) == 3
    assert all(12 <= item.starts_at.hour < 18 for item in found)


@pytest.mark.parametrize("day", [
    "2026-11-28", "2026-11-29",  # a weekend
    "2026-12-25",  # 성탄절, a Friday
    "2027-01-01",
])
def test_weekends_and_public_holidays_have_no_visits(sqlite_desk: str, day: str) -> None:
    assert _times(day=day, now=at("2026-11-10 09:00")) == []


@pytest.mark.parametrize("day", ["2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09"])
def test_seollal_2027_is_free_of_visits_with_its_substitute_day(sqlite_desk: str, day: str) -> None:
    assert _times(day=day, now=at("2027-01-15 09:00")) == []


def test_work_goes_on_the_day_after_the_substitute_holiday(sqlite_desk: str) -> None:
    assert _times(day="2027-02-10", now=at("2027-01-15 09:00")) == ["02-10 10:00", "02-10 14:00", "02-10 16:00"]


def test_a_sunday_holiday_moves_to_the_next_monday(sqlite_desk: str) -> None:
    assert _times(day="2027-10-04", now=at("2027-09-20 09:00")) == []  # 개천절 2027 is a Sunday


@pytest.mark.parametrize(("now", "first"), [
    ("2026-11-23 10:00", "11-24 10:00"),  # exactly the notice of 24 hours
    ("2026-11-23 10:01", "11-24 14:00"),
])
def test_the_earliest_visit_keeps_the_notice_to_the_minute(sqlite_desk: str, now: str, first: str) -> None:
    assert _times(now=at(now), limit=1) == [first]


def test_the_last_day_of_the_horizon_is_offered_and_the_next_is_not(sqlite_desk: str) -> None:
    with database.session() as session:
        calendar_edits.set_rules(session, ADMIN, "suwon", defaults().center.copy(update={"horizon_days": 9}))
    assert {text[:5] for text in _times()} >= {"12-02"}
    assert "12-03" not in {text[:5] for text in _times()}


def test_the_day_is_the_korean_one_just_before_and_after_midnight(sqlite_desk: str) -> None:
    before = datetime(2026, 11, 23, 14, 59, tzinfo=timezone.utc)  # 23:59 in Korea
    after = datetime(2026, 11, 23, 15, 1, tzinfo=timezone.utc)  # 00:01 on the 24th in Korea
    with database.session(read_only=True) as session:
        days = [calendar.Agenda.load(session, "suwon", now=moment).last_day for moment in (before, after)]
    assert days[1] - days[0] == timedelta(days=1)


def test_the_year_has_no_summer_time_jump(sqlite_desk: str) -> None:
    with database.session(read_only=True) as session:
        found = calendar.openings(session, "suwon", now=at("2027-03-10 09:00"), limit=200, spread=False)
    assert {item.starts_at.utcoffset() for item in found} == {timedelta(hours=9)}
    assert {item.starts_at.hour for item in found} == {10, 14, 16}


def test_every_center_can_be_visited_without_any_setting_up(sqlite_desk: str) -> None:
    with database.session(read_only=True) as session:
        assert all(calendar.openings(session, center.id, limit=1) for center in places.centers())


def test_a_planner_on_leave_gives_no_time_that_touches_it_way_included(desk: str) -> None:
    with database.session() as session:
        calendar_edits.close(session, ADMIN, at("2026-12-01 15:30"), at("2026-12-01 18:00"), kind="leave",
                             planner_id="suwon-1")
    assert _times(day="2026-12-01") == ["12-01 10:00"]  # 14:00 would end at 15:00 with an hour's way back


def test_leave_that_starts_when_the_way_ends_does_not_touch(desk: str) -> None:
    with database.session() as session:
        calendar_edits.close(session, ADMIN, at("2026-12-01 16:00"), at("2026-12-01 18:00"), kind="leave",
                             planner_id="suwon-1")
    assert _times(day="2026-12-01") == ["12-01 10:00", "12-01 14:00"]


def test_a_closed_center_closes_all_its_planners_and_no_other_center(desk: str) -> None:
    with database.session() as session:
        calendar_edits.close(session, ADMIN, at("2026-12-01 00:00"), at("2026-12-02 00:00"), center_id="suwon")
    assert _times(day="2026-12-01") == []
    assert _times("seoul", day="2026-12-01") != []


def test_a_closure_everywhere_closes_every_center(desk: str) -> None:
    with database.session() as session:
        calendar_edits.close(session, ADMIN, at("2026-12-01 00:00"), at("2026-12-02 00:00"))
    assert _times(day="2026-12-01") == _times("seoul", day="2026-12-01") == []


def test_own_hours_replace_the_default_week(desk: str) -> None:
    with database.session() as session:
        calendar_edits.set_hours(session, ADMIN, "suwon-1", [
            Hours(1, time(13), time(20)), Hours(1, time(15), time(15, 30), is_break=True)])
    # From 13:00 an hour's way, 14:00-15:00 would need the way back until 16:00, which the break cuts.
    assert _times(day="2026-12-01") == ["12-01 16:30"]  # 18:30 would be back at 20:30
    assert _times(day="2026-12-02") == []


def test_the_daily_cap_closes_the_rest_of_the_day(desk: str) -> None:
    with database.session() as session:
        calendar_edits.set_rules(session, ADMIN, "suwon", defaults().center.copy(update={"daily_cap": 1}))
        booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
    assert _times(day="2026-12-01") == []
    with database.session() as session, pytest.raises(calendar.OpeningClosed) as refused:
        booking.hold(session, "suwon.suwon-1.20261201T1000", conversation_id="c-2")
    assert "다 찼어요" in str(refused.value)
    assert refused.value.alternatives


def test_longer_visits_do_not_overlap_those_made_when_visits_were_short(desk: str) -> None:
    with database.session() as session:
        booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
        calendar_edits.set_rules(session, ADMIN, "suwon", CenterRules(
            visit_minutes=120, travel_minutes=30, notice_hours=24, horizon_days=60, daily_cap=3, cutoff_hours=4))
    # The new grid has 09:30 and 13:30; the latter runs into the visit at 14:00.
    assert _times(day="2026-12-01") == ["12-01 09:30"]


def test_two_planners_offer_a_time_once(desk: str) -> None:
    with database.session() as session:
        calendar_edits.add_planner(session, ADMIN, "suwon", "이하늘")
        calendar_edits.add_planner(session, ADMIN, "suwon", "박바다")
        found = calendar.openings(session, "suwon", limit=99, spread=False)
    starts = [item.starts_at for item in found]
    assert len(starts) == len(set(starts))
    assert {item.planner_id for item in found} == {"suwon-2"}  # the first of two without work


@pytest.mark.parametrize(("linked", "open_after"), [(True, {"suwon-1", "suwon-2"}), (False, {"suwon-2"})])
def test_the_nameless_calendar_of_a_center_closes_for_the_first_planner_unless_it_is_somebodys(
    sqlite_desk: str, linked: bool, open_after: set[str]
) -> None:
    with database.session() as session:
        if linked:
            accounts.add_user(session, "김하늘", "kim@desk.example", "사과-기차-하늘-07", role="planner", actor="test",
                              center_id="suwon", planner_id="suwon-1")
        calendar_edits.add_planner(session, ADMIN, "suwon", "이솔")
        active = session.execute(select(Planner).where(Planner.center_id == "suwon", Planner.active)).scalars().all()
        assert {planner.id for planner in active} == open_after
        assert {planner.name for planner in active} == ({"김하늘", "이솔"} if linked else {"이솔"})


@pytest.mark.parametrize(("opening_id", "error", "said"), [
    ("suwon.suwon-1.20261120T1400", calendar.OpeningPast, "지난 시간"),
    ("suwon.suwon-1.20261225T1400", calendar.OpeningOnHoliday, "공휴일"),
    ("suwon.suwon-1.20261124T0900", calendar.OpeningUnknown, "그런 방문 시간은 없어요"),
    ("suwon.suwon-1.20261201T1200", calendar.OpeningUnknown, "그런 방문 시간은 없어요"),
    ("suwon.seoul-1.20261201T1400", calendar.OpeningUnknown, "그런 방문 시간은 없어요"),
    ("suwon.suwon-1.20270301T1400", calendar.OpeningOnHoliday, "삼일절"),
    ("suwon.suwon-1.20270302T1400", calendar.OpeningTooFar, "아직"),
])
def test_a_wrong_opening_is_refused_with_its_reason_and_a_way_on(
    sqlite_desk: str, opening_id: str, error: type[calendar.OpeningUnavailable], said: str
) -> None:
    with database.session() as session, pytest.raises(error, match=said) as refused:
        booking.hold(session, opening_id, conversation_id="c-1")
    assert len(refused.value.alternatives) == 3


@pytest.mark.parametrize("opening_id", ["", "suwon", "a.b.c", "a.b.20261301T9999", "suwon.x.20261201T1400'; --"])
def test_a_made_up_opening_is_refused_without_a_crash(sqlite_desk: str, opening_id: str) -> None:
    with database.session() as session, pytest.raises(calendar.OpeningUnknown):
        booking.hold(session, opening_id, conversation_id="c-1")


def test_an_opening_of_another_center_is_refused_with_times_of_the_right_one(sqlite_desk: str) -> None:
    with database.session() as session, pytest.raises(calendar.OpeningOfOtherCenter) as refused:
        booking.hold(session, "seoul.seoul-1.20261201T1400", conversation_id="c-1", center_id="suwon")
    assert {item.center_id for item in refused.value.alternatives} == {"suwon"}


def test_an_opening_within_the_notice_is_too_soon(sqlite_desk: str) -> None:
    with database.session() as session, pytest.raises(calendar.OpeningTooSoon):
        booking.hold(session, "suwon.suwon-1.20261123T1400", conversation_id="c-1")


def test_an_unreadable_window_is_refused_in_korean(sqlite_desk: str) -> None:
    with database.session() as session, pytest.raises(calendar.OpeningUnavailable, match="언제가 좋으신지"):
        calendar.openings(session, "suwon", window={"start": "내일"})


def test_visits_that_a_leave_runs_into_are_given_back_to_be_called(desk: str) -> None:
    with database.session() as session:
        from bot.desk.lead_models import Lead

        lead = Lead(number="DAAAAAAA", kind="callback", facts={}, routing={}, link_digest="x", contact_due_at=NOW,
                    center_id="suwon")
        session.add(lead)
        session.flush()
        visit = booking.book(session, lead, "suwon.suwon-1.20261201T1400", actor="planner")
        _, hit = calendar_edits.close(session, ADMIN, at("2026-12-01 00:00"), at("2026-12-02 00:00"), kind="leave",
                                      planner_id="suwon-1")
    assert [item.id for item in hit] == [visit.id]
    assert visit.state == "booked"


def test_hours_off_the_half_hour_grid_are_refused(sqlite_desk: str) -> None:
    with database.session() as session, pytest.raises(calendar_edits.CalendarInvalid, match="30분 단위"):
        calendar_edits.set_hours(session, ADMIN, "suwon-1", [Hours(0, time(9, 10), time(18))])
