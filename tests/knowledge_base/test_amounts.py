"""Money over the months of an event: rates that change within it, and figures that are not known."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.amounts import money
from knowledge_base.program_schema import programs
from knowledge_base.situation import Situation, add_length, add_months, length_in_months
from tests.knowledge_base.situations import TODAY, usual

Row = tuple[int | None, float | None]


def paid(program: str, company: dict[str, int] | None = None, **event: object) -> list[Row]:
    known = usual(company, **event)
    found = money(programs()[program], Situation(known, known.events[0], date(2026, 11, 23)))
    chosen = [row for row in found.amounts if row.chosen]
    return [(row.row.value, None if row.months is None else round(row.months, 2)) for row in chosen]


def test_a_newborn_s_leave_pays_three_months_at_the_special_rate_and_then_the_plain_one() -> None:
    # 100만 × 3 + 30만 × 9 = 570만
    assert paid("parental_leave_grant", child_birth="2026-09-10") == [(1_000_000, 3), (300_000, 9)]
    known = usual(child_birth="2026-09-10")
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert found.total == 5_700_000
    assert found.arithmetic() == "100만원 × 3개월 + 30만원 × 9개월 = 570만원"


def test_a_leave_of_two_months_is_too_short_for_the_special_rate() -> None:
    assert paid("parental_leave_grant", child_birth="2026-09-10", months=2) == [(300_000, 2)]
    assert paid("parental_leave_grant", child_birth="2026-09-10", months=3) == [(1_000_000, 3)]


def test_the_replacement_rate_follows_the_months_it_is_paid_for() -> None:
    # 2025-10 ~ 2025-12 월 120만원, 2026-01 ~ 2026-09 월 140만원
    rows = paid("replacement_worker_grant", start="2025-10-01", cover_start="2025-10-01")
    assert rows == [(1_200_000, 3), (1_400_000, 9)]


def test_a_change_of_rate_inside_a_month_splits_it_by_days() -> None:
    # 2025-12-15 ~ 2025-12-31 = 17/31개월, 나머지 0.45개월은 2026년
    rows = paid("replacement_worker_grant", start="2025-12-15", cover_start="2025-12-15", months=1)
    assert rows == [(1_200_000, 0.55), (1_400_000, 0.45)]


@pytest.mark.parametrize(("insured", "rate"), [(29, 1_400_000), (30, 1_300_000), (31, 1_300_000)])
def test_thirty_insured_people_lower_the_replacement_rate(insured: int, rate: int) -> None:
    assert paid("replacement_worker_grant", {"headcount": 40, "insured_headcount": insured}) == [(rate, 12)]


def test_without_the_insured_count_no_rate_is_chosen() -> None:
    known = usual({"headcount": 40, "insured_headcount": None})  # type: ignore[dict-item]
    found = money(programs()["replacement_worker_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert {row.row.value for row in found.amounts} == {1_400_000, 1_300_000}
    assert not any(row.chosen or row.certain for row in found.amounts)
    assert (found.total, found.asks) == (None, ("company.insured_headcount",))


def test_an_answer_that_can_hardly_matter_is_not_asked_for() -> None:
    known = usual({"headcount": 150, "insured_headcount": None})  # type: ignore[dict-item]
    found = money(programs()["replacement_worker_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert found.asks == ()


def test_handover_before_the_leave_is_paid_for_two_months_at_most() -> None:
    assert paid("replacement_worker_grant", cover_start="2026-11-01") == [(1_400_000, 12), (1_400_000, 1)]
    assert paid("replacement_worker_grant", cover_start="2026-08-01") == [(1_400_000, 12), (1_400_000, 2)]


def test_cover_that_begins_late_is_paid_for_the_months_that_are_left() -> None:
    assert paid("replacement_worker_grant", cover_start="2027-03-01") == [(1_400_000, 9)]


def test_today_s_figure_beyond_what_is_confirmed_is_given_but_not_as_certain() -> None:
    known = usual(child_birth="2024-05-01")
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert found.total == 3_600_000
    assert not found.certain
    assert found.amounts[0].confirmed_until == date(2026, 12, 31)
    within = usual(start="2026-10-01", months=3)
    assert money(programs()["parental_leave_grant"], Situation(within, within.events[0], date(2026, 11, 23))).certain


def test_a_ceiling_set_each_year_is_not_carried_into_the_next() -> None:
    known = usual(type="maternity_leave", start="2026-11-15", months=3)
    found = money(programs()["maternity_leave_pay_priority_firm"], Situation(known, known.events[0], TODAY))
    # 11-15, 12-15에 시작하는 30일은 220만원, 1-14에 시작하는 30일은 모름
    assert [(row.row.value, row.times) for row in found.amounts] == [(2_200_000, 2), (None, 1)]
    assert found.total is None


@pytest.mark.parametrize(("start", "value"), [
    ("2026-11-26", 168_420), ("2026-11-27", 336_840), ("2026-12-31", 336_840), ("2027-01-01", None),
])
def test_paid_days_of_infertility_leave_change_on_their_day(start: str, value: int | None) -> None:
    known = usual(type="infertility_leave", start=start, months=0.1)
    found = money(programs()["maternity_leave_pay_priority_firm"], Situation(known, known.events[0], TODAY))
    assert [row.row.value for row in found.amounts] == [value]


def test_the_2026_months_of_a_special_rate_begun_in_2025_are_left_open() -> None:
    known = usual(start="2025-11-01", child_birth="2025-08-01")
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert [(row.row.value, row.months) for row in found.amounts if row.chosen] == [(2_000_000, 2), (300_000, 9)]
    assert {row.row.value for row in found.amounts if not row.chosen} == {2_000_000, 1_000_000}
    assert found.total is None


def test_without_a_length_rates_are_said_and_nothing_is_summed() -> None:
    known = usual(months=None, child_birth="2026-09-10")
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert [(row.row.value, row.months) for row in found.amounts] == [(1_000_000, 3), (300_000, None)]
    assert (found.total, found.certain) == (None, False)


def test_an_incentive_a_person_must_check_is_shown_but_not_summed() -> None:
    known = usual(worker_gender="male")
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert (100_000 in {row.row.value for row in found.amounts}, found.total) == (True, 3_600_000)


def test_an_unknown_gender_leaves_the_total_without_the_incentive() -> None:
    known = usual(worker_gender=None)
    found = money(programs()["parental_leave_grant"], Situation(known, known.events[0], date(2026, 11, 23)))
    assert found.total == 3_600_000


def test_months_are_counted_as_the_notice_says() -> None:
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_length(date(2026, 12, 1), 1.5) == date(2027, 1, 17)  # half of January's 31 days, rounded
    assert length_in_months(date(2026, 12, 1), date(2027, 12, 1)) == 12
    assert length_in_months(date(2026, 12, 1), date(2026, 12, 16)) == 15 / 31
    assert length_in_months(date(2026, 1, 31), date(2026, 2, 28)) == 1
