"""How the gap is filled, what colleagues get for it, and what help is wanted."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("cover", "coworker_allowance", "want")

CASES = [
    ("뽑긴 해야하는데 사람이 올지 모르겠어요. 근데 그거 뽑으면 돈 주는거 진짜예요?", ["cover=hire", "want=replacement"]),
    ("아직 안 뽑았어요", ["cover=hire!negated"]),
    ("파견 쓸까 해요", ["cover=dispatch"]),
    ("동료들이 나눠서 하기로 했어요", ["cover=coworkers"]),
    ("동료들한테 수당 좀 줄 생각이에요", ["coworker_allowance=True"]),
    ("수당은 못 줘요", ["coworker_allowance=False"]),
    ("그냥 비워둘 거예요", ["cover=none"]),
    ("대체인력은 11월부터 뽑아서 인수인계 하려고요", ["cover=hire"]),
    ("사람을 못 구하겠어요", ["want=replacement"]),
    ("지원금 받고 싶어요", ["want=subsidy"]),
    ("재택근무 도입하고 싶은데 컨설팅 받을 수 있나요", ["want=flexible_work", "want=consulting"]),
    ("육휴간 직원 자리에 3월부터 계약직 뽑았어요", ["cover=hire"]),
    ("사람 안뽑고 남은 선생님들이 나눠서 하기로", ["cover=coworkers"]),
    ("직원이 3명뿐이라 대체인력이 꼭 필요해요", ["want=replacement"]),
    ("시차출퇴근제 도입하려는데 지원금 얼마에요", ["want=flexible_work"]),
    ("시에서 따로 주는 지원도 있나요", ["want=local"]),
    ("파견 말고 직접 뽑을거예요", ["cover=dispatch!negated", "cover=hire"]),
    ("뽑는거 말고 나눠서 하려구요", ["cover=hire!negated", "cover=coworkers"]),
    ("새로 뽑을 거예요", ["cover=hire"]),
    ("채용하려고요", ["cover=hire"]),
    ("알바 쓰려고요", ["cover=hire"]),
    ("사람 구하고 있어요", ["cover=hire"]),
    ("뽑아야 하나요?", []),
    ("대체인력 뽑으면 지원금 주나요", ["cover=hire!hypothetical"]),
    ("한 명 채용했어요", ["cover=hire"]),
    ("안 뽑을 거예요", ["cover=hire!negated"]),
    ("사람 안 뽑고 버티려고요", ["cover=none"]),
    ("구인공고 올렸어요", ["cover=hire"]),
    ("고용보험 가입했어요", []),
    ("고용센터 어디예요", []),
    ("파견직으로 쓰려고요", ["cover=dispatch"]),
    ("파견도 되나요?", []),
    ("파견은 안 쓸 거예요", ["cover=dispatch!negated"]),
    ("남은 직원들이 돌아가면서 하기로 했어요", ["cover=coworkers"]),
    ("업무 분담하기로 했어요", ["cover=coworkers"]),
    ("팀원들끼리 나눠 맡을 거예요", ["cover=coworkers"]),
    ("육아휴직을 나눠 쓸 수 있나요", []),
    ("제가 직접 하려고요", ["cover=none"]),
    ("당분간 비워둘게요", ["cover=none"]),
    ("동료 수당 20만원씩 줘요", ["coworker_allowance=True"]),
    ("분담 수당은 안 주려고요", ["coworker_allowance=False"]),
    ("수당 주면 지원금 나와요?", []),
    ("사람 구하기가 너무 힘들어요", ["want=replacement"]),
    ("대체인력 소개해주세요", ["want=replacement"]),
    ("인재채움뱅크 연결해주세요", ["want=replacement"]),
    ("장려금 신청하고 싶어요", ["want=subsidy"]),
    ("컨설팅 받고 싶어요", ["want=consulting"]),
    ("직장어린이집 만들고 싶어요", ["want=childcare_facility"]),
    ("세액공제 받고 싶어요", ["want=tax"]),
    ("가족친화인증 받으려고요", ["want=certification"]),
    ("유연근무 도입하고 싶어요", ["want=flexible_work"]),
    ("지원금은 필요 없어요", ["want=subsidy!negated"]),
    ("세금 혜택이 얼마예요?", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_covers_and_wishes_are_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected
