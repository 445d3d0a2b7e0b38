"""Disturbed wordings: each kind does what its name says, always alike, and spares what must not change."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu import perturbation
from bot.nlu.evaluation import Utterance


def _disturbed(kind: str, text: str, intent: str = "inform", **facts: Any) -> str | None:
    return perturbation.disturb(kind, Utterance(text, intent, facts=facts))


@pytest.mark.parametrize(("kind", "text", "expected"), [
    ("no_spaces", "직원이 육아휴직 간대요", "직원이육아휴직간대요"),
    ("english_keyboard", "안녕하세요", "dkssudgktpdy"),
    ("english_keyboard", "왜 물어봐요?", "dho anfdjqhkdy?"),
    ("number_forms", "직원 25명이에요", "직원 스물다섯 명이에요"),
    ("number_forms", "3월부터 6개월 쉬어요", "삼월부터 육개월 쉬어요"),
    ("number_forms", "서른두 명입니다", "32명입니다"),
    ("speech_level", "육아휴직 거부해도 되나요?", "육아휴직 거부해도 되나?"),
    ("particles", "직원이 휴직을 신청했어요", "직원은 휴직 신청했어요"),
])
def test_a_message_as_other_hands_type_it(kind: str, text: str, expected: str) -> None:
    assert _disturbed(kind, text) == expected


@pytest.mark.parametrize(("kind", "text", "intent"), [
    ("no_spaces", "네", "affirm"),
    ("english_keyboard", "hr@firm.kr로 주세요", "inform"),
    ("number_forms", "010-1234-5678", "inform"),
    ("adjacent_keys", "네", "affirm"),
    ("long_preamble", "아 짜증나게 하시네요 정말", "annoyed"),
])
def test_a_kind_that_does_not_apply_leaves_the_message_out(kind: str, text: str, intent: str) -> None:
    assert _disturbed(kind, text, intent) in (None, text)


@pytest.mark.parametrize("kind", sorted(perturbation.KINDS))
def test_the_same_message_is_always_disturbed_alike(kind: str) -> None:
    text = "저희 수원에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요"
    assert _disturbed(kind, text) == _disturbed(kind, text)


def test_a_slip_of_the_finger_changes_one_letter_but_never_a_name() -> None:
    text = "최은주입니다 잘 부탁해요"
    slipped = _disturbed("adjacent_keys", text, person_name="최은주")
    assert slipped is not None
    assert slipped != text
    assert slipped.startswith("최은주")
    assert len(slipped) == len(text)


def test_a_long_preamble_keeps_the_message_at_its_end() -> None:
    long = _disturbed("long_preamble", "직원이 육아휴직을 간대요")
    assert long is not None
    assert long.endswith("직원이 육아휴직을 간대요")
    assert len(long) > 100
