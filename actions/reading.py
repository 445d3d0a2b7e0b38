"""The one action that reads a message into slots; it runs once for every message, in or out of a form."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import memory
from actions.validation import possible
from bot.observing import metrics
from knowledge_base import clock

# 주민등록번호 is never asked for and never kept: bot.nlu only says that one was typed.
RESIDENT_NUMBER = "resident_number"


def message_of(tracker: Tracker) -> memory.Message:
    """The latest message as the memory reads it."""
    latest = tracker.latest_message
    return memory.Message(
        text=latest.get("text") or "",
        intent=(latest.get("intent") or {}).get("name") or "nlu_fallback",
        entities=tuple(latest.get("entities") or ()),
    )


def turn_of(tracker: Tracker) -> str | None:
    """What stays the same when Rasa is asked again for the same message: the web's turn, else Rasa's message id."""
    latest = tracker.latest_message
    found: str | None = (latest.get("metadata") or {}).get("turn") or latest.get("message_id")
    return found


class ActionReadFacts(Action):
    """Facts, contact data and answers of the latest message into slots."""

    def name(self) -> str:
        return "action_read_facts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        # A form runs the extraction again when it starts; the same message must not be read twice.
        message_id = tracker.latest_message.get("message_id")
        if message_id and message_id == tracker.get_slot("read_message"):
            return []
        message = message_of(tracker)
        metrics.INTENTS.labels(message.intent).inc()
        slots = tracker.slots
        reading = memory.read(message, slots, today=clock.today().isoformat())
        if message.intent == "correct" and not reading.slots:
            reading = memory.taken_back(slots)
        refused = next((slot for slot, value in reading.slots.items() if not possible(slot, value)), None)
        changed: dict[str, Any] = {slot: value for slot, value in reading.slots.items() if possible(slot, value)}
        if any(entity["entity"] == RESIDENT_NUMBER for entity in message.entities):
            refused = RESIDENT_NUMBER
        changed["refused"] = refused
        changed["read_message"] = message_id
        changed["learned"] = [slot for slot in reading.learned if slot in changed]
        if changed["learned"]:
            changed["changes"] = [vars(change) for change in reading.changes if change.slot in changed]
        facts = memory.facts_document({**slots, **changed})
        if facts != (slots.get("facts") or {}):
            changed["facts"] = facts
        if changed["learned"] and not slots.get("wish_words"):
            changed["wish_words"] = message.text[:500]
        return [SlotSet(slot, value) for slot, value in changed.items()]
