"""What happens: told, denied, only asked about."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("event_type", "flexible_mode")

CASES = [
    ("와이프 산후조리한다고 한 달 쉬고 싶대요", ["event_type=spouse_maternity_leave"]),
    ("네 시간만 나온대요", ["event_type=childcare_reduced_hours"]),
    ("오전에만 나온대요", ["event_type=childcare_reduced_hours"]),
    ("알바는 네 시간만 나온대요", []),
    ("저희 수원에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요", ["event_type=parental_leave"]),
    ("육아휴직이요", ["event_type=parental_leave"]),
    ("육휴요", ["event_type=parental_leave"]),
    ("휴직 말고 단축이요", ["event_type=parental_leave!negated", "event_type=childcare_reduced_hours"]),
    ("육아휴직 말고 출산휴가요", ["event_type=parental_leave!negated", "event_type=maternity_leave"]),
    ("육아휴직 지원금 얼마예요", ["event_type=parental_leave!hypothetical"]),
    ("육아휴직 쓰면 얼마 나와요?", ["event_type=parental_leave!hypothetical"]),
    ("직원이 육아휴직 쓰면 지원금 있나요?", ["event_type=parental_leave!hypothetical"]),
    ("직원이 임신했는데 2시간 단축하겠대요", ["event_type=pregnancy_reduced_hours"]),
    ("와이프가 출산해서 남자 직원이 휴가 쓴대요", ["event_type=spouse_maternity_leave"]),
    ("남자 직원이 배우자 출산휴가 쓴다는데", ["event_type=spouse_maternity_leave"]),
    ("유산했어요 직원이", ["event_type=miscarriage_leave"]),
    ("시험관 한다고 휴가 달래요", ["event_type=infertility_leave"]),
    ("재택근무 도입하고 싶어요", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("시차출퇴근 할까 해요", ["event_type=flexible_work", "flexible_mode=staggered"]),
    ("10시 출근제가 뭐예요", ["event_type=ten_oclock_start!hypothetical"]),
    ("직원이 10시 출근하게 해달래요", ["event_type=ten_oclock_start"]),
    ("주4.5일제 하고 싶은데", ["event_type=four_and_half_day"]),
    ("어머니 간병하려고 휴직한대요", ["event_type=family_care_leave"]),
    ("애 때문에 일찍 퇴근하고 싶대요", ["event_type=childcare_reduced_hours"]),
    ("복직하는 직원이 있어요", ["event_type=return_from_leave"]),
    ("육아휴직 끝나고 복직해요", ["event_type=return_from_leave"]),
    ("애 보려고 1년 쉬겠대요", ["event_type=parental_leave"]),
    ("담달에 애 낳으러 간대요", ["event_type=maternity_leave"]),
    ("단축이요", ["event_type=childcare_reduced_hours"]),
    ("출산휴가 90일인가요", ["event_type=maternity_leave!hypothetical"]),
    ("출산휴가 들어갔어요", ["event_type=maternity_leave"]),
    ("재택이요", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("유연근무제 하면 돈 줘요?", ["event_type=flexible_work!hypothetical"]),
    ("육아휴직 1년 쓰고 싶다는데 어떡하죠?", ["event_type=parental_leave"]),
    ("직원이 육아휴직을 쓰겠다고 하는데 거부해도 되나요", ["event_type=parental_leave"]),
    ("저희 수원에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요ㅠ 그 자리를 어떻게 해야할지..", ["event_type=parental_leave"]),
    ("12월 1일부터 내년 11월 30일까지 육아휴직", ["event_type=parental_leave"]),
    ("출산휴가 12월 10일부터 들어가요", ["event_type=maternity_leave"]),
    ("육아휴직 최대 몇 개월이에요", ["event_type=parental_leave!hypothetical"]),
    ("직원 8명 있는 치과입니다. 간호사가 내년 1월에 출산해요", ["event_type=maternity_leave"]),
    ("인천 남동공단 사출업체 45명, 과장이 육휴 1년 쓴답니다 12/1부터", ["event_type=parental_leave"]),
    ("재택근무 도입하고 싶은데 컨설팅 받을 수 있나요", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("육아휴직 지원금 얼마예요?", ["event_type=parental_leave!hypothetical"]),
    ("다다음달에 복직해요", ["event_type=return_from_leave"]),
    ("내년 초부터 휴직 들어가요", ["event_type=parental_leave"]),
    ("직원수: 25명\n업종: 제조업\n지역: 경기 화성시 향남\n육아휴직 시작: 2026.12.1", ["event_type=parental_leave"]),
    ("유산한 직원이 있어요", ["event_type=miscarriage_leave"]),
    ("단축근무 하루 2시간씩", ["event_type=childcare_reduced_hours"]),
    ("난임시술 받는 직원이 휴가 달래요", ["event_type=infertility_leave"]),
    ("안녕하세요 저는 천안에서 자동차부품 만드는 회사 운영하고있는데요 직원은 40명정도 되고요 여직원 한명이 내년2월에 출산휴가 들어갑니다 바로 이어서 육아휴직도 1년 쓴다고해요", ["event_type=maternity_leave", "event_type=parental_leave"]),
    ("직원이 5명인데 한명이 육아휴직을 가면 일할사람이 없어요", ["event_type=parental_leave"]),
    ("남자직원도 육아휴직 쓸수있나요?", ["event_type=parental_leave!hypothetical"]),
    ("직원 와이프가 다음주에 애낳는다고 휴가 달라는데 몇일 줘야돼요?", ["event_type=spouse_maternity_leave"]),
    ("임신 12주 직원이 두시간씩 일찍 퇴근하겠다는데 월급 깎아도 되나요", ["event_type=pregnancy_reduced_hours"]),
    ("육휴간 직원 자리에 3월부터 계약직 뽑았어요", ["event_type=parental_leave"]),
    ("어린이집인데 교사 한분이 12월 중순부터 육아휴직 들어가세요", ["event_type=parental_leave"]),
    ("1년 2개월 다닌 직원인데 육휴 되나요", ["event_type=parental_leave!hypothetical"]),
    ("시차출퇴근제 도입하려는데 지원금 얼마에요", ["event_type=flexible_work", "flexible_mode=staggered"]),
    ("재택 주2회 하고 있어요", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("5월에 복직 예정이에요", ["event_type=return_from_leave"]),
    ("육아휴직 아니고 단축근무예요", ["event_type=parental_leave!negated", "event_type=childcare_reduced_hours"]),
    ("출산휴가 끝나고 바로 육아휴직 들어갑니다", ["event_type=maternity_leave", "event_type=parental_leave"]),
    ("배우자 출산휴가 20일이라던데 맞나요", ["event_type=spouse_maternity_leave!hypothetical"]),
    ("육아휴직 중인 직원이 두 명 있어요", ["event_type=parental_leave"]),
    ("전체 15명중에 3명이 육휴중", ["event_type=parental_leave"]),
    ("연차 몇 개예요", []),
    ("병가 냈어요", []),
    ("군 휴직", []),
    ("유산균 먹어요", []),
    ("결혼해요", []),
    ("임신했대요", []),
    ("육아 휴가 신청", ["event_type=parental_leave"]),
    ("아빠 육아휴직 하고 싶대요", ["event_type=parental_leave"]),
    ("산휴 들어갔어요", ["event_type=maternity_leave"]),
    ("육단 신청했어요", ["event_type=childcare_reduced_hours"]),
    ("10시에 출근하고 싶대요 애 등교시키고", ["event_type=ten_oclock_start"]),
    ("금요일 오후 반차제 하고 싶어요", ["event_type=four_and_half_day"]),
    ("출퇴근 시간을 자유롭게 하려고요", ["event_type=flexible_work"]),
    ("집에서 일하게 해달래요", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("모시던 어머니가 아프셔서 돌봄휴직", ["event_type=family_care_leave"]),
    ("은퇴 준비로 단축근무 하고 싶대요", ["event_type=reduced_hours"]),
    ("가족돌봄휴가 쓰겠대요", ["event_type=family_care_leave"]),
    ("시험관 시술 때문에 쉬고 싶대요", ["event_type=infertility_leave"]),
    ("유산했대요 직원이", ["event_type=miscarriage_leave"]),
    ("사산휴가 며칠이에요?", ["event_type=miscarriage_leave!hypothetical"]),
    ("배우자 출산휴가 신청했어요", ["event_type=spouse_maternity_leave"]),
    ("아내가 출산해서 쉬겠대요", ["event_type=spouse_maternity_leave"]),
    ("육아휴직에서 돌아와요", ["event_type=return_from_leave"]),
    ("휴직 끝나고 복귀한대요", ["event_type=return_from_leave"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_events_are_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected


@pytest.mark.parametrize(("text", "kinds"), [
    ("경리가 1월에 애 낳아요", ["maternity_leave"]), ("한 명이 다음달에 애를 낳아요", ["maternity_leave"]), ("다음주에 애 낳아요", []),
    ("간호사가 퇴근을 한시간 일찍 하고 싶대요", ["childcare_reduced_hours"]),
    ("두 시간 일찍 가겠대요", ["childcare_reduced_hours"]),
    ("작년 가을에 육아휴직 갔던 직원이 이번 달에 돌아옵니다", ["return_from_leave"]),
    ("그 직원이 9월에 돌아와요", ["return_from_leave"]),
    ("어머니 병간호 때문에 쉬고 싶다는 직원이 있는데 그런 휴직도 있나요", ["family_care_leave"]),
])
def test_what_happens_is_told_by_who_does_it(text: str, kinds: list[str]) -> None:
    assert told(text, "event_type") == [f"event_type={kind}" for kind in kinds]
