"""What the firm's own figures come to, by the dated rules of the schemes: shares, caps, floors and totals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.facts import Facts

TODAY = date(2026, 11, 23)
HIRE: dict[str, Any] = {"type": "parental_leave", "cover": "hire", "start": "2026-12-01", "months": 12}
SHARED: dict[str, Any] = {"type": "parental_leave", "cover": "coworkers"}


def _asked(
    text: str, event: dict[str, Any] | None = None, *, about: str | None = None, sums: dict[str, int] | None = None,
    before: str = "", **company: Any,
) -> Answer:
    facts = Facts.read({"company": company, "events": [event] if event else []})
    return answer(text, facts=facts, as_of=TODAY, about=about, before=before, sums=sums or {})


@pytest.mark.parametrize(("pay", "month"), [("200", "140만원"), ("175", "140만원"), ("174", "1,392,000원"), ("100", "80만원")])
def test_a_grant_for_the_cover_is_a_share_of_its_pay_up_to_the_cap(pay: str, month: str) -> None:
    found = _asked(f"월 {pay} 주면 얼마 받죠", HIRE, headcount=20)
    assert found.items == ["replacement_worker_grant"]
    assert f"월 {month}(한도 140만원)" in found.text
    assert "80%" in found.text


def test_the_sum_over_the_leave_is_told_with_its_months() -> None:
    assert "× 12개월 = 1,680만원" in _asked("대체인력 월급 200이면 얼마 받아요", HIRE, headcount=20).text


def test_both_sizes_are_told_where_the_insured_are_not_known() -> None:
    text = _asked("월 200 주면 얼마 받죠", HIRE).text
    assert "월 140만원(한도 140만원)" in text
    assert "월 130만원(한도 130만원)" in text


def test_reduced_hours_have_their_own_cap() -> None:
    event = {"type": "childcare_reduced_hours", "cover": "hire"}
    assert "월 120만원(한도 120만원)" in _asked("새로 뽑은 사람 월급 200인데 얼마 나와요", event, headcount=20).text


@pytest.mark.parametrize(("allowance", "month"), [("20만원", "20만원"), ("60만원", "60만원"), ("70만원", "60만원")])
def test_an_allowance_comes_back_up_to_the_cap(allowance: str, month: str) -> None:
    found = _asked(f"동료 수당 {allowance} 주면 얼마 나와요", SHARED, headcount=20)
    assert found.items == ["work_sharing_grant"]
    assert f"월 {month}(한도 60만원)" in found.text


def test_a_firm_that_cannot_have_it_is_told_so_and_no_sum() -> None:
    found = _asked("월 200 주면 얼마 받죠", HIRE, headcount=20, large_group=True)
    assert "받기 어려워요" in found.text
    assert "140만원" not in found.text


@pytest.mark.parametrize(("wage", "said"), [
    ("320", "1~3개월은 월 250만원, 4~6개월은 월 200만원, 7개월부터는 월 160만원"),
    ("180", "1~3개월은 월 180만원, 4~6개월은 월 180만원, 7개월부터는 월 144만원"),
    ("80", "1~3개월은 월 80만원, 4~6개월은 월 80만원, 7개월부터는 월 70만원"),
])
def test_parental_leave_pay_by_months_between_floor_and_caps(wage: str, said: str) -> None:
    found = _asked(f"통상임금 {wage}인데 육아휴직 급여 얼마 나와요")
    assert found.items == ["parental_leave_benefit"]
    assert said in found.text


@pytest.mark.parametrize(("months", "total"), [(3, "750만원"), (6, "1,350만원"), (12, "2,310만원")])
def test_the_total_is_of_the_months_told(months: int, total: str) -> None:
    event = {"type": "parental_leave", "months": months}
    assert f"{months}개월이면 모두 {total}" in _asked("통상임금 320이면 급여 얼마예요", event).text


@pytest.mark.parametrize(("wage", "before", "said"), [
    ("280", "", "30일마다 60만원, 모두 120만원"), ("280", "쌍둥이예요", "30일마다 60만원, 모두 150만원"),
    ("220", "", "차액은 없어요"),
])
def test_what_the_firm_adds_in_a_maternity_leave(wage: str, before: str, said: str) -> None:
    found = _asked(f"월급이 {wage}이면 회사가 내는 돈 있어요?", {"type": "maternity_leave"}, before=before)
    assert said in found.text


def test_a_year_without_a_cap_is_reckoned_by_the_last_and_says_so() -> None:
    event = {"type": "maternity_leave", "start": "2027-02-10"}
    assert "2027년 상한은 아직 확인되지 않아 2026년 상한으로" in _asked("월급이 280이면 회사가 내는 돈 있어요?", event).text


@pytest.mark.parametrize(("hours", "said"), [
    ("하루 두시간 줄이면", "625,000원을 줘요(250만원×10÷40)"),
    ("40시간에서 25시간으로 줄이면", "825,000원을 줘요(250만원×10÷40 + 160만원×5÷40)"),
    ("하루 8시간을 5시간으로 줄이면", "825,000원을 줘요"),
    ("단축하면", "줄이는 시간을 알려 주시면"),
])
def test_reduced_hours_pay_by_the_hours_cut(hours: str, said: str) -> None:
    found = _asked(f"통상임금 300이고 {hours} 급여 얼마예요", about="childcare_reduced_hours")
    assert said in found.text


def test_a_sum_told_before_is_what_a_short_question_asks_of() -> None:
    found = _asked("얼마 나와요", SHARED, sums={"allowance": 200_000}, headcount=45)
    assert found.items == ["work_sharing_grant"]
    assert "월 20만원(한도 40만원)" in found.text


def test_months_asked_next_are_reckoned_with_the_pay_told_before() -> None:
    found = _asked("그럼 6개월만 쓰면요", about="parental_leave_benefit", sums={"worker_pay": 3_500_000})
    assert "6개월이면 모두 1,350만원" in found.text


def test_who_covers_may_have_been_said_just_before() -> None:
    found = _asked("월 200 주면 얼마 받죠", {"type": "parental_leave"}, before="휴직자 대신 외국인 쓰려고요", headcount=20)
    assert found.items == ["replacement_worker_grant"]


def test_another_sum_for_the_cover_just_reckoned_is_its_pay_too() -> None:
    found = _asked("월급을 160만 주면요?", {"type": "maternity_leave"}, about="replacement_worker_grant", headcount=5)
    assert "80%인 128만원" in found.text


def test_another_question_is_not_answered_with_sums_told_before() -> None:
    found = _asked("육아휴직은 며칠까지예요", SHARED, sums={"allowance": 200_000}, headcount=45)
    assert found.items != ["work_sharing_grant"]


def test_pay_of_the_worker_says_nothing_of_the_grant() -> None:
    assert "통상임금이 월" not in _asked("월급 300 받는데 지원금 얼마 나와요", HIRE, headcount=20).text
