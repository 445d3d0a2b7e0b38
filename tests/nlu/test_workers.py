"""Who the worker is: gender, and months with the firm."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("worker_gender", "worker_tenure_months")

CASES = [
    ("저희 수원에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요ㅠ 그 자리를 어떻게 해야할지..", ["worker_gender=female"]),
    ("여직원이고 2년째 다니고 있어요", ["worker_gender=female", "worker_tenure_months=24"]),
    ("남자 직원이에요", ["worker_gender=male"]),
    ("입사한지 8개월 됐어요", ["worker_tenure_months=8"]),
    ("작년 3월에 입사한 직원이에요", ["worker_tenure_months=20"]),
    ("30살 여직원", ["worker_gender=female"]),
    ("직원 와이프가 다음주에 애낳는다고 휴가 달라는데 몇일 줘야돼요?", ["worker_gender=male"]),
    ("1년 2개월 다닌 직원인데 육휴 되나요", ["worker_tenure_months=14"]),
    ("한달 전에 입사한 직원이 임신했대요", ["worker_tenure_months=1"]),
    ("남자 아니고 여자예요", ["worker_gender=male!negated", "worker_gender=female"]),
    ("아이 둘 키우는 여직원이에요", ["worker_gender=female"]),
    ("2025년 3월 1일 입사예요", ["worker_tenure_months=20"]),
    ("3년 넘게 일했어요", ["worker_tenure_months=36"]),
    ("5년차 대리", ["worker_tenure_months=48"]),
    ("근속 10년", ["worker_tenure_months=120"]),
    ("여성이에요", ["worker_gender=female"]),
    ("남자요", ["worker_gender=male"]),
    ("여자 직원 3명", []),
    ("남자도 쓸 수 있나요", []),
    ("여사원", ["worker_gender=female"]),
    ("워킹맘이에요", ["worker_gender=female"]),
    ("6개월 미만 근무자도 되나요", []),
    ("3년째 장사해요", []),
    ("가게 운영 10년째", []),
    ("입사한 지 1년 반", ["worker_tenure_months=18"]),
    ("6개월 된 직원", ["worker_tenure_months=6"]),
    ("반년 다녔어요", ["worker_tenure_months=6"]),
    ("2년차요", ["worker_tenure_months=12"]),
    ("한 3년 일했어요", ["worker_tenure_months=36"]),
    ("2024년 11월에 입사했어요", ["worker_tenure_months=24"]),
    ("올해 3월 입사자예요", ["worker_tenure_months=8"]),
    ("임신한 지 5개월", []),
    ("입사 2년차 여직원이에요", ["worker_tenure_months=12", "worker_gender=female"]),
    ("입사한 지 2년 조금 안 됐어요", ["worker_tenure_months=23"]),
    ("근무한 지 일 년 하고 두 달 됐습니다", ["worker_tenure_months=14"]),
    ("1년도 안 된 직원이에요", ["worker_tenure_months=11"]),
    ("입사한 지 다섯 달 된 사람도 육휴 줘야 돼요?", []),
    ("8개월 차 아기 엄마예요", ["worker_gender=female"]),
    ("15명 중 7명이 여자예요", []),
    ("너 남자야 여자야", []),
    ("아니야 여자야", ["worker_gender=female"]),
    ("애 엄마", ["worker_gender=female"]),
    ("쌍둥이 아빠가 될 직원이 있어요", ["worker_gender=male"]),
    ("대체로 여자 직원들이에요", []),
    ("여자 직원들이 많아요", []),
    ("3개월도 안 됐어요", ["worker_tenure_months=2"]),
    ("입사 3개월도 안 됐어요", ["worker_tenure_months=2"]),
    ("1년이 채 안 됐어요", ["worker_tenure_months=11"]),
    ("반년도 안 됐어요", ["worker_tenure_months=5"]),
    ("근속 10년 이상입니다", ["worker_tenure_months=120"]),
    ("6개월은 넘었어요", ["worker_tenure_months=6"]),
    ("근속 1년 이상이면 되나요", []),
    ("애가 3개월도 안 됐어요", []),
    ("창업한 지 1년도 안 됐어요", []),
    ("육아휴직 간 지 3개월도 안 됐어요", []),
    ("그 자리 비워둔 지 두 달째예요", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_workers_are_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected
