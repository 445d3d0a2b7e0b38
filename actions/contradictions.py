"""Facts that contradict what was said before: taken when clearly put right, else kept apart until the person chose.

Pure functions over a ``Reading``. Which facts clash at all is in ``knowledge_base.contradictions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.memory import Change, Message, Reading
from actions.slots import FACT_SLOTS, dotted, facts_document, slot_of
from knowledge_base.contradictions import clash, refines

Slots = Mapping[str, Any]
Pending = dict[str, Any]

# What a firm is and what happened do not change by the way; plans (cover, allowance, wishes) do.
_STEADY = {
    "company_headcount", "company_insured_headcount", "company_industry", "company_region", "event_type",
    "event_start", "event_months", "event_child_birth", "event_child_age", "event_worker_gender",
}
# Asked for these, the person is invited to put things right.
_INVITES_CHANGES = {"handoff_confirmed"}


def settle(reading: Reading, message: Message, slots: Slots, *, asked: str | None) -> None:
    """Take out of ``reading`` what contradicts earlier facts without a word of correction, and ask about it.

    What is asked about waits in the slot ``conflict``: a list of {slot, old, new, against, also}, first asked first.
    """
    waiting: list[Pending] = list(slots.get("conflict") or ())
    if waiting and _answered(waiting[0], reading, message, slots):
        if waiting[0]["slot"] not in reading.slots:
            reading.switched = "kept"
        waiting.pop(0)
    elif not waiting and not _puts_right(message, asked):
        waiting = [_held(reading, change) for change in list(reading.changes) if _doubtful(change, slots, asked)]
    if not waiting:
        waiting = _clashing(reading, slots)
    if waiting != list(slots.get("conflict") or ()):
        reading.slots["conflict"] = waiting or None


def _puts_right(message: Message, asked: str | None) -> bool:
    marks = {entity["entity"] for entity in message.entities}
    return (
        message.intent in ("correct", "deny") or asked in _INVITES_CHANGES or message.text.startswith("/")
        or bool(marks & {"put_right", "another_event", "earlier_event"})
        or any(entity.get("role") == "negated" for entity in message.entities)
    )


def _doubtful(change: Change, slots: Slots, asked: str | None) -> bool:
    """Whether a fact told anew may as well be a slip: a steady one, not asked for, that is no closer word."""
    if change.slot not in _STEADY or change.slot == asked or change.old is None:
        return False
    return not refines(dotted(change.slot), change.old, change.new, certain=slots.get(f"{change.slot}_range"))


def _held(reading: Reading, change: Change) -> Pending:
    """The change taken out of the reading again, with what was told along with another kind of event."""
    also: dict[str, Any] = {}
    for slot in [change.slot, f"{change.slot}_range"]:
        _drop(reading, slot)
    if change.slot == "event_type":
        for slot in [slot for slot in reading.slots if slot in FACT_SLOTS and FACT_SLOTS[slot][0] == "event"]:
            also[slot] = reading.slots[slot]
            _drop(reading, slot)
    return {"slot": change.slot, "old": change.old, "new": change.new, "against": None, "also": also}


def _drop(reading: Reading, slot: str) -> None:
    reading.slots.pop(slot, None)
    reading.learned = [known for known in reading.learned if known != slot]
    reading.changes = [change for change in reading.changes if change.slot != slot]


def _clashing(reading: Reading, slots: Slots) -> list[Pending]:
    """Two different facts that cannot both be so, if this message brought one of them."""
    found = clash(facts_document({**slots, **reading.slots}))
    if found is None:
        return []
    one, other = map(slot_of, found)
    new, old = (one, other) if one in reading.learned else (other, one)
    if new not in reading.learned:
        return []
    known = {**slots, **reading.slots}
    held = {"slot": new, "old": known[old], "new": known[new], "against": old, "also": {}}
    _drop(reading, new)
    return [held]


def _answered(asked: Pending, reading: Reading, message: Message, slots: Slots) -> bool:
    """Whether the message chose; what was chosen is then in the reading."""
    slot, against = asked["slot"], asked["against"]
    if against:
        return _fits_now(asked, reading, slots) or _gave_up(message)
    if slot in reading.told:
        if reading.told[slot] == asked["new"]:
            _take(reading, slots, {slot: asked["new"], **asked["also"]})
        return True
    return _gave_up(message)


def _gave_up(message: Message) -> bool:
    """Neither value named: not knowing, or "what I said before is right", leaves what was known."""
    return message.intent in ("dont_know", "correct")


def _fits_now(asked: Pending, reading: Reading, slots: Slots) -> bool:
    slot, against = asked["slot"], asked["against"]
    if slot not in reading.told and against not in reading.told:
        return False
    if slot not in reading.told:
        if clash(facts_document({**slots, **reading.slots, slot: asked["new"]})):
            return False
        _take(reading, slots, {slot: asked["new"]})
    return True


def _take(reading: Reading, slots: Slots, values: Mapping[str, Any]) -> None:
    for slot, value in values.items():
        if reading.slots.get(slot, slots.get(slot)) != value:
            reading.slots[slot] = value
            if value is not None and slot not in reading.learned:
                reading.learned.append(slot)


def chosen_among(pending: Pending) -> tuple[tuple[str, Any], tuple[str, Any]]:
    """The two ways out of a contradiction as (slot, value): what was said first, and what was said now."""
    if pending["against"]:
        return (pending["against"], pending["new"]), (pending["slot"], pending["old"])
    return (pending["slot"], pending["old"]), (pending["slot"], pending["new"])


