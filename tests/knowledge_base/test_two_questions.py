"""Two questions in one message are both answered, in their order and of the same matter."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.two_questions import two_questions

TODAY = date(2026, 11, 23)


def ask(text: str, about: str | None = None) -> Answer:
    return answer(text, facts=Facts.read({}), as_of=TODAY, about=about)


def test_amount_and_deadline_of_a_grant_are_both_said() -> None:
    said = ask("대체인력지원금 얼마고 언제까지 신청해요?")
    assert said.items == ["replacement_worker_grant"]
    assert said.text.index("140만원") < said.text.index("12개월 안에")
    assert len(said.card["paragraphs"]) == len(set(said.card["paragraphs"]))


def test_the_second_question_keeps_the_subject_of_the_first() -> None:
    said = ask("출산휴가는 며칠이고 월급은 누가 줘요?")
    assert said.items == ["maternity_leave", "maternity_leave_benefit"]
    assert "90일" in said.text
    assert "차액" in said.text


@pytest.mark.parametrize(
    "text", ["육아휴직 쓰고 싶다는데 거부해도 되나요", "대체인력지원금 얼마예요", "직원이 임신했고 다음 달에 쉬어요", "얼마예요? 네"]
)
def test_one_question_stays_one(text: str) -> None:
    assert two_questions(text) is None
