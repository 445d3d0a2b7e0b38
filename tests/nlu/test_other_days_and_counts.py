"""Days and counts of something else than what they look like, and the ways offices and owners write both."""

from __future__ import annotations

import pytest

from tests.nlu.reading import facts, told

DAYS = ("event_start", "event_months", "cover_start", "child_birth")
COUNTS = ("headcount", "insured_headcount", "number")
TENURE = ("worker_tenure_months",)

OTHER_DAYS = [
    ("9월 1일부터 육아휴직 중이고 내년 8월 말에 끝나요", ["event_start=2026-09-01"]),
    ("지원금이 12월에 끝나는데 3월부터 육휴 가는 직원이 또 있어요", ["event_start=2027-03-01"]),
    ("계약이 내년 6월에 끝나는 계약직이 육아휴직 쓰겠다고 해요", []),
    ("11월 10일에 신청했는데 12월 10일부터 쉬고 싶답니다", ["event_start=2026-12-10"]),
    ("12월 10일에 육아휴직 들어가요", ["event_start=2026-12-10"]),
    ("건강검진이 12월이고 휴가는 안 정해졌어요", []),
    ("휴직이 12월이고 대체인력은 안 정해졌어요", ["event_start=2026-12-01"]),
    ("직원 3개월 수습 끝나고 12월부터 정식인데 바로 육아휴직 쓴대요", []),
    ("이번달 수당까지 다 줬어요 1일부터 휴직이고요", ["event_start=2026-12-01"]),
    ("4월에 복직했어요", ["event_start=2026-04-01"]),
    ("4월에 복직해요", ["event_start=2027-04-01"]),
    ("12월 7일에 대체인력이 오고 휴직은 21일부터예요", ["cover_start=2026-12-07", "event_start=2026-12-21"]),
    ("새 직원은 1월 4일부터 출근하고 휴직자는 1월 18일부터 빠져요",
     ["cover_start=2027-01-04", "event_start=2027-01-18"]),
    ("한 달 미뤄서 2월부터 하기로 했어요", ["event_start=2027-02-01"]),
    ("어제 새벽에 아기 나왔답니다", ["child_birth=2026-11-22"]),
    ("당장 내일부터 못 나온대요", ["event_start=2026-11-24"]),
    ("3월부터 6월까지 하루 두 시간씩 줄여서 일한대요", ["event_start=2027-03-01", "event_months=4"]),
    ("3월부터 인원을 줄이려고요", []),
    ("시작일이 당겨졌어요 12월 7일로", ["event_start=2026-12-07"]),
    ("육아휴직 2026. 12. 1. ~ 2027. 5. 31.", ["event_start=2026-12-01", "event_months=6"]),
    ("26.12.1.~27.5.31. 육아휴직", ["event_start=2026-12-01", "event_months=6"]),
    ("내년 1.1.~12.31. 육아휴직", ["event_start=2027-01-01", "event_months=12"]),
    ("하루 3.5~4.5시간 줄여요", []),
    ("2018년부터 있던 직원이에요", []),
    ("12월 31일자로 퇴사하는 직원 자리랑 육휴 자리 둘 다 비어요", []),
    ("내년 1월에 이사 가는데 육아휴직은 2월부터예요", ["event_start=2027-02-01"]),
    ("배우자 출산휴가 며칠이에요? 아내가 12월 20일 예정이에요", ["child_birth=2026-12-20"]),
    ("휴직이 12월 20일 예정이에요", ["event_start=2026-12-20"]),
    ("예정일이 3월이었는데 2월로 당겨질 거래요", ["child_birth=2027-03-01!negated", "child_birth=2027-02-01"]),
    ("지금 임신 28주고 예정일은 2월 16일입니다", ["child_birth=2027-02-16"]),
    ("육아휴직기간 2027-01-01~2027-06-30", ["event_start=2027-01-01", "event_months=6"]),
    ("이달 말일까지 근무하고 다음 달 1일부터 출산휴가 석 달 들어가요", ["event_start=2026-12-01", "event_months=3"]),
    ("10월 중순부터 쉬고 있고 내년 4월 중순까지요", ["event_start=2026-10-11", "event_months=6"]),
    ("이미 들어갔어요 9월에", ["event_start=2026-09-01"]),
    ("직원이 쌍둥이를 낳았어요. 9월 3일이요. 출산휴가 쓰고 있습니다.", ["child_birth=2026-09-03"]),
    ("출산예정일은 2월 10일이고 예정일 한달 전부터 쉰대요", ["child_birth=2027-02-10", "event_start=2027-01-10"]),
    ("제왕절개 날짜를 잡았대요 1월 7일로", ["child_birth=2027-01-07"]),
    ("휴직 끝나는 날이 2월 말이에요", []),
    ("저희 쪽은 다음 달부터 공사 들어가서 바빠져요", []),
    ("직원이 내일부터 안 나온대요", []),
    ("6개월이 아니라 1년이라네요", ["event_months=6!negated", "event_months=12"]),
    ("아이가 6개월이 아니라 1년 됐대요", []),
    ("둘도 없는 에이스인데 1년을 비운답니다", ["event_months=12"]),
    ("복직하고 6개월 안 다니면", []),
    ("육아휴직 1년 쓰면 퇴직금은 어떻게 돼요", []),
    ("육아휴직 1년 쓰면서 공부한대요", ["event_months=12"]),
    ("직원이 아파서 한 달 쉰대요", []),
    ("아이가 아파서 한 달 쉰대요", ["event_months=1"]),
    ("병가 한 달 쓰고 바로 출산휴가로 넘어가요", []),
    ("고용24 주소", []),
    ("4대보험은 작년부터 넣었고요", []),
    ("식구끼리 하다가 올해부터 직원 셋 뒀어요", []),
    ("혼자 하다가 작년에 직원 하나 뽑았어요", []),
    ("애 아빠예요 다음 달에 아내가 출산해요", ["child_birth=2026-12-01"]),
    ("그러면 1년 반은 누가 쓸 수 있는 건데요", []),
    ("어제부로 출산휴가 들어갔습니다", ["event_start=2026-11-22"]),
    ("내후년 1월에 육아휴직 갈 거 같아요", ["event_start=2028-01-01"]),
    ("휴직 두 달 전인 11월부터 대체자가 와서 배우고 있어요", ["cover_start=2026-11-01"]),
    ("평일은 12월부터 새로 구한 사람이 와요", ["cover_start=2026-12-01"]),
    ("공장이 바쁜 월초는 피하고 15일 이후로 잡아주세요", []),
    ("아이가 만 5세 7개월이에요", []),
    ("작년 8월부터 출근한 직원이에요", []),
    ("대체자는 벌써 11월 초에 왔어요", ["cover_start=2026-11-01"]),
]
OTHER_COUNTS = [
    ("개발팀 8명 전체 직원은 14명이에요", ["headcount=14"]),
    ("우리 팀 6명 회사는 80명", ["headcount=80"]),
    ("우리 지점은 여덟 명인데 회사 전체로는 340명이에요", ["headcount=340"]),
    ("형네 회사는 200명 우리 매장은 5명", ["headcount=200!other", "headcount=5"]),
    ("그룹 전체는 천 명이고 우리 매장은 5명이에요", ["headcount=1000!other", "headcount=5"]),
    ("주방팀 3명 홀팀 4명", ["headcount=7"]),
    ("본사 직원 40명에 매장 직원이 60명 정도요", ["headcount=100~94..106"]),
    ("직원수 40 육아휴직자 2 대체인력 채용예정 1", ["headcount=40"]),
    ("주방 셋 홀 둘이고 홀 한 명이 휴직해요", ["headcount=5"]),
    ("상반기에 7명 퇴사했고 현재원 52명", ["headcount=52"]),
    ("육아휴직 쓴 직원이 네 명 있었어요", []),
    ("휴직 들어가는 사람이 두 명이에요", []),
    ("한 명 빼먹었어요 8명입니다", ["headcount=8"]),
    ("두어 명 쓰고 있어요", ["headcount=2~2..3"]),
    ("육아휴직 두 명 쓰고 있어요", []),
    ("코로나 전엔 열다섯 썼는데 이젠 다섯 써요", ["headcount=5"]),
    ("지점이 세 군데고 지점마다 네 명씩이에요", ["headcount=12"]),
    ("매장 세 곳에 직원 4명씩 총 12명이에요", ["headcount=12"]),
    ("알바 빼고 여섯이요 알바는 넷", ["headcount=10"]),
    ("인원 수정할게요 60이 아니라 66이요", ["headcount=60!negated", "headcount=66"]),
    ("직원 1명", ["headcount=1"]),
    ("여직원 1명", []),
    ("여나믄 명 돼유", ["headcount=11~10..13"]),
    ("스물다섯 정도 됩니다", ["number=25~23..27"]),
    ("상시근로자 30인 이상 300인 미만이면 뭐가 다른가요", ["headcount=30~30..None!hypothetical", "headcount=299~None..299!hypothetical"]),
    ("저희는 30인 이상 300인 미만이에요", ["headcount=164~30..299"]),
    ("제조/32명/육휴1명", ["headcount=32"]),
    ("육휴1명 1월/2월", []),
    ("1. 직원 7명 2. 고용보험 가입 3. 서울", ["headcount=7"]),
    ("분담자 2명 각 20만원 지급", []),
    ("작년에 처음 직원 두 명을 뽑았어요", ["headcount=2"]),
    ("작년에 직원 두 명을 뽑았어요", []),
    ("3명 있다가 1명 나가서 2명이에요", ["headcount=3!hypothetical", "headcount=2"]),
    ("정직원 5, 주말 알바 3명, 평일 알바 2명", ["headcount=10"]),
    ("직원 전부 4대보험 들어있고 14명이에요", ["headcount=14"]),
    ("서울 소프트웨어 개발 35인 육아휴직자 2명 발생", ["headcount=35"]),
    ("총원 62명, 여성 48명입니다", ["headcount=62"]),
    ("외국인 근로자가 다섯 명 있고 한국인 직원은 열두 명이에요", ["headcount=17"]),
    ("지금은 14명인데 곧 16명 돼요", ["headcount=14", "headcount=16!hypothetical"]),
    ("하청 인원까지 하면 쉰 명인데 우리 소속은 서른하나예요", ["headcount=31"]),
    ("딸기 따는 철엔 스무 명 평소엔 넷", ["headcount=4"]),
    ("안경점인데 안경사가 셋 있어요", ["headcount=3"]),
    ("작년에 권고사직한 사람이 한 명 있어요", []),
    ("연락 온 사람이 둘인데 경력이 없대요", []),
    ("분담하는 직원 두 명한테 10만원씩 줘요", []),
    ("남은 셋이서 일을 쪼개서 해요", []),
    ("지난달에 경영상 이유로 두 명 내보냈어요", []),
    ("결혼한 사람은 셋뿐이에요", ["headcount=3"]),
    ("한 사람 월급도 아쉬운 형편이에요", []),
    ("그 직원은 3.3으로 처리하고 있어요", []),
    ("휴게시간 30분 줘야 하나요", []),
    ("임신한 직원은 없어요", []),
    ("직원은 없어요", ["headcount=0"]),
    ("늦둥이를 가졌대요 마흔둘인데", []),
    ("아이가 셋이 아니라 둘이에요", []),
    ("두 명이 아니고 세 명", ["headcount=2!negated", "headcount=3"]),
    ("스무 명이 아이고 서른 명이다", ["headcount=20!negated", "headcount=30"]),
    ("다섯 명인데 육휴 준 회사 있어요?", ["headcount=5!hypothetical"]),
    ("보험은 열 명이 들었어요", ["insured_headcount=10"]),
    ("사대보험은 여섯만", ["insured_headcount=6"]),
    ("알바 둘 빼면 정직원은 셋", ["headcount=3"]),
    ("대리 둘 중에 한 명이 휴직해요", []),
    ("직원 수는 사무직까지 다 해서 마흔 좀 안 됩니다", ["headcount=40"]),
    ("앗 오타 18명이에요", ["headcount=18"]),
    ("잘못 쓴 20명은 지워주세요", []),
    ("장정 여섯이서 하는 철공소여", ["headcount=6"]),
    ("아이는 만으로 여섯이고요", []),
    ("지금 여덟 명 가입돼 있어요 4대보험", ["insured_headcount=8"]),
    ("4대보험은 작년부터 넣었고요 지금 여덟 명 가입돼 있어요", ["insured_headcount=8"]),
    ("상주 인력 42명, 나가 있는 직원 60명 합이 102명입니다", ["headcount=102"]),
    ("한 명 채용하면 딱 50명이 되는데 지금 49명이에요", ["headcount=50!hypothetical", "headcount=49"]),
    ("알바까지 하면 딱 50명이에요", ["headcount=50"]),
    ("사업장이 두 개인데 A는 12명 B는 7명이에요", ["headcount=19"]),
    ("대표자 1인, 근로자 6인", ["headcount=6"]),
    ("조합원 120명에 직원 6명 있는 협동조합", ["headcount=6"]),
    ("지원자 5명 중에 1명 뽑았습니다", []),
    ("고용산재 가입된 사람 23명", ["insured_headcount=23"]),
    ("1백20명", ["headcount=120"]),
    ("예순둘이에요 직원이", ["headcount=62"]),
    ("직원이 한두 명", ["headcount=1~1..2"]),
    ("12명인데요 알바 3명 포함이에요", ["headcount=12"]),
    ("영업 6 / 창고 5 / 대표 1", ["headcount=11"]),
    ("원장 1명 교사 5명 조리사 1명", ["headcount=6"]),
    ("우리 반 교사 3명 전체 교직원 22명", ["headcount=22"]),
    ("직원이 스무명인 줄 알았는데 세보니 열아홉명", ["headcount=20!negated", "headcount=19"]),
    ("주방 직원만 다섯이고 홀까지 하면 아홉", ["headcount=9"]),
    ("총 고용인원: 44", ["headcount=44"]),
    ("50명이 넘는지 안 넘는지 모르겠어요", ["headcount=51~51..None!hypothetical"]),
    ("근로계약 한 사람은 11명이요", ["headcount=11"]),
    ("4대 넣는 직원은 네 명이에요", ["insured_headcount=4"]),
    ("고보 가입 16명", ["insured_headcount=16"]),
]
TENURES = [
    ("9년째 같이 일하는 실장이 휴직하겠대요", ["worker_tenure_months=108"]),
    ("휴직 2년째 쉬고 있는 직원이 있어요", []),
    ("6년이나 같이 일한 친구예요", ["worker_tenure_months=72"]),
    ("10년을 같이 했어요", ["worker_tenure_months=120"]),
    ("근속 5년 이상 된 직원이에요", ["worker_tenure_months=60"]),
    ("근속 5년 이상 된 직원만 되나요", []),
    ("우리 직원은 8개월 됐어요", ["worker_tenure_months=8"]),
    ("임신한 직원은 8개월 됐어요", []),
    ("6개월 근무하면 신청할 수 있다던데 우리 알바는 5개월 됐거든요", ["worker_tenure_months=5"]),
    ("지금 2개월째 육휴 중이에요", []),
    ("4년 조금 넘었어요 다닌 지", ["worker_tenure_months=48"]),
    ("저랑 20년을 했어요", ["worker_tenure_months=240"]),
    ("육아휴직 갔다 온 지 1년 된 직원이 둘째를 가졌대요", []),
    ("주 15시간으로 줄여서 8개월 일하고 싶답니다", []),
    ("6개월이요 근무한 지", ["worker_tenure_months=6"]),
    ("창립 멤버예요 12년 됐어요", ["worker_tenure_months=144"]),
    ("1년은 안 됐고 11개월째래요", ["worker_tenure_months=11"]),
    ("왜 근무한 개월 수를 따지죠", []),
    ("공고 올린 지 두 달째 사람을 못 구했어요", []),
    ("근무기간은 총 2년 8개월이에요", ["worker_tenure_months=32"]),
    ("지난 4월 1일자 입사자예요", ["worker_tenure_months=7"]),
    ("작년 8월부터 출근한 직원이에요", ["worker_tenure_months=15"]),
    ("34주차라 오늘내일해요", []),
]


VISITS = [
    ("3시로 잡은 거 4시로 바꿔주세요", ["!11-23T15", "11-23T16"]),
    ("내일 오시는 거 모레로 바꿀 수 있어요?", ["!11-24T00", "11-25T00"]),
    ("금요일 예약을 월요일로", ["!11-27T00", "11-30T00"]),
    ("26일 오후로 했는데 27일 오전으로 바꿀게요", ["!11-26T13", "11-27T09"]),
    ("27일 말고 30일로 바꿔주세요", ["11-30T00"]),
    ("15일로 바꿀 수 있어요?", ["12-15T00"]),
    ("점심시간 피해서 금요일 오후 4시쯤이 좋아요", ["11-27T16"]),
    ("담주 아무때나 오후면 다 좋아요", ["11-30T00"]),
    ("내일 오전에 전화 한 통 주세요", ["11-24T09"]),
    ("저녁 장사 전에 두 시쯤", ["11-23T14"]),
    ("금요일 오후에 쉬는 걸로 바꾸고 싶어요", []),
    ("웨딩홀이에요 주말에 바쁘고요", []),
    ("연차를 토요일로 까도 되나", []),
]


@pytest.mark.parametrize(("text", "expected"), VISITS)
def test_a_time_put_aside_is_no_time_that_suits(text: str, expected: list[str]) -> None:
    windows = [fact for fact in facts(text) if fact.entity == "visit_window"]
    assert [("!" if fact.role else "") + fact.value["start"][5:13] for fact in windows] == expected


AGES = [
    ("애가 이제 막 어린이집 들어갔어요 16개월이요", 16),
    ("애가 있어요 휴직은 16개월이요", None),
    ("만 8세 이하만 되나요 우리 애는 만 5살이에요", 60),
    ("애가 아홉 살인데 만으로는 7살이에요", 84),
    ("만 8세까지 되는 거죠", None),
]


@pytest.mark.parametrize(("text", "months"), AGES)
def test_the_child_s_own_age_is_told_from_the_rule_s(text: str, months: int | None) -> None:
    ages = [fact.value["min"] for fact in facts(text) if fact.entity == "child_age_months"]
    assert ages == ([] if months is None else [months])


@pytest.mark.parametrize(("text", "expected"), OTHER_DAYS)
def test_a_day_of_something_else_begins_no_leave(text: str, expected: list[str]) -> None:
    assert told(text, *DAYS) == expected


@pytest.mark.parametrize(("text", "expected"), OTHER_COUNTS)
def test_a_part_and_those_who_leave_are_no_staff(text: str, expected: list[str]) -> None:
    assert told(text, *COUNTS) == expected


@pytest.mark.parametrize(("text", "expected"), TENURES)
def test_years_with_the_firm_are_told_from_others(text: str, expected: list[str]) -> None:
    assert told(text, *TENURE) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("직원 수는 대략 마흔에서 쉰 사이", ["headcount=45~40..50"]),
    ("대체인력은 생각 안 하고 있어요", ["cover=hire!negated"]),
    ("대신 일할 사람은 이미 출근하고 있어요 한 달 전부터", ["cover=hire"]),
    ("출산휴가 두 달은 저희가 월급 주고 마지막 달은 안 주려고요", []),
    ("출산휴가 두 달 간대요", ["event_months=2"]),
])
def test_between_two_numbers_nobody_thought_of_and_days_of_the_cover(text: str, expected: list[str]) -> None:
    assert told(text, "headcount", "cover", "event_start", "event_months") == expected
