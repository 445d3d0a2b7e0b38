"""What the firm is before the law; a question about rules tells nothing of it."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told

KINDS = ("employment_insurance", "large_group", "public_institution")

CASES = [
    ("그런거 가입 안했는데 4대보험", ["employment_insurance=False"]),
    ("고용보험 들었어요", ["employment_insurance=True"]),
    ("고용보험 가입했어요", ["employment_insurance=True"]),
    ("고용보험 안 들었어요", ["employment_insurance=False"]),
    ("4대보험 다 들어가 있어요", ["employment_insurance=True"]),
    ("4대보험 가입돼 있습니다", ["employment_insurance=True"]),
    ("고용보험 미가입입니다", ["employment_insurance=False"]),
    ("고용보험은 아직 안 넣었어요", ["employment_insurance=False"]),
    ("고용보험 없어요", ["employment_insurance=False"]),
    ("고용보험 가입해야 하나요?", []),
    ("고용보험 안 들면 못 받나요", []),
    ("알바 둘은 고용보험 안 들었어요", []),
    ("고용보험 든 사람이 20명", []),
    ("직원 한 명은 고용보험 안 들었어요", []),
    ("고용보험 안 들었는데 받을 수 있나요", ["employment_insurance=False"]),
    ("고용보험료 얼마예요", []),
    ("공공기관이에요", ["public_institution=True"]),
    ("공공기관 아니에요", ["public_institution=False"]),
    ("공공기관도 되나요", []),
    ("저희는 공공기관인데 되나요", ["public_institution=True"]),
    ("국공립 어린이집이에요", ["public_institution=True"]),
    ("시립요양원입니다", ["public_institution=True"]),
    ("지방공기업이에요", ["public_institution=True"]),
    ("민간기업입니다", ["public_institution=False"]),
    ("대기업 계열사예요", ["large_group=True"]),
    ("대기업 아니에요", ["large_group=False"]),
    ("대기업은 안되나요", []),
    ("SK 계열사예요", ["large_group=True"]),
    ("대기업 협력업체입니다", []),
    ("그룹 계열사는 아니에요", ["large_group=False"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_standing_is_read_as_meant(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS) == expected
