"""What was told as a bound is said back as one."""

from __future__ import annotations

import pytest

from knowledge_base.facts_said import describe, one_sided, value_of


@pytest.mark.parametrize(
    ("around", "said"),
    [({"min": None, "max": 4}, "5명 미만"), ({"min": 30, "max": None}, "30명 이상"), ({"max": 29}, "30명 미만")],
)
def test_a_bound_is_said_as_it_was_told(around: dict[str, int | None], said: str) -> None:
    assert value_of("company.headcount_range", around) == said
    assert describe({"company": {"headcount": 4, "headcount_range": around}}) == [said]


def test_about_so_many_stays_the_number_told() -> None:
    around = {"min": 25, "max": 35}
    assert not one_sided(around)
    assert describe({"company": {"headcount": 30, "headcount_range": around}}) == ["30명"]


@pytest.mark.parametrize(("months", "said"), [
    ({"min": 47, "max": 71}, "아이 4~5살"),
    ({"min": 71, "max": 95}, "아이 6~7살"),
    ({"min": 24, "max": 35}, "아이 2살"),
    ({"min": 6, "max": 6}, "아이 6개월"),
    ({"min": 12, "max": None}, "아이 12개월 이상"),
    ({"min": 0, "max": 11}, "아이 0~11개월"),
])
def test_a_child_is_said_in_years_where_years_were_told(months: dict[str, int | None], said: str) -> None:
    assert value_of("event.child_age_months", months) == said
