"""One key hit wrong: the words that matter are still read, and real Korean is left as it was typed."""

from __future__ import annotations

import pytest

from bot.nlu.normalisation import normalise
from bot.nlu.slips import mended


@pytest.mark.parametrize(("typed", "meant"), [
    ("육아후직 가고 싶대요", "육아휴직 가고 싶대요"),
    ("육야휴직이요", "육아휴직이요"),
    ("직웜이 25멍이에요", "직원이 25명이에요"),
    ("12얼부터 쓴대요", "12월부터 쓴대요"),
    ("출산휴거 3개윌", "출산휴가 3개월"),
    ("수언에서 제조엄 해요", "수원에서 제조업 해요"),
    ("저희는 인천 남돔구예요", "저희는 인천 남동구예요"),
    ("수원25명제조엄12월부터육아후직", "수원25명제조업12월부터육아휴직"),
    ("대쳬인력을 뽑으려고요", "대체인력을 뽑으려고요"),
    ("배우쟈 출산휴가", "배우자 출산휴가"),
])
def test_a_key_hit_wrong_is_put_right(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize("text", [
    "휴직하면 국민연금은 어떻게 되나요", "산후 다이어트", "대체가 어려워요", "휴지 좀 주세요", "고향에서 25명", "안선생님이요", "직언을 하자면",
    "구호단체예요", "임진각 근처", "정정할게요직원20명", "김해영입니다", "박시훈 과장", "이주연이요", "오산이에요 제 생각은",
    "부처님 오신 날", "수업 시간에", "그 돈은 언제 나와요", "ok", "ㅋㅋ", "",
])
def test_real_wording_stays(text: str) -> None:
    assert mended(text) == text


def test_the_length_stays_so_that_spans_hold() -> None:
    read = normalise("육아후직 직웜이요ㅠㅠ")
    assert read.text == "육아휴직 직원이요"
    assert read.span(0, 4) == (0, 4)
    assert read.original[slice(*read.span(5, 7))] == "직웜"
