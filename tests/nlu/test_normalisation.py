"""One writing for what people type, and spans that lead back to what they typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.nlu import hangul
from bot.nlu.normalisation import LONGEST, normalise

CASES = [
    ("dkssudgktpdy", "안녕하세요"), ("wlrdnjs 25auddldpdy", "직원 25명이에요"), ("rkatkgkqslek", "감사합니다"),
    ("sp", "네"), ("ss", "아니"), ("dd", "응"), ("25aud", "25명"),
    ("안녕하세ㅛ", "안녕하세요"), ("안녕하셍ㅛ", "안녕하세요"), ("ㅇㅏㄴ녕", "안녕"), ("육아휴지ㄱ 쓴대요", "육아휴직 쓴대요"),
    ("있습니다ㅏ", "있습니다"), ("넵ㅂ", "넵"), ("육아휴직ㅇ", "육아휴직"),
    ("ㅇㅇ", "응"), ("ㄴㄴ요", "아니요"), ("ㄱㄱ", "고고"), ("ㄱㅅ", "감사"), ("ㅈㅅ", "죄송"), ("ㅁㄹ", "모르겠어"), ("ㅇㅋ", "오케이"), ("ㅇ", "응"),
    ("육휴 ㄱㄱ", "육휴 고고"),
    ("간대요ㅠㅠㅠ", "간대요"), ("ㅋㅋㅋㅋㅋㅋ", "ㅋㅋ"), ("ㅋㅋㅋ 진짜요?", "진짜요?"), ("네네네네", "네"), ("육아휴직~~", "육아휴직"),
    ("10~15명", "10~15명"), ("010-1111-1111", "010-1111-1111"), ("10000000원", "10000000원"), ("와!!!!!", "와!"),
    ("１２명", "12명"), ("㈜한빛", "(주)한빛"), ("육아휴직\u200b 지원금\u202e", "육아휴직 지원금"), ("A\u0301\u0302\u0303", "A"),
    ("Z\u0351\u036b\u0343A\u0335L", "ZAL"), ("직원\x00 25\x07명", "직원 25명"), ("네👍🏻", "네👍"), ("😀😀😀", "☺"), ("  수원  \n\n 25명 ", "수원\n25명"),
    ("hello", "hello"), ("IT회사", "IT회사"), ("HR 담당", "HR 담당"), ("abc@naver.com", "abc@naver.com"), ("D7K2M9QX", "D7K2M9QX"),
    ("can i get maternity leave", "can i get maternity leave"), ("www.work24.go.kr", "www.work24.go.kr"), ("", ""), ("   ", ""),
]


@pytest.mark.parametrize(("typed", "read"), CASES)
def test_a_message_is_brought_to_one_writing(typed: str, read: str) -> None:
    assert normalise(typed).text == read


def test_decomposed_hangul_reads_like_composed() -> None:
    import unicodedata

    assert normalise(unicodedata.normalize("NFD", "육아휴직 지원금 얼마예요")).text == "육아휴직 지원금 얼마예요"


@pytest.mark.parametrize(("typed", "part", "original"), [
    ("dkssud 25aud", "25명", "25aud"), ("ㅋㅋㅋ 직원은 25명", "25명", "25명"), ("우리\u200b회\u0000사 25명", "25명", "25명"),
    ("간대요ㅠㅠㅠ 12월부터", "12월", "12월"), ("육아휴지ㄱ 쓴대요", "육아휴직", "육아휴지ㄱ"), ("😀😀 수원", "수원", "수원"),
])
def test_spans_lead_back_to_what_was_typed(typed: str, part: str, original: str) -> None:
    normalised = normalise(typed)
    start = normalised.text.index(part)
    first, last = normalised.span(start, start + len(part))
    assert typed[first:last] == original


def test_a_long_message_keeps_its_beginning_and_its_end() -> None:
    normalised = normalise("처음" + "가나다라마바사" * 300 + " 직원 25명")
    assert normalised.cut
    assert len(normalised.text) <= LONGEST + 1
    assert normalised.text.startswith("처음")
    assert normalised.text.endswith("직원 25명")


def test_a_message_of_just_the_longest_length_is_whole() -> None:
    text = "가나" * (LONGEST // 2)
    assert normalise(text).text == text
    assert not normalise(text).cut


@given(st.text(max_size=300))
@example("℠℠")
@example("ﬁﬁ")
def test_every_character_read_came_from_somewhere(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.origins) == len(normalised.text)
    assert all(0 <= start < end <= len(text) for start, end in normalised.origins)


@given(st.text(alphabet="가각힣있뿡쀍", max_size=20))
def test_letters_taken_apart_compose_again(text: str) -> None:
    letters = [(letter, at, at + 1) for at, letter in enumerate("".join(
        "".join(hangul.take_apart(char)) for char in text)) if letter]
    composed = "".join(char for char, _, _ in hangul.compose(letters))
    assert len(composed) >= len(text) / 2


@pytest.mark.parametrize(("typed", "meant"), [
    ("dlscjs skaehdrndptj rmagud rhdwkd gkqslek wlrdnjsdms 18auddlqslek", "인천 남동구에서 금형 공장 합니다 직원은 18명입니다"),
    ("rhdydqhgjadms ek emfdjdlTdjdy", "고용보험은 다 들어있어요"),
])
def test_in_a_message_typed_on_the_wrong_keyboard_every_word_is_turned_back(typed: str, meant: str) -> None:
    assert normalise(typed).text == meant


@pytest.mark.parametrize("text", ["how much money do i get", "my company has 25 workers in suwon", "IT회사 25명", "GS25"])
def test_english_stays_english(text: str) -> None:
    assert normalise(text).text == text
