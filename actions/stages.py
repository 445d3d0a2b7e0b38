"""A story told on: what only asks of another scheme, the next stage of one worker's story, and another firm's story.

None of these contradicts what was told before (``actions.contradictions``): a question states no fact, an employee
who was on leave comes back or works fewer hours, an adviser goes on to the next client. Pure functions over a
``Reading``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.memory import Message, Reading
from actions.several_events import EVENT_SLOTS
from actions.slots import ENTITY_SLOTS, FACT_SLOTS, event_document
from knowledge_base.question_shape import shape_of
from knowledge_base.story_words import FOLLOWS, LEAVES, LOOKED_BACK, NOW, OTHER_FIRM

Slots = Mapping[str, Any]

# What follows on what in one worker's story.
_NEXT: dict[str, set[str]] = {
    "pregnancy_reduced_hours": {"maternity_leave", "parental_leave", "miscarriage_leave"},
    "infertility_leave": {"pregnancy_reduced_hours", "maternity_leave", "miscarriage_leave"},
    "maternity_leave": {"parental_leave", "childcare_reduced_hours", "return_from_leave", "miscarriage_leave"},
    "spouse_maternity_leave": {"parental_leave", "childcare_reduced_hours"},
    "parental_leave": {"childcare_reduced_hours", "ten_oclock_start", "return_from_leave", "maternity_leave"},
    "family_care_leave": {"parental_leave", "return_from_leave"},
    "childcare_reduced_hours": {"parental_leave", "ten_oclock_start"},
    "return_from_leave": {"childcare_reduced_hours", "ten_oclock_start", "maternity_leave", "flexible_work"},
}
# Facts of the worker and the child that stay through the stages of a story.
_OF_THE_WORKER = {"event_worker_gender", "event_worker_tenure_months"}
_OF_THE_CHILD = {"event_child_birth", "event_child_age"}
_NEW_CHILD = {"maternity_leave", "spouse_maternity_leave", "pregnancy_reduced_hours"}
_ONLY_BEFORE = {"pregnancy_reduced_hours", "infertility_leave"}  # of a pregnancy: what is told next comes after it
_BACK = "return_from_leave"
_FORGOTTEN = (
    "other_events", "conflict", "unknowable", "shown", "topic", "question_before", "asked_times", "pay_told",
)
# The ready question about who leaves for good after a leave: what follows is still of that.
_OF_LEAVING = "faq_080"
_FIRM = ("company_headcount", "company_industry", "company_region", "company_insured_headcount")


def settle(reading: Reading, message: Message, slots: Slots) -> None:
    """Read ``message`` as a story told on, before it is looked through for contradictions."""
    if message.text.startswith("/"):
        return
    if _another_firm(message, slots):
        _begin_anew(reading, message, slots)
        return
    kind, known = reading.slots.get("event_type"), slots.get("event_type")
    if kind == _BACK and (LEAVES.search(message.text) or slots.get("topic") == _OF_LEAVING):
        _drop(reading, "event_type", "event_months")
    elif kind is None or known is None or kind == known or slots.get("requested_slot") == "event_type":
        return
    elif _only_asks(reading, message):
        _drop(reading, "event_type", "event_mode")
    elif _puts_right(message):
        return
    elif known == _BACK and LOOKED_BACK.search(message.text):
        _drop(reading, "event_type")
    elif kind in _NEXT.get(str(known), ()) and (
        kind == _BACK or known in _ONLY_BEFORE or FOLLOWS.search(message.text)
    ):
        _go_on(reading, slots, str(kind))


def _only_asks(reading: Reading, message: Message) -> bool:
    """Whether another scheme is only asked about: "그럼 단축은요?", "10시 출근제랑 둘 다 되나요"."""
    told = {slot for slot in reading.learned if slot in EVENT_SLOTS} - {"event_type", "event_mode"}
    return not told and shape_of(message.text) in ("question", "look_up")


def _puts_right(message: Message) -> bool:
    marks = {entity["entity"]: str(entity.get("text") or "").strip() for entity in message.entities}
    right = "put_right" in marks and marks["put_right"] not in NOW
    return message.intent in ("correct", "deny") or right or bool(marks.keys() & {"another_event", "earlier_event"})


def _go_on(reading: Reading, slots: Slots, kind: str) -> None:
    """The next stage becomes the event talked of; what went before waits among the others."""
    told = {slot: reading.slots[slot] for slot in EVENT_SLOTS if slot in reading.slots}
    stays = _OF_THE_WORKER | (set() if kind in _NEW_CHILD else _OF_THE_CHILD)
    if kind == _BACK:
        stays = stays | {"event_months"}  # how long the leave was counts after the return
    earlier = [event for event in slots.get("other_events") or () if event.get("type") != kind]
    reading.changes = [change for change in reading.changes if change.slot not in EVENT_SLOTS]
    for slot in EVENT_SLOTS:
        if slot not in told and slot not in stays:
            reading.slots[slot] = None
    unknowable = reading.slots.get("unknowable", slots.get("unknowable")) or []
    reading.slots["unknowable"] = [fact for fact in unknowable if not fact.startswith("event.")]
    reading.slots["other_events"] = [*earlier, event_document(slots)]
    reading.slots["shown"] = reading.slots["conflict"] = None
    reading.switched = "next"


def _another_firm(message: Message, slots: Slots) -> bool:
    """Whether the message begins to tell of another firm than the one told of so far."""
    known = any(slots.get(slot) is not None for slot in _FIRM)
    return known and bool(_of_a_firm(message)) and OTHER_FIRM.search(message.text) is not None


def _of_a_firm(message: Message) -> list[dict[str, Any]]:
    """What the message tells of a firm, of whose it is said to be: a client's is somebody else's otherwise."""
    told = {slot: name for name, slot in ENTITY_SLOTS.items() if slot in _FIRM}
    return [{**entity, "role": None} for entity in message.entities
            if entity["entity"] in told.values() and entity.get("role") in (None, "other")]


def _begin_anew(reading: Reading, message: Message, slots: Slots) -> None:
    """Only what this message tells stays of the facts."""
    told = {ENTITY_SLOTS[str(entity["entity"])]: entity["value"] for entity in _of_a_firm(message)} | reading.told
    for slot in FACT_SLOTS:
        reading.slots[slot] = told.get(slot)
    reading.learned = [slot for slot in FACT_SLOTS if reading.slots[slot] is not None]
    reading.changes = []
    for slot in _FORGOTTEN:
        reading.slots[slot] = None
    reading.slots.setdefault("region_choices", None)
    reading.switched = "firm"


def _drop(reading: Reading, *gone: str) -> None:
    for slot in gone:
        reading.slots.pop(slot, None)
        reading.told.pop(slot, None)
    reading.learned = [slot for slot in reading.learned if slot not in gone]
    reading.changes = [change for change in reading.changes if change.slot not in gone]
