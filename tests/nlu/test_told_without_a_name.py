"""Events told by what is done and why, those that are over or put aside, and what is told before a question."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("event_type", "flexible_mode")
STAGGERED = ["event_type=flexible_work", "flexible_mode=staggered"]

BY_REASON = [
    ("애가 수족구라 등원 중지돼서 이번 주 내내 못 나온대요", ["event_type=parental_leave"]),
    ("애가 골절돼서 일주일만 쉬겠답니다", []),
    ("아버님이 뇌졸중으로 쓰러지셔서 옆에 있어야 한답니다", ["event_type=family_care_leave"]),
    ("애가 아파서 오늘 못 나온대요", []),
    ("마누라 산후조리 해줘야 한다고 열흘 쉬겠단다", ["event_type=spouse_maternity_leave"]),
    ("배우자 출산이요", ["event_type=spouse_maternity_leave"]),
    ("이번에 득남했다고 며칠 쉰대요", ["event_type=spouse_maternity_leave"]),
    ("아내가 조산기가 있어서 휴가를 앞당겨 쓰고 싶답니다", ["event_type=spouse_maternity_leave"]),
    ("계류유산이라 수술하고 집에 있어요", ["event_type=miscarriage_leave"]),
    ("카페 직원이 유산을 해서 며칠 쉬게 해줬어요", ["event_type=miscarriage_leave"]),
    ("부모님 유산을 물려받았어요", []),
    ("난자 채취하는 날이라 하루 빠진대요", ["event_type=infertility_leave"]),
    ("산전 휴가 들어갔어요", ["event_type=maternity_leave"]),
    ("출산하고 조리원에 있어요", ["event_type=maternity_leave"]),
    ("조리원 운영합니다", []),
    ("애 학교 보내고 나서 10시까지 오겠대요", ["event_type=ten_oclock_start"]),
    ("아이 하원 때문에 네 시면 나가야 한대요", ["event_type=childcare_reduced_hours"]),
    ("영상 편집자가 아기 때문에 오후 4시에 퇴근하고 있어요", ["event_type=childcare_reduced_hours"]),
    ("입덧이 심해서 오후 3시에 들어가요", ["event_type=pregnancy_reduced_hours"]),
    ("매장은 오후 4시에 퇴근해요", []),
    ("다시 나온대요 3월에", ["event_type=return_from_leave"]),
    ("애 보느라 휴직 중이었는데 다음 주부터 출근해요", ["event_type=return_from_leave"]),
    ("금요일 오후를 쉬게 하려고요", ["event_type=four_and_half_day"]),
]
FLEXIBLE = [
    ("붐비는 시간 피해서 출근하고 싶대요", STAGGERED),
    ("8시에 와서 5시에 가는 걸로 바꿔달래요", STAGGERED),
    ("열한 시 출근 여덟 시 퇴근으로 하겠대요", STAGGERED),
    ("한 시간 일찍 나와서 한 시간 일찍 가고 싶대요", STAGGERED),
    ("저희는 8시 출근 5시 퇴근이에요", []),
    ("10시에 와서 3시에 가고 싶대요", []),
    ("노트북 들고 시댁 가서 일하겠대요", ["event_type=flexible_work", "flexible_mode=remote"]),
    ("바쁠 땐 많이 하고 한가할 땐 적게 하는 식으로 하고 싶어요", ["event_type=flexible_work"]),
    ("바쁠 땐 손님이 많아요", []),
]
NOT_SO = [
    ("작년에 육아휴직 갔다 온 직원이 있어요", ["event_type=parental_leave!hypothetical"]),
    ("출산휴가는 이미 다 썼어요", ["event_type=maternity_leave!hypothetical"]),
    ("출산휴가 다 쓰고 이어서 육아휴직 간대요", ["event_type=maternity_leave", "event_type=parental_leave"]),
    ("작년에 쓴 육아휴직을 올해 또 쓴대요", ["event_type=parental_leave"]),
    ("단축은 싫고 휴직 쓰겠대요", ["event_type=childcare_reduced_hours!negated", "event_type=parental_leave"]),
    ("재택은 어렵고 시차출퇴근은 가능해요", ["event_type=flexible_work!negated", "flexible_mode=telework!negated", *STAGGERED]),
    ("육아휴직 쓰는 사람 아무도 없어요", ["event_type=parental_leave!negated"]),
    ("육아휴직 쓰라고 했는데 본인이 싫대요", ["event_type=parental_leave!negated"]),
    ("육아휴직은 안 되나요", ["event_type=parental_leave!hypothetical"]),
    ("직원이 복직했는데 적응을 못 해요", ["event_type=return_from_leave"]),
    ("재택은 안 할 거예요", ["event_type=flexible_work!negated", "flexible_mode=telework!negated"]),
]
BEFORE_A_QUESTION = [
    ("육아휴직 간 직원 자리에 계약직을 뽑았는데 이거 돈 나오나요", ["event_type=parental_leave"]),
    ("저희 재택 시작한 지 두 달 됐는데 소급해서 신청되나요?", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("육아휴직 신청하는데 서류 뭐 필요해요", ["event_type=parental_leave!hypothetical"]),
    ("육아휴직이 1년 6개월로 늘었는데 언제까지 써야 하나요?", ["event_type=parental_leave!hypothetical"]),
    ("육아휴직 급여가 올랐다는데 맞나요", ["event_type=parental_leave!hypothetical"]),
]


@pytest.mark.parametrize(("text", "expected"), [*BY_REASON, *FLEXIBLE, *NOT_SO, *BEFORE_A_QUESTION])
def test_events_are_read_as_they_are_told(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected


def test_hours_of_the_worker_are_no_visit() -> None:
    assert told("8시에 와서 5시에 가는 걸로 바꿔달래요", "visit_window") == []


@pytest.mark.parametrize(("text", "expected"), [
    ("지원금엔 관심 없어요", ["want=subsidy!negated"]),
    ("세금 혜택 쪽이 궁금한 게 아니라 지원금이 필요해요", ["want=tax!negated", "want=subsidy"]),
    ("인증은 관심 없고 사람이나 뽑아줘", ["want=certification!negated", "want=replacement"]),
    ("장려금이나 좀 탔으면 좋겠구먼", ["want=subsidy"]),
    ("대체인력 지원금 받고 싶어요", ["want=subsidy"]),
    ("인력 지원받고 싶어요", ["want=replacement"]),
    ("지원금은 어떻게 됐어요?", []),
    ("지원금 신청은 됐어요", []),
])
def test_wishes_and_refusals_are_read(text: str, expected: list[str]) -> None:
    assert told(text, "want") == expected
