"""Sums of the firm's own are read with what they are paid for; figures of grants, limits and counts are none."""

from __future__ import annotations

import pytest

from knowledge_base.pay_told import pay_told


@pytest.mark.parametrize(("text", "won"), [
    ("통상임금 320이에요", 3_200_000), ("월급 350인 직원이 육아휴직 가면 얼마 나와요", 3_500_000),
    ("월급이 280이면 회사가 내는 돈 있어요?", 2_800_000), ("세전 3백만원 받는 직원이에요", 3_000_000),
    ("월급 이백오십", 2_500_000), ("3백50 받아요 월급", 3_500_000), ("2,800,000원 받아요 통상임금", 2_800_000),
    ("기본급 240에 수당 30이에요", 2_400_000), ("연봉 3600인데요", 3_000_000), ("그럼 정부에서 그분한테 얼마줘요 통상임금 240", 2_400_000), ("통상임금 280만 5천원", 2_805_000),
])
def test_the_pay_of_a_worker(text: str, won: int) -> None:
    assert pay_told(text) == {"worker_pay": won}


@pytest.mark.parametrize(("text", "won"), [
    ("새로 뽑은 사람 월급이 250인데 얼마 나와요", 2_500_000), ("대체인력 인건비 월 230만원이에요", 2_300_000),
    ("파견 쓰는데 한달에 이백팔십만원 나가요", 2_800_000), ("알바 쓰는데 월 150 나가요", 1_500_000),
])
def test_what_the_cover_costs(text: str, won: int) -> None:
    assert pay_told(text) == {"cover_pay": won}


@pytest.mark.parametrize(("text", "won"), [
    ("수당 20만원 줄건데", 200_000), ("동료한테 매달 삼십만원 얹어주기로 했어요", 300_000),
    ("동료 둘한테 10만원씩 줘요", 200_000), ("동료 두명한테 월 50씩 주면 업무분담 얼마 지원", 1_000_000),
    ("같은 조 3명이 15만원씩 받고 나눠해요", 450_000), ("10만원 더 주면 되나요 동료한테", 100_000),
])
def test_what_colleagues_get(text: str, won: int) -> None:
    assert pay_told(text) == {"allowance": won}


@pytest.mark.parametrize(("cover", "told"), [
    ("hire", {"cover_pay": 2_000_000}), ("dispatch", {"cover_pay": 2_000_000}), ("coworkers", {"allowance": 2_000_000}),
    (None, {}),
])
def test_a_bare_sum_is_paid_to_the_cover_told_before(cover: str | None, told: dict[str, int]) -> None:
    assert pay_told("월 200 주면 얼마 받죠", cover) == told


@pytest.mark.parametrize("text", [
    "120만원 나온다던데 맞아요?", "지원금 월 30만원씩 12개월 맞죠", "12월부터 월 1회", "월 12시간 줄여요", "3월에 육아휴직",
    "육아휴직 급여 250만원 맞나요", "월 140만원 받을 수 있다던데", "월급 150만원 넘으면 안되나요 알바",
    "직원 20명 월 5명 퇴사", "최저임금 월 215만원", "010-1234-5678", "월 15인 이상", "직원 350명이에요", "매출 3억이에요",
    "동료 두 사람이 나눠하면 60만원씩 둘 다 나와요?", "월급은 30만원 올려줄거에요", "육휴자한테 명절 상여 100만원 줘도 급여 안깎이나요",
    "대전 소상공인 육휴 대체 월 50만원 아직 하나요", "내년에도 업무분담 60만원 그대로에요?",
])
def test_figures_of_grants_limits_and_counts_are_none(text: str) -> None:
    assert pay_told(text) == {}
