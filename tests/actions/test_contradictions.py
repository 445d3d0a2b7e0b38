"""What contradicts earlier facts is asked about; what puts them right, says them closer or is a plan is taken."""

from __future__ import annotations

from typing import Any

import pytest

from actions import contradictions, memory
from actions.memory import Message, Reading

TODAY = "2026-11-23"
KNOWN = {"company_headcount": 25, "company_region": "41110", "event_type": "parental_leave", "event_start": "2026-12-01"}


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, **more}


def settled(intent: str, *entities: dict[str, Any], text: str = "", **slots: Any) -> Reading:
    message = Message(text, intent, entities)
    reading = memory.read(message, slots, today=TODAY)
    contradictions.settle(reading, message, slots, asked=memory.asked_for(slots))
    return reading


def test_another_head_count_without_a_word_of_correction_is_asked_about() -> None:
    reading = settled("inform", entity("headcount", 40), **KNOWN)
    assert "company_headcount" not in reading.slots
    assert reading.learned == []
    assert reading.slots["conflict"] == [
        {"slot": "company_headcount", "old": 25, "new": 40, "against": None, "also": {}}]


@pytest.mark.parametrize(("intent", "entities"), [
    ("correct", (entity("headcount", 40),)),
    ("deny", (entity("headcount", 40),)),
    ("inform", (entity("put_right", True), entity("headcount", 40))),
    ("inform", (entity("headcount", 25, role="negated"), entity("headcount", 40))),
])
def test_a_clear_correction_is_just_taken(intent: str, entities: tuple[dict[str, Any], ...]) -> None:
    reading = settled(intent, *entities, **KNOWN)
    assert reading.slots["company_headcount"] == 40
    assert "conflict" not in reading.slots


def test_the_answer_to_the_question_itself_and_a_button_are_no_contradiction() -> None:
    asked = {**KNOWN, "requested_slot": "company_headcount"}
    assert settled("inform", entity("headcount", 40), **asked).slots == {"company_headcount": 40}
    assert "conflict" not in settled("inform", entity("headcount", 40), text='/inform{"headcount":40}', **KNOWN).slots


@pytest.mark.parametrize(("known", "told"), [
    ({"event_start": "2026-12-01"}, entity("event_start", "2026-12-15")),
    ({"company_headcount": 30, "company_headcount_range": {"min": 27, "max": 33}}, entity("headcount", 28)),
    ({"company_region": "41110"}, entity("region", "41117")),
    ({"event_cover": "hire"}, entity("cover", "coworkers")),
])
def test_a_closer_word_and_a_changed_plan_are_no_contradiction(known: dict[str, Any], told: dict[str, Any]) -> None:
    reading = settled("inform", told, **known)
    assert "conflict" not in reading.slots
    assert reading.learned


WAITING = [{"slot": "company_headcount", "old": 25, "new": 40, "against": None, "also": {}}]


@pytest.mark.parametrize(("value", "headcount"), [(25, None), (40, 40), (33, 33)])
def test_either_value_or_a_third_settles_it(value: int, headcount: int | None) -> None:
    asked = {**KNOWN, "conflict": WAITING, "requested_slot": "which_value"}
    for name in ("headcount", "number"):
        reading = settled("inform", entity(name, value), **asked)
        assert reading.slots["conflict"] is None
        assert reading.slots.get("company_headcount") == headcount
    assert settled("inform", entity("headcount", 25), **asked).switched == "kept"


def test_not_knowing_keeps_what_was_said_first_and_a_plain_yes_is_asked_again() -> None:
    asked = {**KNOWN, "conflict": WAITING, "requested_slot": "which_value"}
    kept = settled("dont_know", **asked).slots
    assert kept["conflict"] is None
    assert "company_headcount" not in kept
    assert "conflict" not in settled("affirm", **asked).slots


def test_more_people_insured_than_employed_are_asked_about_until_both_fit() -> None:
    reading = settled("inform", entity("insured_headcount", 60), **KNOWN)
    assert "company_insured_headcount" not in reading.slots
    waiting = reading.slots["conflict"]
    assert (waiting[0]["slot"], waiting[0]["against"]) == ("company_insured_headcount", "company_headcount")
    asked = {**KNOWN, "conflict": waiting, "requested_slot": "which_value"}
    more = settled("inform", entity("headcount", 65), **asked).slots
    assert (more["company_headcount"], more["company_insured_headcount"], more["conflict"]) == (65, 60, None)
    fewer = settled("inform", entity("insured_headcount", 20), **asked).slots
    assert (fewer["company_insured_headcount"], fewer["conflict"]) == (20, None)


def test_reduced_hours_before_the_child_is_born_are_asked_about() -> None:
    known = {"event_type": "childcare_reduced_hours", "event_start": "2026-12-01"}
    reading = settled("inform", entity("child_birth", "2027-02-01"), **known)
    assert reading.slots["conflict"][0]["against"] == "event_start"
    assert "conflict" not in settled("inform", entity("child_birth", "2027-02-01"), **{
        **known, "event_type": "parental_leave"}).slots  # may be taken while pregnant


def test_another_kind_of_leave_holds_back_what_was_told_with_it() -> None:
    told = (entity("event_type", "maternity_leave"), entity("event_start", "2027-02-01"))
    reading = settled("inform", *told, **KNOWN)
    assert reading.slots["conflict"][0]["also"] == {"event_start": "2027-02-01"}
    assert "event_start" not in reading.slots
    chosen = settled("inform", entity("event_type", "maternity_leave"), **{
        **KNOWN, "conflict": reading.slots["conflict"], "requested_slot": "which_value"})
    assert (chosen.slots["event_type"], chosen.slots["event_start"]) == ("maternity_leave", "2027-02-01")
