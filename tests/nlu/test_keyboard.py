"""Slips of the hand: the language key not pressed, a finger on the key next by. English and familiar words stay."""

from __future__ import annotations

import pytest

from bot.nlu.acts import ActModel
from bot.nlu.familiar import put_right
from bot.nlu.normalisation import normalise


@pytest.mark.parametrize(("typed", "read"), [
    ("gbwlr akfrh ekscnrdldy", "휴직 말고 단축이요"),
    ("wjgmlsms en auddl gbwlrgody", "저희는 두 명이 휴직해요"),
    ("30dlf wjsdp akf dks goTdmaus dks wnjeh ehlskdy", "30일 전에 말 안 했으면 안 줘도 되나요"),
    ("25aud dldy", "25명 이요"),
    ("rkqslekbb", "갑니다"),
    ("spqspq", "넵넵"),
    ("tjrekf", "석달"),
    ("dPdir cnlth zzz", "예약 취소"),
])
def test_a_message_in_the_wrong_keyboard_is_read_whole(typed: str, read: str) -> None:
    assert normalise(typed).text == read


@pytest.mark.parametrize("typed", [
    "when can we apply", "work", "so do i", "go to work", "the city", "wifi", "sorry", "SK", "KT", "asdf", "qwer",
    "xin chao", "what is the weather", "naver.com", "https://www.work24.go.kr", "D7K2M9QX", "who am i", "sms",
])
def test_what_is_not_korean_is_left_as_it_is(typed: str) -> None:
    assert normalise(typed).text == typed


def test_an_address_beside_a_slip_is_spared() -> None:
    assert normalise("abc@naver.com dmfh wntpdy").text == "abc@naver.com 으로 주세요"


KNOWN = {text[at:at + 2] for text in ("육아휴직", "휴직신청", "지원금이", "얼마예요", "예약취소해주세요", "왜안돼요", "문자주세요")
         for at in range(len(text) - 1)}


@pytest.mark.parametrize(("typed", "meant"), [
    ("육아휴짇 신청", "육아휴직 신청"), ("예약취소해주게요", "예약취소해주세요"),
    ("육어휴직", "육아휴직"), ("놰 안 돼요", "왜 안 돼요"), ("문저 주세요", "문자 주세요"),
])
def test_a_finger_on_the_next_key_is_put_right(typed: str, meant: str) -> None:
    assert put_right(typed, KNOWN.__contains__) == meant


@pytest.mark.parametrize("typed", ["육아휴직 신청", "김현주입니다", "네", "", "???", "abc", "다온테크예요", "쀍뷁쉙" * 20])
def test_what_is_familiar_or_beyond_help_stays(typed: str) -> None:
    assert put_right(typed, KNOWN.__contains__) == typed


def test_a_slip_does_not_change_the_act() -> None:
    taught = {
        "cancel_visit": ["예약 취소해주세요", "예약 취소할게요", "방문 취소해주세요", "상담 취소할게요"],
        "ask": ["지원금 얼마예요", "육아휴직 지원금 얼마예요", "서류는 얼마예요", "육아휴직 서류는 뭐예요"],
    }
    model = ActModel().fit([text for texts in taught.values() for text in texts],
                           [act for act, texts in taught.items() for _ in texts])
    assert model.rank("예약 취소해주게요")[0][0] == "cancel_visit"
    assert model.rank("지원근 얼마예요")[0][0] == "ask"
