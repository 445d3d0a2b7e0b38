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
    ("두 사람이 반씩 맡아요", ["cover=coworkers"]),
    ("둘이서 반반씩 나눠 하고 있어요", ["cover=coworkers"]),
    ("옆자리 대리가 절반, 팀장이 절반 맡아요", ["cover=coworkers"]),
    ("부부가 반씩 나눠 쓴대요", []),
    ("둘이 반씩 육아휴직 쓰고 싶대요", []),
    ("두 사람이 반씩 맡으면 되나요?", []),
    ("남은 애들이 고생하는 거지", ["cover=coworkers"]),
    ("대체인력 12월 7일 입사", ["cover=hire"]),
    ("대체자 12.21 입사", ["cover=hire"]),
    ("후임은 1월부터 출근해요", ["cover=hire"]),
    ("대체인력 12월 1일에 입사하면 되나요", []),
    ("대체인력은 언제까지 입사해야 해요", []),
    ("계약직이 3월 2일에 입사했어요", []),
    ("인력사무소에서 불러요", ["cover=hire"]),
    ("경리가 육휴를 쓴대요. 자리는 파견으로 메울 생각입니다.", ["cover=dispatch"]),
    ("방금 거 고칠게요 파견 아니고 직접 채용이요", ["cover=dispatch!negated", "cover=hire"]),
    ("직접 채용하는 게 나아요?", []),
    ("사무실 사람들이 돌아가면서 메우는 중", ["cover=coworkers"]),
    ("주말 근무는 다른 직원이 대신 서주고 있어요", ["cover=coworkers"]),
    ("다른 직원이 대신 나와서 얘기해도 되나요", []),
    ("인력사무소에서 받을 수 있나요", []),
    ("인력업체 통해서 파견 받기로 했어요", ["cover=dispatch"]),
    ("파견 쓰다가 별로라서 이번엔 직접 뽑으려고요", ["cover=dispatch!negated", "cover=hire"]),
    ("따로 돈 더 주는 건 없고 밥만 사줬어요 맡아준 사람한테", ["coworker_allowance=False"]),
    ("나눠 맡은 사람들한테 월 20 줍니다", ["cover=coworkers", "coworker_allowance=True"]),
    ("수당 5만원 주다가 지금은 안 줘요", ["coworker_allowance=False"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_covers_and_their_pay_are_read(text: str, expected: list[str]) -> None:
    assert [fact for fact in told(text, "cover", "coworker_allowance") if "hypothetical" not in fact] == expected
