"""How old the child is, in months with both ends included; rules about ages tell of no child."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("child_age_months", "child_birth")

CASES = [
    ("육아휴직 3개월이요 애는 두살", ["child_age_months=11..35"]),
    ("8월에 낳았어요", ["child_birth=2026-08-01"]),
    ("출산예정일이 2월 10일이에요", ["child_birth=2027-02-10"]),
    ("돌 지났어요", ["child_age_months=12..23"]),
    ("초등 2학년이에요", ["child_age_months=95..106"]),
    ("아직 뱃속에 있어요", ["child_age_months=0..0"]),
    ("6살이요", ["child_age_months=59..83"]),
    ("서비스업인데 직원 12명이고 부산 해운대예요 직원이 임신 5개월이래요", ["child_birth=2027-04-01"]),
    ("직원 8명 있는 치과입니다. 간호사가 내년 1월에 출산해요", ["child_birth=2027-01-01"]),
    ("23년 5월생이에요", ["child_birth=2023-05-01"]),
    ("아이가 18개월이에요", ["child_age_months=18..18"]),
    ("우리 애가 아니라 직원 애가 초등학교 1학년", ["child_age_months=83..94"]),
    ("쌍둥이 낳았어요 지난달에", ["child_birth=2026-10-01"]),
    ("백일 됐어요", ["child_age_months=3..4"]),
    ("두 돌이요", ["child_age_months=24..25"]),
    ("만 5세요", ["child_age_months=60..71"]),
    ("3살 아이 키우는 직원", ["child_age_months=23..47"]),
    ("직원 와이프가 다음주에 애낳는다고 휴가 달라는데 몇일 줘야돼요?", ["child_birth=2026-11-30"]),
    ("임신 12주 직원이 두시간씩 일찍 퇴근하겠다는데 월급 깎아도 되나요", ["child_birth=2027-06-01"]),
    ("한달 전에 입사한 직원이 임신했대요", ["child_age_months=0..0"]),
    ("아이가 2024년 5월 3일생입니다", ["child_birth=2024-05-03"]),
    ("2024년생이에요", ["child_age_months=23..34"]),
    ("첫째가 7살 둘째가 3살이에요", ["child_age_months=71..95"]),
    ("아직 7개월이에요 아기가", ["child_age_months=7..7"]),
    ("내년 2월 10일이 예정일이에요", ["child_birth=2027-02-10"]),
    ("출산 예정일 2027-02-10", ["child_birth=2027-02-10"]),
    ("예정일은 3월 초예요", ["child_birth=2027-03-01"]),
    ("10월에 태어난 애기예요", ["child_birth=2026-10-01"]),
    ("만 8세 이하만 되나요", []),
    ("초등학교 2학년 이하", []),
    ("8살까지 쓸 수 있나요", []),
    ("30살 여직원", []),
    ("40세 직원", []),
    ("돌솥비빔밥집이에요", []),
    ("돌아와요", []),
    ("애가 다섯살", ["child_age_months=47..71"]),
    ("만 3세예요", ["child_age_months=36..47"]),
    ("첫돌 지났어요", ["child_age_months=12..23"]),
    ("돌 안 됐어요", ["child_age_months=0..11"]),
    ("두돌 지난 아들", ["child_age_months=24..35"]),
    ("백일도 안 된 아기", ["child_age_months=0..3"]),
    ("100일 된 아기", ["child_age_months=3..4"]),
    ("신생아예요", ["child_age_months=0..1"]),
    ("갓난아기 있어요", ["child_age_months=0..1"]),
    ("생후 5개월", ["child_age_months=5..5"]),
    ("14개월 된 딸", ["child_age_months=14..14"]),
    ("초1이요", ["child_age_months=83..94"]),
    ("초등학교 3학년 아들", ["child_age_months=107..118"]),
    ("내년에 초등학교 입학해요", ["child_age_months=71..82"]),
    ("유치원생이에요", ["child_age_months=36..83"]),
    ("임신 8개월이래요", ["child_birth=2027-01-01"]),
    ("임신 20주", ["child_birth=2027-04-01"]),
    ("만삭이에요", ["child_birth=2026-12-01"]),
    ("아직 안 태어났어요", ["child_age_months=0..0"]),
    ("임신 중이에요", ["child_age_months=0..0"]),
    ("입사 3개월 됐어요", []),
    ("네 돌", ["child_age_months=48..49"]),
    ("열 살", ["child_age_months=107..131"]),
    ("애가 만 8세 안 됐어요", ["child_age_months=84..95"]),
    ("만 8세 넘으면 안 되죠", []),
    ("쌍둥이고 15개월이에요", ["child_age_months=15..15"]),
    ("생후 8개월 차예요", ["child_age_months=8..8"]),
    ("간호사가 임신했어요. 야간근무를 빼줘야 하나요?", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_children_are_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected
