"""Words that put right, speak of another worker or go back; and values that cannot be."""

from __future__ import annotations

import pytest

from tests.nlu.reading import facts

MARKS = {"put_right", "another_event", "earlier_event"}


def marks(text: str) -> set[str]:
    return {fact.entity for fact in facts(text)} & MARKS


@pytest.mark.parametrize("text", [
    "아니 20명이에요", "실은 95명이에요", "다시 세어 보니 31명이네요", "25명 말고 28명", "아 잠깐 직원이 24명이에요", "정확히는 29명이요",
    "전화번호가 틀렸어요", "두 명 늘었어요",
])
def test_words_that_put_right(text: str) -> None:
    assert marks(text) == {"put_right"}


@pytest.mark.parametrize("text", ["직원이 40명이에요", "부산 사상구예요", "출산휴가를 써요", "12월부터 육아휴직 가요"])
def test_a_plain_statement_puts_nothing_right(text: str) -> None:
    assert marks(text) == set()


@pytest.mark.parametrize("text", [
    "다른 직원 한 명은 2월에 출산해요", "또 한 명은 3월부터 육아휴직이에요", "남직원도 한 명 육아휴직 가요", "직원 한 명 더 출산해요",
])
def test_another_worker(text: str) -> None:
    assert "another_event" in marks(text)


@pytest.mark.parametrize("text", ["한 명 더 뽑아요", "다른 직원이 나눠 맡아요", "다른 직원들한테 수당을 나눠 줄게요"])
def test_those_who_cover_are_no_other_event(text: str) -> None:
    assert "another_event" not in marks(text)


def test_the_first_worker_again() -> None:
    assert marks("아까 그 직원은 1년 써요") == {"earlier_event"}
    assert marks("먼저 말한 직원부터 볼게요") == {"earlier_event"}


@pytest.mark.parametrize(("text", "of"), [
    ("직원이 -3명이에요", "headcount"), ("직원 마이너스 3명", "headcount"), ("직원 0명", "headcount"), ("100만명이요", "headcount"),
    ("2,000,000명", "headcount"), ("오백만 명", "headcount"), ("2월 30일부터요", "date"), ("13월부터", "date"), ("4월 31일", "date"),
    ("고용보험 든 사람 -2명", "insured_headcount"),
])
def test_what_cannot_be_is_told_of_and_never_carried(text: str, of: str) -> None:
    found = facts(text)
    assert [(fact.entity, fact.value) for fact in found if fact.entity == "impossible"] == [("impossible", of)]
    assert not {"headcount", "insured_headcount", "event_start", "date"} & {fact.entity for fact in found}


@pytest.mark.parametrize("text", ["20-30명이에요", "직원 10명", "1,200명", "2월 28일부터", "2월 29일", "고용보험 든 사람은 0명", "12월 31일"])
def test_what_can_be_is_not_refused(text: str) -> None:
    assert not [fact for fact in facts(text) if fact.entity == "impossible"]
