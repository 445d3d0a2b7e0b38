"""More than one event of a firm: two workers, or one worker's leave after leave. None overwrites the other.

Slots hold the event being talked of; the others wait as plain data in ``other_events``. Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.memory import Message, Reading
from actions.slots import FACT_SLOTS, event_document

Slots = Mapping[str, Any]

EVENT_SLOTS = tuple(slot for slot, (group, _) in FACT_SLOTS.items() if group == "event")
_OF_THE_LEAVE = {"event_start": "start", "event_months": "months"}
_OF_THE_WORKER = ("child_birth", "child_age_months", "child_age_on", "worker_gender", "worker_tenure_months")
_MOST_EVENTS = 5


def settle(reading: Reading, message: Message, slots: Slots) -> None:
    """Put another worker's event first, go back to an earlier one, or part two leaves told at once."""
    marks = {entity["entity"]: entity for entity in message.entities if not entity.get("role")}
    others: list[dict[str, Any]] = list(slots.get("other_events") or ())
    held = (slots.get("conflict") or [None])[0]
    if "another_event" in marks and slots.get("event_type") and len(others) < _MOST_EVENTS:
        told = {slot: reading.slots[slot] for slot in EVENT_SLOTS if slot in reading.slots}
        if not told and held and held["slot"] in EVENT_SLOTS:
            told = {held["slot"]: held["new"], **held["also"]}
            reading.slots["conflict"] = None
        # The kind of leave is told again even where it is the same as the first worker's.
        told.update({slot: value for slot, value in reading.told.items() if slot in EVENT_SLOTS})
        if told:
            _change_to(reading, slots, told, [*others, event_document(slots)], "another")
    elif others and ("earlier_event" in marks or "event_pick" in marks):
        at = int(marks["event_pick"]["value"]) if "event_pick" in marks else 0
        if 0 <= at < len(others):
            rest = [*others[:at], *others[at + 1:], event_document(slots)]
            _change_to(reading, slots, {**_slots_of(others[at]), **reading.told_of(EVENT_SLOTS)}, rest, "earlier")
    else:
        _part(reading, message, slots, others)


def _change_to(
    reading: Reading, slots: Slots, event: Mapping[str, Any], others: list[dict[str, Any]], how: str
) -> None:
    reading.changes = [change for change in reading.changes if change.slot not in EVENT_SLOTS]
    reading.learned = [slot for slot in reading.learned if slot not in EVENT_SLOTS]
    for slot in EVENT_SLOTS:
        reading.slots[slot] = event.get(slot)
    reading.learned += [slot for slot in EVENT_SLOTS if event.get(slot) is not None]
    unknowable = reading.slots.get("unknowable", slots.get("unknowable")) or []
    reading.slots["unknowable"] = [fact for fact in unknowable if not fact.startswith("event.")]
    reading.slots["other_events"] = others
    reading.slots["shown"] = None  # what was shown was of the other event: nothing to compare with
    reading.switched = how


def _part(reading: Reading, message: Message, slots: Slots, others: list[dict[str, Any]]) -> None:
    """"출산휴가 쓰고 바로 육아휴직 1년": two leaves of one worker, each with the times that stand nearest to it."""
    kinds = [entity for entity in message.entities if entity["entity"] == "event_type" and not entity.get("role")]
    if len({kind["value"] for kind in kinds}) < 2 or any(kind.get("end") is None for kind in kinds):
        return
    known = {slots.get("event_type"), *(event.get("type") for event in others)}
    if {kind["value"] for kind in kinds} <= known:
        return
    # Who comes back and wants shorter hours is planned for from now on; the leave behind is over.
    first = next((kind["value"] for kind in kinds if kind["value"] != "return_from_leave"), kinds[0]["value"])
    times: dict[str, dict[str, Any]] = {kind["value"]: {} for kind in kinds}
    for entity in message.entities:
        if entity["entity"] in _OF_THE_LEAVE and not entity.get("role"):
            nearest = min(kinds, key=lambda kind: _distance(kind, entity))
            times[nearest["value"]][entity["entity"]] = entity["value"]
    worker = event_document({**slots, **reading.slots})
    shared = {name: worker[name] for name in _OF_THE_WORKER if name in worker}
    for slot in ("event_type", *_OF_THE_LEAVE):
        value = first if slot == "event_type" else times[first].get(slot)
        reading.slots[slot] = value if value is not None else slots.get(slot)
    reading.changes = [change for change in reading.changes if change.slot not in ("event_type", *_OF_THE_LEAVE)]
    reading.learned = [slot for slot in reading.learned if slot not in _OF_THE_LEAVE or times[first].get(slot)]
    for value, when in times.items():
        if value != first and value not in known:
            told = {_OF_THE_LEAVE[slot]: moment for slot, moment in when.items()}
            others = [*others, {"type": value, **told, **shared}]
    reading.slots["other_events"] = others


def _distance(kind: Mapping[str, Any], entity: Mapping[str, Any]) -> int:
    gap: int = kind["start"] - entity["end"] if kind["start"] >= entity["end"] else entity["start"] - kind["end"]
    return abs(gap)


def _slots_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event document back in its slots."""
    found = {slot: event.get(name) for slot, (group, name) in FACT_SLOTS.items() if group == "event"}
    if event.get("child_age_months"):
        found["event_child_age"] = {**event["child_age_months"], "on": event.get("child_age_on")}
    return {slot: value for slot, value in found.items() if value is not None}
