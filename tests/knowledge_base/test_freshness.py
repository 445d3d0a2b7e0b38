"""Freshness: what is old, unsure, unknown or beyond what is known is said, with who can confirm it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.facts import Facts
from knowledge_base.freshness import caution, due, is_old
from knowledge_base.item_schema import Right
from knowledge_base.loading import Knowledge, load_knowledge
from knowledge_base.screening import screen

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def right(knowledge: Knowledge) -> Right:
    return knowledge.rights["parental_leave_benefit"]


@pytest.mark.parametrize(
    ("checked_on", "old"),
    [(date(2025, 11, 22), True), (date(2025, 11, 23), True), (date(2025, 11, 24), False), (TODAY, False)],
)
def test_a_check_twelve_months_ago_is_old(checked_on: date, old: bool) -> None:
    assert is_old(checked_on, TODAY) is old


def test_a_fresh_and_sure_item_carries_no_caution(right: Right) -> None:
    assert caution(right, as_of=date(2026, 12, 1), on=TODAY) is None


def test_an_old_item_says_when_it_was_checked_and_whom_to_ask(right: Right) -> None:
    said = caution(right, on=date(2027, 11, 22))
    assert said is not None
    assert "2026년 11월 22일에 마지막으로 확인" in said
    assert "1350" in said
    assert caution(right, on=date(2027, 11, 21)) is None


@pytest.mark.parametrize(("as_of", "cautious"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_a_day_beyond_what_is_known_is_said(right: Right, as_of: date, cautious: bool) -> None:
    said = caution(right, as_of=as_of, on=TODAY)
    assert (said is not None and "2026년 12월 31일 뒤의 내용은 아직 확인되지 않았어요" in said) is cautious


@pytest.mark.parametrize(("as_of", "cautious"), [(date(2024, 6, 30), True), (date(2024, 7, 1), False)])
def test_a_day_before_anything_was_collected_is_said(right: Right, as_of: date, cautious: bool) -> None:
    assert (caution(right, as_of=as_of, on=TODAY) is not None) is cautious


def test_low_confidence_is_said(knowledge: Knowledge) -> None:
    unsure = knowledge.questions["faq_040"].copy(update={"confidence": "low", "caution": None})
    said = caution(unsure, on=TODAY)
    assert said is not None
    assert "확실하지 않은" in said


def test_an_items_own_caution_goes_with_it(knowledge: Knowledge) -> None:
    said = caution(knowledge.rights["spouse_miscarriage_leave"], on=TODAY)
    assert said == "급여 상한 금액은 공식 자료를 찾지 못했어요. 금액은 1350이나 고용센터에 확인해 주세요."


def test_a_values_own_caution_outweighs_that_of_its_item(knowledge: Knowledge) -> None:
    program = knowledge.programs["flexible_work_incentive"]
    unsure = [row for row in program.values if row.confidence == "low"]
    assert unsure
    for row in unsure:
        said = caution(program, value=row, on=TODAY)
        assert row.caution
        assert said is not None
        assert said.startswith(row.caution.rstrip("."))


def test_an_unknown_value_is_said_to_be_unknown(knowledge: Knowledge) -> None:
    right = knowledge.rights["maternity_leave_benefit"]
    row = next(row for row in right.pay if row.value is None)
    said = caution(right, value=row, on=TODAY)
    assert said is not None
    assert "정확한 값은 아직 확인되지 않았어요" in said


def test_what_held_in_days_gone_by_does_not_grow_old(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    row = next(row for row in program.values if row.id == "year_2025")
    assert row.checked_on is not None
    assert is_old(row.checked_on, TODAY)
    assert "마지막으로 확인" not in (caution(program, value=row, on=TODAY) or "")


def test_planner_numbers_of_the_poster_are_due(knowledge: Knowledge) -> None:
    numbers = [one for one in due(knowledge, TODAY) if one.what == "플래너 번호"]
    assert sum(one.reason == "old" for one in numbers) == 12
    assert [one.item for one in numbers if one.reason == "unknown"] == ["seouldongbu"]


def test_regions_without_a_sure_center_are_due(knowledge: Knowledge) -> None:
    regions = {one.item: one.reason for one in due(knowledge, TODAY) if one.kind == "지역"}
    assert regions == {"12860": "unknown", "41290": "unsure", "51780": "unsure"}


def test_more_is_due_as_time_passes_and_history_never_is(knowledge: Knowledge) -> None:
    now, later = due(knowledge, TODAY), due(knowledge, date(2028, 1, 1))
    assert len(later) > len(now)
    assert not any("~2025-12-31" in one.what for one in now)


def test_what_is_past_its_coverage_comes_first(knowledge: Knowledge) -> None:
    reasons = [one.reason for one in due(knowledge, date(2027, 1, 1))]
    order = ["beyond", "old", "unknown", "unsure"]
    assert reasons == sorted(reasons, key=order.index)
    assert reasons[0] == "beyond"


def test_a_verdict_from_an_old_source_says_how_old() -> None:
    known = screen(Facts(), as_of=date(2026, 11, 23)).verdict("replacement_recruit_service")
    assert "2023년 10월 20일에 마지막으로 확인한 내용" in (known.caution or "")
    fresh = screen(Facts(), as_of=date(2026, 11, 23)).verdict("replacement_worker_grant")
    assert "마지막으로 확인한 내용" not in (fresh.caution or "")
