"""Stems: what is left of a message without politeness and case, and what must not be lost with them."""

from __future__ import annotations

import pytest

from bot.nlu.normalisation import normalise
from bot.nlu.stems import stems
from knowledge_base.morphemes import morphemes


def _stems(text: str) -> list[str]:
    return stems(morphemes(text))


@pytest.mark.parametrize(("one", "other"), [
    ("예약을 취소할게요", "예약 취소할게"),
    ("잘 모릅니다", "잘 몰라요"),
    ("직원이 육아휴직을 쓴대요", "직원은 육아휴직 쓴대"),
    ("언제 오십니까", "언제 오나요"),
    ("방문을 취소해 주십시오", "방문 취소해 주세요"),
])
def test_politeness_and_particles_make_no_difference(one: str, other: str) -> None:
    assert _stems(one) == _stems(other)


@pytest.mark.parametrize(("one", "other"), [
    ("예약을 취소할게요", "예약을 취소할까요"),
    ("휴직을 쓴대요", "휴직을 쓰나요"),
    ("그만하세요", "그만합니다"),
    ("신청했어요", "신청 안 했어요"),
])
def test_what_a_sentence_does_makes_a_difference(one: str, other: str) -> None:
    assert _stems(one) != _stems(other)


def test_which_number_it_is_makes_none() -> None:
    assert _stems("직원 12명") == _stems("직원 30명")


def test_a_rude_finger_is_no_mere_mood() -> None:
    assert normalise("🖕").text == normalise("ㅗ").text != normalise("😀").text
