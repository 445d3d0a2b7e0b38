"""What people told who had never seen the bot, and what it was taken for: neither may be read again."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

CASES = [
    # weeks of a pregnancy are no length of a leave
    ("임산부 있어요 지금 10주", ["child_birth=2027-06-01"]),
    ("임신한 직원이 있는데 이제 20주예요", ["child_birth=2027-04-01"]),
    ("임신한 직원이 지금 4주 동안 쉬겠대요", ["event_months=0.9"]),
    # who uses flexible work is no head count, the firm beside it is
    ("재택 일주일에 이틀씩 10명정도", ["event_type=flexible_work", "flexible_mode=telework"]),
    ("시차출퇴근은 5명쯤 하고 싶어요", ["event_type=flexible_work", "flexible_mode=staggered"]),
    ("재택근무 하고 싶은데 직원 10명이에요", ["event_type=flexible_work", "flexible_mode=telework", "headcount=10"]),
    # who asks for a client is not the firm
    ("세무사 사무실인데요 거래처 문의에요", ["industry=M!other"]),
    ("세무사 사무실인데요 거래처가 25명 제조업이에요", ["industry=M!other", "headcount=25", "industry=C"]),
    ("협회 직원인데 회원사들한테 설명회 해줄 수 있나요", ["industry=S!other"]),
    ("노무법인입니다 자문사 직원이 육아휴직 가요", ["industry=M!other", "event_type=parental_leave"]),
    ("세무사 사무실인데 직원이 육아휴직 가요", ["industry=M", "event_type=parental_leave"]),
    ("우리 거래처는 50명인데 저희는 12명이에요", ["headcount=50!other", "headcount=12"]),
    # one person's insurance is not the firm's
    ("고용보험은 가입 안돼있는데요 남편은", []),
    ("남편은 고용보험 안 들었어요", []),
    ("고용보험 가입 안 돼 있어요", ["employment_insurance=False"]),
    # what is compared is not chosen
    ("새로 뽑는거랑 나눠맡기는거 뭐가 나아요", []),
    ("뽑을지 나눠 맡을지 고민이에요", []),
    ("동료가 나눠 맡기로 했어요", ["cover=coworkers"]),
    # who does not come back does not return
    ("복직하겠다고 했다가 그만둔대요", ["event_type=return_from_leave!negated"]),
    ("복직한다더니 갑자기 퇴사하겠대요", ["event_type=return_from_leave!negated"]),
    ("다음 달에 복직한대요", ["event_type=return_from_leave"]),
]
KINDS = ("child_birth", "event_months", "event_type", "flexible_mode", "headcount", "industry", "employment_insurance", "cover")


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_it_is_not_mistaken(text: str, expected: list[str]) -> None:
    found = [fact for fact in told(text, *KINDS) if not fact.endswith("!hypothetical")]
    assert [fact.split("~")[0] for fact in found] == expected
