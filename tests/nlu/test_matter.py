"""What the act model sees of a message: signs of mood and the words people begin with change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import matter


@pytest.mark.parametrize("typed", [
    "육아휴직 며칠이에요 😭🙏",
    "육아휴직 👶 며칠이에요^^",
    "육아휴직 며칠이에요!!",
    "육아휴직 며칠이에요~~ ㅠㅠ",
    "다름이 아니라 육아휴직 며칠이에요",
    "본론만 말씀드리면 육아휴직 며칠이에요",
])
def test_signs_of_mood_and_coming_to_the_point_leave_the_matter_as_it_is(typed: str) -> None:
    plain = matter.matter("육아휴직 며칠이에요")
    assert matter.see(matter.matter(typed)).letters == matter.see(plain).letters
    assert matter.see(matter.matter(typed)).morphemes.startswith(matter.see(plain).morphemes.rstrip(" >"))


@pytest.mark.parametrize("typed", ["😀😀😀", "!!!", "👍"])
def test_signs_alone_are_kept(typed: str) -> None:
    assert matter.matter(typed)


def test_a_shout_between_sentences_ends_one() -> None:
    assert matter.sentences(matter.matter("너무 바빠요! 그런데 육아휴직 며칠이에요?")) == [
        "너무 바빠요.", "그런데 육아휴직 며칠이에요?"]


def test_numbers_are_one_sign() -> None:
    assert matter.see("직원 12명").letters == matter.see("직원 7명").letters


def test_a_second_process_reads_the_same() -> None:
    texts = ["직원이 12명이에요", "육아휴직 며칠이에요", "방문 예약할게요 😀", "네"]
    alone, vectors = matter.learn_from_many(texts, None)
    with matter.second_process(2000) as helper:
        together, found = matter.learn_from_many(texts, helper)
    assert together == alone
    assert np.allclose(found, vectors, atol=1e-5)


def test_an_empty_message_has_a_vector() -> None:
    assert matter.vectors([matter.matter("\u200b")]).shape == (1, 512)
