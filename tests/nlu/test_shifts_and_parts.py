"""Days moved by so much, plans given up for others, and counts of only some of the staff."""

from __future__ import annotations

import pytest

from tests.nlu.reading import facts, told

SHIFTS = [
    ("내일 약속 이틀 뒤로 미뤄주세요", ["2026-11-24!", "2026-11-26"]),
    ("내일 방문 하루 당겨주세요", ["2026-11-24!", "2026-11-23"]),
    ("금요일 방문인데 일주일 미뤄주세요", ["2026-11-27!", "2026-12-04"]),
    ("이틀 뒤로 미루고 싶어요", []),
    ("일주일 뒤로 미뤄주세요", []),
    ("두 시간 뒤로 미뤄주세요", []),
    ("사흘 뒤로 잡아주세요", ["2026-11-26"]),
    ("일주일 뒤에 와주세요", ["2026-11-30"]),
    ("26일은 안 되고 그 다음날 오전이요", ["2026-11-26!", "2026-11-27"]),
    ("그날 말고 다음날이요", []),
    ("금요일은 안 되고 그 다음주 월요일 4시면 돼요", ["2026-11-27!", "2026-11-30"]),
    ("담주 화요일 점심 먹고 2시?", ["2026-12-01"]),
    ("목욜 3시반 ㄱㄴ?", ["2026-11-26"]),
    ("제일 가까운 데가 어디예요", []),
    ("제일 가까운 날로 잡아주세요", ["2026-11-23"]),
    ("화요일에서 금요일로 변경해줘요", ["2026-11-24!", "2026-11-27"]),
    ("예약 시간 2시에서 4시로 변경", ["2026-11-23!", "2026-11-23"]),
    ("12월 2일을 9일로 바꿔주세요 방문", ["2026-12-02!", "2026-12-09"]),
    ("연말 지나고 1월에 방문 받을 수 있나요", ["2027-01-01"]),
    ("예약한 거 한 주 뒤로", []),
    ("근무를 9시에서 10시로 바꿔달래요", []),
]


@pytest.mark.parametrize(("text", "expected"), SHIFTS)
def test_a_visit_is_moved_from_its_own_day(text: str, expected: list[str]) -> None:
    windows = [fact for fact in facts(text) if fact.entity == "visit_window"]
    assert [fact.value["start"][:10] + ("!" if fact.role else "") for fact in windows] == expected


PLANS = [
    ("12월 1일부터 쉬기로 했는데 일주일 미뤘대요", ["event_start=2026-12-01!negated", "event_start=2026-12-08"]),
    ("휴직을 두 달 뒤로 미뤘대요", []),
    ("1월부터 쉰다고 했다가 2월로 바꿨어요", ["event_start=2027-01-01!negated", "event_start=2027-02-01"]),
    ("1년 쓴다더니 6개월만 쓴대요", ["event_months=12!negated", "event_months=6"]),
    ("8개월 쓰기로 했는데 6개월만 쓰겠대요", ["event_months=8!negated", "event_months=6"]),
    ("1년이 채 안 됐어요", []),
    ("3개월 동안 알아봤는데 다들 모른대요", []),
]


@pytest.mark.parametrize(("text", "expected"), PLANS)
def test_a_plan_gives_way_to_the_next_one(text: str, expected: list[str]) -> None:
    assert told(text, "event_start", "event_months") == expected


COUNTS = [
    ("그중 여직원 셋", []),
    ("직원 중에 여직원이 3명이에요", []),
    ("간호사만 넷이에요", []),
    ("간호사만 넷 있어요", ["headcount=4"]),
    ("직원만 셋이에요", ["headcount=3"]),
    ("여직원만 셋이에요", ["headcount=3"]),
    ("정규직만 20명입니다", ["headcount=20"]),
    ("한 부서에 3명", []),
    ("한 팀에 5명인데 이 친구 빠지면 팀이 안 돌아가요", []),
    ("매장에 3명 있어요", ["headcount=3"]),
    ("직원 3명이에요", ["headcount=3"]),
    ("두 명이 반반 나눠서 해요", []),
    ("40명 아니고 14명 잘못 침", ["headcount=40!negated", "headcount=14"]),
    ("상시근로자가 딱 30명 넘었다 안 넘었다 해요", ["headcount=30~27..33"]),
    ("스무 명이 안 되는 걸로 알아요 열여덟인가", ["headcount=18"]),
    ("직원 수는 스물 안 돼요 열아홉", ["headcount=19"]),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_some_of_the_staff_are_not_all_of_it(text: str, expected: list[str]) -> None:
    assert told(text, "headcount", "worker_gender") == expected
