"""What the fact modules are given to read: digits for what is counted in time, nothing that only adorns."""

from __future__ import annotations

import pytest

from bot.nlu.facts.wording import plain
from bot.nlu.normalisation import normalise
from tests.nlu.reading import facts, told


@pytest.mark.parametrize(("typed", "read"), [
    ("육아휴직 😭 삼월 칠일부터 열두 달", "육아휴직 3월 7일부터 12달"),
    ("수원 👶 25명 ㅠㅠ 제조업 !! 12월부터 ^^ 육휴😭😭", "수원 25명 제조업 12월부터 육휴"),
    ("육아휴직일년쓴대요", "육아 휴직 1년 쓴대요"),
    ("12월부터육개월이요", "12월부터 6개월이요"),
    ("내년 유월에요", "내년 6월에요"),
    ("시월 일일부터 일년 반", "10월 1일부터 1년 반"),
    ("이천이십칠년 삼월", "2027년 3월"),
    ("임신 십이주차래요", "임신 12주차래요"),
    ("애가 세 살 반이에요", "애가 3살 반이에요"),
])
def test_times_and_ages_are_read_in_digits(typed: str, read: str) -> None:
    assert plain(normalise(typed)).text == read


@pytest.mark.parametrize("text", [
    "이월된 연차", "제조업이 월요일 휴무", "삼사월쯤", "두세 달", "열댓 명", "백일 지났어요", "네 달라고 하네요", "제일 좋은 날", "일이 많아요", "돌봄", "회사원이 년 단위로",
])
def test_other_words_stay(text: str) -> None:
    assert plain(normalise(text)).text == text


def test_spans_are_those_of_the_message_as_typed() -> None:
    text = "육아휴직 😭😭 십이월부터요"
    (start,) = [fact for fact in facts(text) if fact.entity == "event_start"]
    assert text[start.start : start.end] == "십이월"


@pytest.mark.parametrize(("text", "expected"), [
    ("직원 😅 25명이요 ^^", ["headcount=25"]),
    ("육휴는 삼월 이일부터 육개월이요", ["event_start=2027-03-02", "event_months=6"]),
])
def test_facts_stand_whatever_stands_between(text: str, expected: list[str]) -> None:
    assert [fact for fact in told(text) if not fact.startswith(("event_type", "right"))] == expected
