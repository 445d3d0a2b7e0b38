"""Answers around what is asked: which grants there are, whether it is open now, words around a booking."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answer_lists import asks_for_changes, asks_for_its_program
from knowledge_base.answers import answer, kinds, whether_ours
from knowledge_base.booking_words import asked_why_of, number_lost
from knowledge_base.facts import Facts
from knowledge_base.may_have import asks_which, few_people_named

TODAY = date(2026, 11, 23)


def test_a_penalty_is_told_of_the_right_behind_a_ready_question() -> None:
    said = answer("그럼 거부하면 벌금 얼마에요", facts=Facts(), as_of=TODAY, about="faq_049")
    assert said.items[0] == "childcare_reduced_hours"
    assert "과태료" in said.text


def test_whether_applications_are_taken_now_is_said_first() -> None:
    said = answer("워라밸 4.5 지금 접수하나요", facts=Facts(), as_of=TODAY)
    assert "확인되지 않았어요" in said.text.split("\n")[0]


def test_a_count_told_in_words_decides() -> None:
    assert few_people_named("편의점인데 알바 두명이에요") == 2
    assert few_people_named("5인 미만도 되나요") is None
    assert whether_ours("알바 두명이에요 해당되나요", facts=Facts(), as_of=TODAY).text.startswith("네, 회사 크기로는")


def test_which_grants_there_are_is_answered_with_those_of_the_place() -> None:
    assert asks_which("지원사업 뭐 있나요")
    assert not asks_which("그래서 얼마 받는데요")
    assert kinds(None, as_of=TODAY).items == ["faq_170"]
    assert "gyeonggi_45day" in kinds("41610", as_of=TODAY).items


def test_words_around_a_booking() -> None:
    assert number_lost("예약번호 몰라요")
    assert number_lost("번호를 잃어버렸어요")
    assert not number_lost("전화번호 알려 주세요")
    assert asked_why_of("왜 연락처가 필요해요?") == "contact_phone"
    assert asked_why_of("이름은 왜요") == "contact_name"
    assert asked_why_of("왜 물어봐요?") is None


def test_a_local_program_described_is_asked_for() -> None:
    assert asks_for_its_program("경북 구미 소상공인인데 출산하면 가게 봐줄 사람 인건비")
    assert asks_for_its_program("대전 소상공인 육아휴직 인건비")
    assert not asks_for_its_program("부산 사하구")
    assert not asks_for_its_program("부산 식당 5명인데 직원이 출산해요")


@pytest.mark.parametrize(("text", "of_the_law"), [
    ("그럼 금액 달라지나", False),
    ("그럼 얼마로 바뀌죠", False),
    ("그럼 내년에 금액이 바뀌나요", True),
    ("올해 뭐가 바뀌었어요", True),
])
def test_a_sum_that_changes_with_a_fact_is_no_change_of_law(text: str, of_the_law: bool) -> None:
    assert asks_for_changes(text) is of_the_law
