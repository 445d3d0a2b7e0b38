"""Deciding in three values: each operator below, at and above its limit, and what stays unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge_base.program_schema import Condition, Test
from knowledge_base.rules import all_of, decide, outcome, waiting_day
from tests.knowledge_base.situations import situation


def rule(fact: str, op: str, value: Any) -> Test:
    return Test.parse_obj({"fact": fact, "op": op, "value": value})


def condition(**more: Any) -> Condition:
    return Condition.parse_obj({
        "id": "people", "fact": "company.headcount", "op": "at_least", "value": 20,
        "met": "{actual}{이라/라} {limit} 이상이에요.", "unmet": "{actual}{이라/라} {limit}에 못 미쳐요.",
        "unknown": "{limit} 이상이어야 해요.", "change": "{limit} 이상이 되면 돼요.",
        "reference": {"law": "고용보험법 시행령 제33조"}, **more,
    })


@pytest.mark.parametrize(("op", "below", "at", "above"), [
    ("at_least", "unmet", "met", "met"), ("at_most", "met", "met", "unmet"),
    ("less_than", "met", "unmet", "unmet"), ("more_than", "unmet", "unmet", "met"),
])
def test_a_count_below_at_and_above_its_limit(op: str, below: str, at: str, above: str) -> None:
    found = [outcome(rule("company.headcount", op, 30), situation({"headcount": count})) for count in (29, 30, 31)]
    assert found == [below, at, above]


@pytest.mark.parametrize(("low", "high", "expected"), [
    (20, 29, "unmet"), (27, 33, "unknown"), (30, 40, "met"), (None, 29, "unmet"), (30, None, "met"),
    (None, 40, "unknown"),
])
def test_a_rough_count_is_unknown_only_where_it_straddles(low: int | None, high: int | None, expected: str) -> None:
    around = {key: value for key, value in (("min", low), ("max", high)) if value is not None}
    firm = {"headcount": 30, "headcount_range": around}
    assert outcome(rule("company.headcount", "at_least", 30), situation(firm)) == expected


def test_fewer_than_thirty_people_have_fewer_than_thirty_insured() -> None:
    insured = rule("company.insured_headcount", "less_than", 30)
    assert outcome(insured, situation({"headcount": 29})) == "met"
    assert outcome(insured, situation({"headcount": 30})) == "unknown"
    assert outcome(insured, situation({"headcount": 31, "insured_headcount": 29})) == "met"
    assert outcome(insured, situation({"headcount": 31, "insured_headcount": 30})) == "unmet"


@pytest.mark.parametrize(("born", "expected"), [
    ("2025-12-02", "met"), ("2025-12-01", "met"), ("2025-11-30", "unmet"), ("2027-02-01", "met"),
])
def test_twelve_months_end_on_the_first_birthday_itself(born: str, expected: str) -> None:
    infant = rule("event.child_birth", "child_within_months", 12)
    assert outcome(infant, situation(start="2026-12-01", child_birth=born)) == expected


@pytest.mark.parametrize(("ages", "expected"), [
    ({"min": 9, "max": 10}, "met"), ({"min": 10, "max": 11}, "unknown"), ({"min": 14, "max": 15}, "unmet"),
    ({"min": 14}, "unmet"), ({"max": 6}, "met"), ({"max": 14}, "unknown"),
])
def test_an_age_known_in_months_is_counted_on_to_the_start(ages: dict[str, int], expected: str) -> None:
    told = situation(start="2026-12-01", child_age_months=ages, child_age_on="2026-11-23")
    assert outcome(rule("event.child_birth", "child_within_months", 12), told) == expected


@pytest.mark.parametrize(("born", "start", "expected"), [
    ("2018-01-15", "2027-01-14", "met"),  # still eight
    ("2018-01-15", "2027-02-28", "met"),  # nine, second grade until the end of February
    ("2018-01-15", "2027-03-01", "unmet"),  # nine and in third grade
    ("2017-12-02", "2026-12-01", "met"),  # nine tomorrow, third grade
    ("2017-12-01", "2026-12-01", "unmet"),
])
def test_eight_years_or_second_grade_whichever_lasts_longer(born: str, start: str, expected: str) -> None:
    young = rule("event.child_birth", "child_within_school", {"age": 8, "grade": 2})
    assert outcome(young, situation(start=start, child_birth=born)) == expected


@pytest.mark.parametrize(("start", "expected"), [
    ("2026-02-28", "unmet"), ("2026-03-01", "met"), ("2032-02-29", "met"), ("2032-03-01", "unmet"),
])
def test_school_children_are_in_grades_one_to_six(start: str, expected: str) -> None:
    grades = rule("event.child_birth", "child_in_grades", {"from": 1, "to": 6})
    assert outcome(grades, situation(start=start, child_birth="2019-05-01")) == expected


def test_a_rough_age_that_spans_all_grades_is_unknown() -> None:
    grades = rule("event.child_birth", "child_in_grades", {"from": 1, "to": 6})
    for ages, expected in (((60, 180), "unknown"), ((12, 50), "unmet"), ((100, 110), "met"), ((190, 200), "unmet")):
        told = {"min": ages[0], "max": ages[1]}
        known = situation(start="2026-12-01", child_age_months=told, child_age_on="2026-11-23")
        assert outcome(grades, known) == expected, ages


@pytest.mark.parametrize(("began", "expected"), [
    ("2026-10-01", "met"), ("2026-09-30", "unknown"), ("2026-06-01", "unknown"), ("2026-05-31", "unmet"),
])
def test_cover_may_begin_so_many_months_before(began: str, expected: str) -> None:
    early = rule("event.cover_start", "starts_within_months_before", {"sure": 2, "perhaps": 6})
    assert outcome(early, situation(start="2026-12-01", cover_start=began)) == expected


@pytest.mark.parametrize(("code", "expected"), [("41110", "met"), ("11680", "unmet"), (None, "unknown")])
def test_a_region_is_met_by_the_head_of_its_code(code: str | None, expected: str) -> None:
    firm = {"region": code} if code else {}
    assert outcome(rule("company.region", "in_region", ["41"]), situation(firm)) == expected


def test_nothing_known_is_unknown_and_never_false() -> None:
    for fact, op, value in (
        ("company.headcount", "at_most", 1), ("event.type", "in", ["parental_leave"]),
        ("event.months", "less_than", 1),
        ("company.public_institution", "equals", False), ("event.child_birth", "child_within_months", 12),
        ("definition.priority_support_enterprise", "equals", True), ("wants", "includes_any", ["tax"]),
    ):
        assert outcome(rule(fact, op, value), situation()) == "unknown", fact


def test_insured_people_show_that_the_firm_is_insured() -> None:
    insured = rule("company.employment_insurance", "equals", True)
    assert outcome(insured, situation({"insured_headcount": 3})) == "met"
    assert outcome(insured, situation({"insured_headcount": 0})) == "unknown"
    assert outcome(insured, situation({"insured_headcount": 3, "employment_insurance": False})) == "unmet"


def test_and_is_unmet_by_one_unmet_even_beside_unknown() -> None:
    met, unmet, unknown = (rule("company.headcount", "at_least", 1), rule("company.headcount", "at_least", 99),
                           rule("event.months", "at_least", 3))
    firm = situation({"headcount": 10})
    assert all_of([], firm) == "met"
    assert all_of([met, unknown], firm) == "unknown"
    assert all_of([unknown, unmet, met], firm) == "unmet"


def test_sentences_carry_the_numbers_and_the_right_particle() -> None:
    said = {}
    for count in (None, 19, 20):
        decision = decide(condition(), situation({"headcount": count} if count else {}))
        assert decision is not None
        said[count] = decision.text
    assert said == {None: "20명 이상이어야 해요.", 19: "19명이라 20명에 못 미쳐요.", 20: "20명이라 20명 이상이에요."}


def test_a_rough_count_is_said_as_it_was_told() -> None:
    decision = decide(condition(), situation({"headcount": 25, "headcount_range": {"min": 22, "max": 28}}))
    assert decision is not None
    assert decision.text == "22~28명이라 20명 이상이에요."


@pytest.mark.parametrize(("start", "applies"), [("2024-12-31", False), ("2025-01-01", True)])
def test_a_dated_condition_holds_by_the_day_of_the_event(start: str, applies: bool) -> None:
    dated = condition(**{"from": date(2025, 1, 1)})
    assert (decide(dated, situation({"headcount": 5}, start=start)) is not None) == applies


def test_a_guard_decides_whether_a_condition_applies_at_all() -> None:
    guarded = condition(when=[{"fact": "event.cover", "op": "equals", "value": "coworkers"}])
    assert decide(guarded, situation({"headcount": 5}, cover="hire")) is None
    against = decide(guarded, situation({"headcount": 5}, cover="coworkers"))
    assert against is not None
    assert against.outcome == "unmet"
    # With the guard unknown a met condition cannot matter, and an unmet one hangs on the guard alone.
    assert decide(guarded, situation({"headcount": 25})) is None
    open_ = decide(guarded, situation({"headcount": 5}))
    assert open_ is not None
    assert (open_.outcome, open_.asks) == ("unknown", ("event.cover",))


def test_what_nearly_all_firms_meet_is_not_asked() -> None:
    decision = decide(condition(if_unknown="check"), situation())
    assert decision is not None
    assert (decision.outcome, decision.asking) == ("unknown", False)


def test_waiting_settles_tenure_on_the_day_it_is_reached() -> None:
    tenure = rule("event.worker_tenure_months", "at_least", 6)
    new = situation(start="2026-12-01", worker_tenure_months=3)
    assert outcome(tenure, new) == "unmet"
    day = waiting_day(tenure, new)
    assert day == date(2027, 2, 23)
    assert outcome(tenure, situation(start="2027-02-22", worker_tenure_months=3)) == "unmet"
    assert outcome(tenure, situation(start="2027-02-23", worker_tenure_months=3)) == "met"


def test_tenure_of_a_past_event_may_have_been_told_for_either_day() -> None:
    tenure = rule("event.worker_tenure_months", "at_least", 6)
    assert outcome(tenure, situation(start="2026-08-23", worker_tenure_months=8)) == "unknown"
    assert outcome(tenure, situation(start="2026-08-23", worker_tenure_months=9)) == "met"
    assert outcome(tenure, situation(start="2026-08-23", worker_tenure_months=5)) == "unmet"
