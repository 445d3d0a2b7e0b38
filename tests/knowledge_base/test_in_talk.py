"""Short messages understood with what is talked of, and what is put aside for something else."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answers import answer
from knowledge_base.facts import Event, Facts
from knowledge_base.in_talk import asked_in_talk, goes_ahead, is_told, may_or_must, told_of_leaving, turned_to
from knowledge_base.talked_of import Talk

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("text", "talk", "item"), [
    ("계약만 끝내도 괜찮나요", Talk(None, "알바생이 임신했어요"), "faq_082"),
    ("깎인 월급은 누가 보전해줘요", Talk(None, "", Event(type="childcare_reduced_hours")), "faq_052"),
    ("다음 달로 돌려도 괜찮아요?", Talk("spouse_childbirth_leave", ""), "spouse_childbirth_leave"),
])
def test_a_question_is_of_what_is_talked_of(text: str, talk: Talk, item: str) -> None:
    whole = asked_in_talk(text, talk, TODAY)
    assert whole is not None
    assert item in answer(whole, facts=Facts.read({}), as_of=TODAY, about=talk.about, before=talk.before).items


def test_while_a_visit_is_arranged_its_cost_is_asked() -> None:
    whole = asked_in_talk("돈 드는 거 아니죠?", Talk(), TODAY, of_visits=True)
    assert whole is not None
    assert answer(whole, facts=Facts.read({}), as_of=TODAY).items == ["faq_087"]


@pytest.mark.parametrize("text", ["최저임금 얼마예요", "실업급여 얼마나 나와요", "밥 먹었어요?", "누가 만들었어요?", "오늘 날씨 좋네요"])
def test_what_is_plainly_beside_stays_beside(text: str) -> None:
    assert asked_in_talk(text, Talk("parental_leave_grant", "육아휴직 가요"), TODAY, known_other=True) is None


def test_without_a_talk_nothing_is_meant() -> None:
    assert asked_in_talk("다른 데로 보내도 돼요?", Talk(), TODAY) is None


@pytest.mark.parametrize(("text", "asks"), [
    ("잘라도 되나요", True), ("줘야 하나요", True), ("문제없죠?", True), ("욕먹을 일은 아니죠?", True), ("누구세요", False),
    ("심심해요", False)])
def test_what_one_may_or_must_is_asked(text: str, asks: bool) -> None:
    assert may_or_must(text) is asks


def test_who_leaves_after_a_leave_raises_a_question() -> None:
    leave = Talk(None, "", Event(type="parental_leave"))
    assert told_of_leaving("스스로 나간대요", leave)
    assert told_of_leaving("스스로 나간대요", Talk()) is None
    assert told_of_leaving("그만두면 어떻게 되나요?", leave) is None


@pytest.mark.parametrize(("text", "before", "left"), [
    ("그건 됐고요 기한은 언제예요", "육아휴직 지원금 얼마예요", "기한은 언제예요"),
    ("이거 말고 대체인력이요", "육아휴직 지원금 얼마예요", "대체인력"),
    ("파견 말고 대체인력이요", None, None),
])
def test_what_is_put_aside_leaves_the_rest(text: str, before: str | None, left: str | None) -> None:
    found = turned_to(text, before)
    assert (found is None) if left is None else (found is not None and found.startswith(left))


def test_a_question_announced_and_a_sentence_told() -> None:
    assert goes_ahead("다른 거 좀 물어볼게요")
    assert not goes_ahead("다른 지원금도 물어볼게요 육아휴직이요")
    assert is_told("회사가 자른 게 아니고요")
    assert not is_told("육아휴직")
    assert not is_told("잘라도 되나요")
