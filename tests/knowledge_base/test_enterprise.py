"""우선지원대상기업: every industry's limit below, at and above, and what no fact here can settle."""

from __future__ import annotations

import pytest

from knowledge_base.definitions import definitions
from knowledge_base.enterprise import priority_support

LIMITS = {
    "C": 500, "B": 300, "F": 300, "H": 300, "J": 300, "N": 300, "M": 300, "Q": 300, "G": 200, "I": 200, "K": 200,
    "R": 200, "A": 100, "L": 100, "P": 100, "S": 100,
}


@pytest.mark.parametrize(("industry", "limit"), LIMITS.items())
def test_the_limit_is_inclusive(industry: str, limit: int) -> None:
    for count, expected in ((limit - 1, "met"), (limit, "met"), (limit + 1, "unknown")):
        standing = priority_support((count, count), industry)
        assert standing.outcome == expected, (industry, count)
        assert standing.limit == f"{limit}명"


def test_above_the_limit_a_person_must_check_because_the_firm_may_still_be_one() -> None:
    standing = priority_support((501, 501), "C")
    assert (standing.outcome, standing.asks) == ("unknown", ())
    assert standing.sentence is not None
    assert "중소기업기본법" in standing.sentence


def test_up_to_a_hundred_people_the_industry_cannot_matter() -> None:
    assert priority_support((100, 100), None).outcome == "met"
    assert priority_support((101, 101), None).asks == ("company.industry",)
    assert priority_support((500, 500), None).asks == ("company.industry",)
    assert priority_support((501, 501), None).asks == ()


def test_a_rough_count_asks_for_the_count_only_where_it_straddles() -> None:
    assert priority_support((180, 220), "G").asks == ("company.headcount",)
    assert priority_support((180, 200), "G").outcome == "met"


def test_a_part_of_an_industry_that_counts_elsewhere_is_named_only_where_it_matters() -> None:
    assert "34" in priority_support((101, 101), "C").exception
    assert priority_support((100, 100), "C").exception == ""


def test_a_large_business_group_is_none_whatever_its_size() -> None:
    assert priority_support((5, 5), "C", True).outcome == "unmet"


def test_the_definitions_read_and_say_when_they_were_checked() -> None:
    found = definitions()
    assert set(found) >= {"priority_support_enterprise", "insured_30_percent_rule", "under_30_rule",
                          "min_monthly_pay_rule", "common_deadline_rule"}
    pay = {row.from_.year: row.value for row in found["min_monthly_pay_rule"].values}
    assert pay == {2025: 1_210_000, 2026: 1_240_000, 2027: None}
