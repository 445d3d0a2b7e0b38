"""Real dates from an event: the last day to apply, the first, and what is said where the event does not tell it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.deadlines import dues
from knowledge_base.program_schema import programs
from knowledge_base.situation import Situation
from tests.knowledge_base.situations import usual


def due_days(program: str, as_of: date = date(2026, 11, 23), **event: object) -> dict[str, date | None]:
    known = usual(**event)
    return {due.deadline.id: due.date for due in dues(programs()[program], Situation(known, known.events[0], as_of))}


@pytest.mark.parametrize(("start", "months", "last"), [
    ("2026-12-01", 12, date(2028, 11, 30)),
    ("2026-12-02", 1, date(2028, 1, 1)),  # 2027-01-01에 끝난다
    ("2025-12-02", 12, date(2027, 12, 1)),  # 2026-12-01에 끝난다
    ("2026-12-01", 3, date(2028, 2, 29)),  # 2027-02-28에 끝나고 3월 1일부터 12개월
])
def test_twelve_months_from_the_end_of_the_leave(start: str, months: float, last: date) -> None:
    assert due_days("parental_leave_grant", start=start, months=months)["last_day"] == last


def test_the_other_half_can_be_had_six_months_after_the_leave() -> None:
    found = due_days("parental_leave_grant")
    assert found["rest_from"] == date(2028, 6, 1)
    assert found["rest_last_day"] == date(2029, 6, 1)


def test_the_first_claim_is_from_the_month_after_the_start() -> None:
    assert due_days("replacement_worker_grant")["every_three_months"] == date(2027, 1, 1)
    assert due_days("replacement_worker_grant")["handover"] == date(2026, 12, 31)


@pytest.mark.parametrize(("start", "there"), [("2025-01-01", False), ("2025-01-02", True)])
def test_handover_after_return_counts_for_returns_from_2026(start: str, there: bool) -> None:
    # 열두 달 휴직: 2025-01-01에 시작하면 2026-01-01에 복직한다
    found = due_days("replacement_worker_grant", start=start, cover_start=start, months=11.97)
    assert ("after_return" in found) == there


def test_without_a_length_the_rule_is_said_in_words() -> None:
    known = usual(months=None)
    last = dues(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))[0]
    assert last.date is None
    assert last.text == "휴직이 끝난 날(나눠 쓰면 각 구간)부터 12개월 안에 신청해야 해요."


def test_the_final_deadline_comes_first_with_its_date_written_out() -> None:
    known = usual()
    last = dues(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))[0]
    assert last.text == "2028년 11월 30일까지 신청해야 해요(휴직이 끝나는 날부터 12개월)."
    assert last.to_document()["date"] == "2028-11-30"


@pytest.mark.parametrize(("today", "passed"), [(date(2028, 11, 30), False), (date(2028, 12, 1), True)])
def test_a_passed_deadline_says_so(today: date, passed: bool) -> None:
    known = usual()
    last = dues(programs()["parental_leave_grant"], Situation(known, known.events[0], today))[0]
    assert (last.passed, "이미 지났어요" in last.text) == (passed, passed)
