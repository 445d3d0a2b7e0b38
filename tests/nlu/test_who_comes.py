"""Who comes in the absent worker's place, that nobody does, and what the others get for it."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

CASES = [
    ("대체인력은 아직 채용 안 했어요", ["cover=hire!negated"]),
    ("대체인력 미채용", ["cover=hire!negated"]),
    ("대체인력은 이미 채용 완료했어요", ["cover=hire"]),
    ("새로 뽑은 사람은 없어요", ["cover=hire!negated"]),
    ("아직 공고도 안 냈어요", ["cover=hire!negated"]),
    ("아직 안 구했습니다", ["cover=hire!negated"]),
    ("대체인력은 안 쓸 거예요", ["cover=hire!negated"]),
    ("뽑을 여유가 안 돼요", ["cover=hire!negated"]),
    ("대체인력: 없음", ["cover=none"]),
    ("대체인력 안 뽑으면 지원금 못 받나요", []),
    ("채용 안 해도 되나요?", []),
    ("대체인력이 없어서 걱정이에요", []),
    ("예전에 다니던 직원을 다시 불렀어요", ["cover=hire"]),
    ("퇴직하신 분께 1년만 부탁드렸어요", ["cover=hire"]),
    ("아는 동생이 와서 해주기로 했어요", ["cover=hire"]),
    ("인턴 한 명 붙여놨어요", ["cover=hire"]),
    ("계약직 구인 중", ["cover=hire"]),
    ("새로 온 직원이 우리 회사에서 제일 어려요", []),
    ("아는 언니가 거기 다녀요", []),
    ("대체인력이 오면 지원금 나오나요", []),
    ("아웃소싱 업체 통해서 한 명 받았어요", ["cover=dispatch"]),
    ("김대리랑 박주임이 반씩", ["cover=coworkers"]),
    ("기존 직원을 그 자리로 돌렸습니다", ["cover=coworkers"]),
    ("다들 조금씩 더 하기로 했어요", ["cover=coworkers"]),
    ("제가 혼자 다 하죠 뭐", ["cover=none"]),
    ("직원 없이 저 혼자 하는데요", []),
    ("팀원들이 나눠서 하는데 수당은 따로 없어요", ["cover=coworkers", "coworker_allowance=False"]),
    ("수당 줄 여유는 없어요", ["coworker_allowance=False"]),
    ("맡은 사람한테 월 20 더 주기로 했어요", ["coworker_allowance=True"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_covers_and_their_pay_are_read(text: str, expected: list[str]) -> None:
    assert [fact for fact in told(text, "cover", "coworker_allowance") if "hypothetical" not in fact] == expected
