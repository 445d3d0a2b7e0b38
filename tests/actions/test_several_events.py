"""A second event of one firm overwrites nothing: another worker, an earlier one again, leave after leave."""

from __future__ import annotations

from typing import Any

from actions import contradictions, memory, several_events
from actions.memory import Message, Reading
from actions.slots import facts_document

TODAY = "2026-11-23"
FIRST = {"event_type": "parental_leave", "event_start": "2026-12-01", "event_months": 12, "event_cover": "hire"}


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, **more}


def settled(*entities: dict[str, Any], **slots: Any) -> Reading:
    message = Message("", "inform", entities)
    reading = memory.read(message, slots, today=TODAY)
    contradictions.settle(reading, message, slots, asked=memory.asked_for(slots))
    several_events.settle(reading, message, slots)
    return reading


def test_another_worker_s_event_comes_first_and_the_earlier_one_is_kept() -> None:
    reading = settled(entity("another_event", True), entity("event_type", "maternity_leave"),
                      entity("child_birth", "2027-02-01"), **FIRST)
    assert reading.switched == "another"
    assert facts_document({**FIRST, **reading.slots})["events"] == [
        {"type": "maternity_leave", "child_birth": "2027-02-01"},
        {"type": "parental_leave", "start": "2026-12-01", "months": 12, "cover": "hire"}]


def test_the_same_kind_of_leave_of_another_worker_is_an_event_of_its_own() -> None:
    reading = settled(entity("another_event", True), entity("event_type", "parental_leave"), **FIRST)
    assert facts_document({**FIRST, **reading.slots})["events"][0] == {"type": "parental_leave"}


def test_another_worker_is_only_another_once_a_first_is_known() -> None:
    reading = settled(entity("another_event", True), entity("event_type", "parental_leave"))
    assert reading.switched is None
    assert "other_events" not in reading.slots


def test_going_back_to_the_earlier_worker_changes_places() -> None:
    slots = {**FIRST, "other_events": [{"type": "maternity_leave", "child_birth": "2027-02-01"}]}
    for entities in ((entity("event_pick", 0),), (entity("earlier_event", True),)):
        reading = settled(*entities, **slots)
        assert reading.switched == "earlier"
        assert reading.slots["event_type"] == "maternity_leave"
        assert reading.slots["event_start"] is None
        assert reading.slots["other_events"][0]["type"] == "parental_leave"


def test_the_answer_another_worker_to_a_doubtful_change_keeps_both() -> None:
    doubtful = settled(entity("event_type", "maternity_leave"), entity("child_birth", "2027-02-01"), **FIRST)
    reading = settled(entity("another_event", True), **{
        **FIRST, "conflict": doubtful.slots["conflict"], "requested_slot": "which_value"})
    assert reading.slots["conflict"] is None
    assert reading.slots["event_type"] == "maternity_leave"
    assert reading.slots["event_child_birth"] == "2027-02-01"
    assert reading.slots["other_events"][0]["months"] == 12


def test_leave_after_leave_is_two_events_with_the_times_nearest_to_each() -> None:
    # "출산휴가 쓰고 바로 육아휴직 1년 간대요"
    reading = settled(entity("event_type", "maternity_leave", start=0, end=4),
                      entity("event_type", "parental_leave", start=11, end=15),
                      entity("event_months", 12, start=16, end=18))
    assert facts_document(reading.slots)["events"] == [
        {"type": "maternity_leave"}, {"type": "parental_leave", "months": 12}]
