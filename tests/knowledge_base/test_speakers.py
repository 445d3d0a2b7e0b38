"""Who writes is read from words: an owner of an own birth, an employee, a learner; and whose family works there."""

from __future__ import annotations

import pytest

from knowledge_base.speakers import of_the_family, own_birth, speaker_of, suffers


@pytest.mark.parametrize(("text", "who"), [
    ("저는 꽃집 사장인데요 제가 임신했어요", "owner"),
    ("네일샵 운영하는데 제가 곧 출산이에요", "owner"),
    ("아내가 다음 달 출산인데 제가 자영업자예요", "owner"),
    ("1인 사업자인데 출산하면 뭐가 있나요", "owner"),
    ("저는 그냥 직원인데요", "employee"),
    ("회사에서 육아휴직을 안 해준대요", "employee"),
    ("팀장님이 단축근무를 못 쓰게 해요", "employee"),
    ("제가 임신했는데 회사에 언제 말해요", "employee"),
    ("대학원생인데 논문 때문에 여쭤봐요", "learner"),
    ("어린이집 원장인데 선생님이 출산해요", None),
    ("제가 대표인데 여직원이 임신했어요", None),
    ("카페 사장인데 알바생이 임신했어요", None),
    ("신입 경리예요 사장님이 지원금 알아보래요", None),
    ("직원이 육아휴직 달라는데 안 줘도 되나요", None),
    ("인사팀인데 회사에서 안 해준다고 오해하는 직원이 있어요", None),
])
def test_who_writes(text: str, who: str | None) -> None:
    assert speaker_of(text) == who


def test_what_was_said_before_tells_too() -> None:
    assert speaker_of("제가 임신했어요", "혼자 공방 운영해요") == "owner"


@pytest.mark.parametrize(("text", "family"), [
    ("사위가 직원인데요", True), ("처제가 육아휴직 쓰고 싶대요", True), ("와이프가 우리 가게 직원이에요", True),
    ("가족끼리 하는 식당이에요", True), ("직원 아내가 다음 주에 출산해요", False), ("직원 아들이 다섯 살이에요", False),
    ("아내가 출산해서 직원이 쉰대요", False),
])
def test_whose_family_works_there(text: str, family: bool) -> None:
    assert of_the_family(text) is family


def test_the_wife_s_birth_is_another_question_than_one_s_own() -> None:
    assert own_birth("아내가 곧 출산해요") != own_birth("제가 곧 출산해요")


@pytest.mark.parametrize(("text", "hard"), [
    ("너무 괴로워요", True), ("매일 울어요", True), ("복직했는데 팀이 없어졌어요", False), ("일을 참 못해요", False)])
def test_who_suffers_says_so(text: str, hard: bool) -> None:
    assert suffers(text) is hard
