"""Whether it is too late to claim is said first, by the program's own period."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.late import asks_whether_late

TODAY = date(2026, 11, 23)


def first_sentence(text: str, **event: object) -> str:
    facts = Facts.read({"events": [{"type": "parental_leave", **event}]})
    return answer(text, facts=facts, as_of=TODAY).text.split("\n")[0]


@pytest.mark.parametrize("text", [
    "작년 11월에 시작했는데 늦었나요", "이미 지났는데 받을 수 있나요", "작년 3월에 끝났는데 받을 수 있나요", "지금이라도 신청 되나요", "너무 늦은 건가요",
    "육아휴직 이미 두달전에 시작했는데 지원금 늦었나요",
])
def test_asking_whether_it_is_late(text: str) -> None:
    assert asks_whether_late(text)


@pytest.mark.parametrize("text", [
    "작년 11월에 시작했어요", "지금 뽑아도 늦지 않나요", "출산휴가 늦게 내도 되나요", "늦게 출근해도 되나요", "아이가 늦었어요",
])
def test_other_lateness_is_another_question(text: str) -> None:
    assert not asks_whether_late(text)


@pytest.mark.parametrize(("text", "event", "begins"), [
    ("작년 11월에 시작했는데 늦었나요", {}, "아직 늦지 않았어요."),
    ("늦었나요?", {"start": "2025-11-01"}, "아직 늦지 않았어요."),
    ("늦었나요?", {"start": "2024-11-01"}, "언제 끝났는지에 따라 달라요."),
    ("늦었나요?", {"start": "2024-11-01", "months": 12}, "늦었어요."),
    ("늦었나요?", {"start": "2024-11-24", "months": 12}, "아직 늦지 않았어요."),
    ("작년 3월에 끝났는데 받을 수 있나요", {}, "늦었어요."),
    ("작년 8월에 끝났는데 받을 수 있나요", {}, "휴직 중에 받는 몫은 기한이 지났지만, 나머지 50%는"),
    ("작년 11월에 끝났는데 받을 수 있나요", {}, "언제 끝났는지에 따라 달라요."),
    ("올해 3월에 끝났는데 늦었나요", {}, "아직 늦지 않았어요."),
])
def test_the_period_of_claiming_decides(text: str, event: dict[str, object], begins: str) -> None:
    assert first_sentence(text, **event).startswith(begins)


def test_without_a_leave_told_the_period_itself_is_said() -> None:
    said = answer("작년에 끝났는데 지금이라도 되나요", facts=Facts(), as_of=TODAY)
    assert said.items == ["faq_093"]


@pytest.mark.parametrize(("text", "claims"), [
    ("4개월 지났으면 못 쓰죠", False), ("반년 지났는데 쓸 수 있나요", False), ("4개월 지났는데 신청 되나요", True),
    ("휴직 끝난 지 반년 지났는데 받을 수 있나요", True),
])
def test_whether_a_leave_may_still_be_used_is_no_question_of_a_claim(text: str, claims: bool) -> None:
    assert asks_whether_late(text) is claims
