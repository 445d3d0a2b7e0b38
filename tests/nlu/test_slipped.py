"""Slips in number words, in what they count and in the small words around them; real words stay as they are."""

from __future__ import annotations

import pytest

from bot.nlu.facts.slipped import mended


@pytest.mark.parametrize(("typed", "meant"), [
    ("직원 메 명이요", "직원 네 명이요"),
    ("식구가 열허나예요", "식구가 열하나예요"),
    ("서른야덟 있어요", "서른여덟 있어요"),
    ("석 당 쉰대요", "석 달 쉰대요"),
    ("스물세 녕이에요", "스물세 명이에요"),
    ("3월 2일부처 쓴대요", "3월 2일부터 쓴대요"),
    ("8명니라고 했는데", "8명이라고 했는데"),
    ("목요일은 언 되고", "목요일은 안 되고"),
    ("담두 수욜이요", "담주 수욜이요"),
])
def test_a_key_hit_wrong_beside_a_number_is_put_right(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize("text", [
    "설명 듣고 싶어요", "세상 많이 좋아졌네", "산달이 2월이래요", "두세 명이요", "오기로 한 날 바꿔요", "네 잘 알겠어요", "문 열기 전에",
    "그 달에 와요", "마흔에서 쉰 사이예요", "열두 명 말고 열세 명", "재미로 살아요", "두 명 있어요", "",
])
def test_real_words_stay(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("text", ["직원 메 명이요", "서른야덟 있어요", "3월 2일부처 쓴대요", "8명니라고 했는데"])
def test_what_was_meant_is_as_long_as_what_was_typed(text: str) -> None:
    assert len(mended(text)) == len(text)
