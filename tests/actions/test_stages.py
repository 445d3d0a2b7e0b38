"""A story told on contradicts nothing: questions state no fact, stages follow each other, another firm begins anew."""

from __future__ import annotations

from typing import Any

import pytest

from actions import contradictions, memory, stages
from actions.memory import Message, Reading

TODAY = "2026-11-23"


def read(text: str, *entities: dict[str, Any], intent: str = "inform", **slots: Any) -> Reading:
    message = Message(text, intent, entities)
    reading = memory.read(message, slots, today=TODAY)
    stages.settle(reading, message, slots)
    contradictions.settle(reading, message, slots, asked=memory.asked_for(slots))
    return reading


def event(kind: str) -> dict[str, Any]:
    return {"entity": "event_type", "value": kind}


@pytest.mark.parametrize(("known", "text", "kind"), [
    ("parental_leave", "돌아와서는 여섯 시간만 일하겠대요", "childcare_reduced_hours"),
    ("maternity_leave", "끝나면 육아휴직 쓴대요", "parental_leave"),
    ("pregnancy_reduced_hours", "곧 출산휴가 들어가요", "maternity_leave"),
    ("parental_leave", "이번에 복직했어요", "return_from_leave"),
])
def test_the_next_stage_follows_and_the_one_before_is_kept(known: str, text: str, kind: str) -> None:
    reading = read(text, event(kind), event_type=known, event_months=12)
    assert reading.slots["event_type"] == kind
    assert reading.slots["conflict"] is None
    assert reading.slots["other_events"] == [{"type": known, "months": 12}]
    assert reading.switched == "next"


def test_how_long_the_leave_was_counts_after_the_return() -> None:
    assert "event_months" not in read("복직했어요", event("return_from_leave"), event_type="parental_leave",
                                      event_months=12).slots


@pytest.mark.parametrize("text", ["그럼 단축은요?", "단축근무도 되나요 그 사람", "단축이랑 둘 다 받을 수 있어요?"])
def test_what_is_only_asked_about_states_no_fact(text: str) -> None:
    reading = read(text, event("childcare_reduced_hours"), intent="ask", event_type="parental_leave")
    assert "event_type" not in reading.slots
    assert "conflict" not in reading.slots


@pytest.mark.parametrize("text", ["복직 한 달 만에 나간대요", "복직할 생각이 없대요", "복직 안 한대요"])
def test_who_leaves_for_good_does_not_come_back(text: str) -> None:
    assert "event_type" not in read(text, event("return_from_leave"), event_type="parental_leave").slots


def test_the_leave_looked_back_at_changes_nothing() -> None:
    reading = read("육아휴직 1년 다 쓰고요", event("parental_leave"), event_type="return_from_leave")
    assert "event_type" not in reading.slots


def test_another_kind_of_leave_without_a_word_of_order_is_still_asked_about() -> None:
    reading = read("배우자 출산휴가예요", event("spouse_maternity_leave"), event_type="parental_leave")
    assert reading.slots["conflict"][0]["new"] == "spouse_maternity_leave"


@pytest.mark.parametrize("text", ["두번째는 80명 물류센터예요", "다른 한 곳은 80명 물류센터예요", "B사는 80명 물류센터"])
def test_another_firm_begins_anew(text: str) -> None:
    told = ({"entity": "headcount", "value": 80}, {"entity": "industry", "value": "H"})
    reading = read(text, *told, company_headcount=25, company_industry="C", company_region="41110",
                   event_type="parental_leave")
    assert reading.slots["company_headcount"] == 80
    assert reading.slots["company_region"] is None
    assert reading.slots["event_type"] is None
    assert reading.changes == []
    assert reading.switched == "firm"


def test_a_second_child_is_no_second_firm() -> None:
    reading = read("두번째 아이예요 80명이요", {"entity": "headcount", "value": 80}, company_headcount=25)
    assert reading.switched is None
