"""Trades that no list has, judged by their likeness to what owners say; what is no trade stays none."""

from __future__ import annotations

import pytest

from bot.nlu.facts import likely_trades
from tests.nlu.reading import told


@pytest.mark.parametrize(("text", "section"), [
    ("젖 짜는 집이에요", "A"), ("볼트 너트 깎아요", "C"), ("건물 부수는 일 합니다", "F"),
    ("사무실 청소 다니는 업체", "N"), ("애견 장례 치러주는 곳입니다", "S"), ("부천 밸브 40명", "C"),
])
def test_a_trade_is_likened_to_what_owners_say(text: str, section: str) -> None:
    assert told(text, "industry") == [f"industry={section}"]


@pytest.mark.parametrize("text", [
    "육아휴직 쓰는 사람이에요", "중소기업이요", "화성은 어느 센터예요", "직원 교육비 지원", "롯데마트에 납품하는 회사예요",
    "세 명인 스타트업", "서른 명 넘는 회사예요", "법정교육을 무료로 하는 곳이 있나요",
])
def test_what_is_no_trade_or_says_too_little_is_none(text: str) -> None:
    assert told(text, "industry") == []


def test_the_same_phrase_is_always_judged_the_same() -> None:
    first = likely_trades._Likeness().judge("벽돌 굽는")
    assert first == likely_trades._Likeness().judge("벽돌 굽는")
    assert first[0] == "C"
    assert 0 < first[1] <= 1
