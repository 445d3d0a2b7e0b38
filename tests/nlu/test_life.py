"""Words of somebody whose life may be at risk are told from sighs and from talk about others' rules."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told


@pytest.mark.parametrize("text", [
    "너무 힘들어서 가게 접고 죽고싶네요",
    "죽고 싶어요",
    "죽고시퍼요 진짜",
    "자살하고 싶다",
    "요새 자해도 하고 그래요",
    "그냥 살기 싫어요",
    "더 살고 싶지 않아요 직원 육휴고 뭐고",
    "확 죽어버릴까 싶어요",
    "옥상에서 뛰어내리고 싶어요",
    "극단적인 선택까지 생각했어요",
    "ㅈㄱ 말고 진짜로 죽는 게 낫겠어요",
    "빚 때문에 목숨을 끊을까 했어요",
    "직원 휴직 때문에 유서까지 써봤어요",
])
def test_a_life_at_risk_is_heard(text: str) -> None:
    assert told(text, "life_at_risk") == ["life_at_risk=True"]


@pytest.mark.parametrize("text", [
    "바빠 죽겠어요",
    "힘들어 죽을 것 같아요",
    "배고파 죽겠다 빨리요",
    "자살예방 교육도 지원되나요",
    "뛰어내려와서 전화 받았어요",
    "가게를 접고 싶네요",
    "직원이 목을 다쳐서 쉬어요",
    "유서 깊은 회사예요",
    "인력난이 목을 매게 하네요",
    "죽 가게예요 직원 셋이고요",
])
def test_a_sigh_is_none(text: str) -> None:
    assert told(text, "life_at_risk") == []
