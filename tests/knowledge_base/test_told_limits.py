"""A number in a question is put against the limit that decides it, and yes or no comes first."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.search_items import item
from knowledge_base.sentence_schema import Counted
from knowledge_base.told_limits import decided, limits, number_told

TODAY = date(2026, 11, 23)


def _asked(text: str, about: str | None = None) -> Answer:
    return answer(text, facts=Facts(), as_of=TODAY, about=about)


def test_every_limit_is_of_an_item_and_its_cases_rise() -> None:
    for identifier, found in limits().items():
        assert item(identifier) is not None, identifier
        for limit in found:
            ends = [case.to for case in limit.cases]
            assert ends == sorted(set(ends)), identifier


@pytest.mark.parametrize(("text", "told", "number"), [
    ("임신 24주 직원인데", "pregnancy_weeks", 24), ("임신 초기 8주예요", "pregnancy_weeks", 8), ("열흘만 쓰면", "leave_days", 10),
    ("2주만 쓰겠대요", "leave_days", 14), ("이미 올해 7일 썼대요", "used_days", 7), ("사흘 썼어요", "used_days", 3),
    ("한달 전 일이었으면", "days_since", 30), ("애 낳은지 5개월 지났는데", "days_since_birth", 150),
    ("뽑은지 20일만에 그만뒀는데", "cover_days", 20), ("이번달 야근이 12시간", "overtime_hours", 12),
    ("하루 두 시간 단축", "week_cut", 10), ("주 12시간만 일하고", "week_hours", 12), ("입사 2년 됐어요", "tenure_months", 24),
    ("3개월차", "tenure_months", 3), ("육아휴직은 5개월 썼대요", "leave_months", 5), ("한달에 세 번 하면", "days_a_month", 3),
    ("알바로 월 180 번대요", "month_income", 180), ("15개월 아기", "child_months", 15),
])
def test_what_a_number_counts(text: str, told: Counted, number: int) -> None:
    assert number_told(text, told) == number


@pytest.mark.parametrize(("text", "told"), [
    ("주 2시간씩 줄여요", "pregnancy_weeks"), ("직원 7명이에요", "used_days"), ("12월 3일에 시작해요", "leave_days"),
    ("하루 8시간 일해요", "week_cut"), ("아이가 둘이에요", "child_months"),
])
def test_what_is_no_such_number(text: str, told: Counted) -> None:
    assert number_told(text, told) is None


@pytest.mark.parametrize(("weeks", "yes"), [(12, "네, "), (13, "아니요, "), (31, "아니요, "), (32, "네, ")])
def test_hours_cut_in_a_pregnancy_by_its_weeks(weeks: int, yes: str) -> None:
    assert _asked(f"임신 {weeks}주 직원인데 하루 2시간 단축 해줘야 하나요").text.startswith(yes)


def test_a_no_is_not_followed_by_a_duty() -> None:
    assert "원칙적으로 줘야" not in _asked("임신 24주 직원인데 하루 2시간 단축 해줘야 하나요").text


def test_asked_the_other_way_round_there_is_no_yes_or_no() -> None:
    assert _asked("임신 34주인데 단축 거절해도 되나요").text.startswith("임신 34주는 32주 이후라서")


@pytest.mark.parametrize(("days", "paid"), [(29, False), (30, True)])
def test_the_shortest_leave_with_a_grant(days: int, paid: bool) -> None:
    said = _asked(f"육아휴직 {days}일만 쓴대요 회사 지원금 되나요").text
    assert ("지원금을 받지 못해요" in said) is not paid


@pytest.mark.parametrize(("hours", "yes"), [(10, "네, "), (11, "아니요, ")])
def test_overtime_in_a_month_of_ten_oclock_starts(hours: int, yes: str) -> None:
    assert _asked(f"10시출근제 하는데 이번달 야근이 {hours}시간이었어요 그달 지원금 나와요?").text.startswith(yes)


@pytest.mark.parametrize(("about", "used", "left"), [
    ("family_care_short_leave", 7, "3일이 남아요"), ("family_care_short_leave", 10, "더 남은 날이 없어요"),
    ("infertility_treatment_leave", 4, "2일이 남아요"), ("spouse_childbirth_leave", 5, "15일이 남아요"),
])
def test_days_used_up_are_taken_off_those_of_the_leave_talked_of(about: str, used: int, left: str) -> None:
    assert left in _asked(f"이미 {used}일 썼대요", about).text


@pytest.mark.parametrize(("text", "needed"), [
    ("대체인력 뽑은지 20일만에 그만뒀는데 지원금 되나요", "아니요, 대체인력을 30일 이상"),
    ("하루 1시간 단축하는 직원 일 나눠맡은 동료수당도 지원돼요?", "아니요, 단축은 주 10시간"),
    ("재택 한달에 3번 하면 장려금 나오나요", "아니요, 재택·원격근무는 한 달에 4일"),
    ("육휴 들어간 사람이 배달 알바로 월 180 번대요 급여 끊기나요", "150만원 이상 벌면"),
    ("임신 18주에 유산했어요 휴가 며칠이에요", "30일이에요"),
    ("단축해서 주 12시간만 일하고 싶대요 육아기 단축 되나요", "아니요, 단축한 뒤 주 15~35시간"),
    ("15개월 아기 수유시간 줘야 하나요", "아니요, 아이가 15개월"),
    ("육아휴직 5개월 쓰고 복직하면 세액공제 되나요", "아니요, 육아휴직을 이어서 6개월"),
    ("가족돌봄휴직 2주만 쓰겠대요", "아니요, 가족돌봄휴직은 한 번에 30일 이상"),
])
def test_what_the_number_decides_comes_first(text: str, needed: str) -> None:
    assert needed in _asked(text).text.split("\n")[0]


def test_a_child_past_its_first_birthday_has_no_nursing_time() -> None:
    assert _asked("돌 지난 아이 엄마 수유시간 줘야해요?").text.startswith("아니요, ")


def test_service_told_before_counts_where_the_question_hangs_on_it() -> None:
    assert decided("parental_leave", "육아휴직 줘야 하나요", 4) is not None
    assert decided("parental_leave", "육아휴직 줘야 하나요", 6) is None


@pytest.mark.parametrize(("text", "begins"), [
    ("가족돌봄휴가 20일 줘야 하나요", "아니요, 1년에 10일까지"),
    ("가족돌봄휴가 10일 줘야 하나요", "네, 1년에 10일까지"),
    ("육아휴직 12개월 써도 되나요", "네, "),
    ("육아휴직 2년 써도 되나요", "아니요, 기본은 12개월, 가장 길어도 18개월"),
    ("단기 육아휴직 3일만 써도 돼요?", "아니요, 단기 육아휴직은 1주 또는 2주"),
    ("단기 육아휴직 2주 쓸 수 있나요", "네, 단기 육아휴직은 1주 또는 2주"),
    ("배우자 출산휴가 10일만 줘도 되죠?", "법으로 정한 것은 20일"),
    ("육아기 단축 주 40시간이면 되나요", "아니요, "),
    ("가족돌봄 단축 주 30시간으로 해도 되나요", "네, "),
    ("가족돌봄 단축 주 35시간으로 해도 되나요", "아니요, "),
])
def test_how_long_is_put_against_what_the_law_gives(text: str, begins: str) -> None:
    assert _asked(text).text.startswith(begins)


def test_how_long_somebody_is_on_leave_is_no_answer_to_what_papers_are_needed() -> None:
    assert not _asked("육아휴직 6개월 쓰려면 서류 뭐 내요").text.startswith("네")


def test_who_may_have_a_leave_is_not_said_where_its_length_decides() -> None:
    assert "근속 기간" not in _asked("출산휴가를 60일만 줘도 되나요").text
