"""What the journeys to a planner share: a free time chosen and kept, and the next thing that is missing."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import appointments, visit_times
from actions.forms import FormStep
from actions.memory import Message
from actions.reading import message_of, said_by
from actions.speaking import say
from bot.desk.booking import OpeningTaken
from bot.desk.calendar import OpeningUnavailable

AFTER_A_VISIT = (
    "visit_opening", "visit_window", "wished", "openings_offered", "hold", "handoff_confirmed", "cancel_confirmed",
    "waiting_wanted", "waiting_window",
)


def forget(*slots: str) -> list[EventType]:
    """Events that empty ``slots``."""
    return [SlotSet(slot, None) for slot in slots]


class Arranging(FormStep):
    """A form in which a free time is chosen and kept."""

    def is_own(self, message: Message, filled: set[str]) -> bool:
        return "visit_window" in filled and visit_times.speaks_of_times(message)

    async def choose_opening(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, *, told: bool = True, center_id: str | None = None
    ) -> list[EventType]:
        """Keep the time just chosen or said; afterwards the slot ``hold`` says which it is.

        Without ``told`` the keeping is not spoken of: the change that follows at once is.
        """
        opening, kept = tracker.get_slot("visit_opening"), tracker.get_slot("hold")
        offered, window = tracker.get_slot("openings_offered") or [], tracker.get_slot("visit_window")
        events: list[EventType] = []
        if not opening and not offered and window and window.get("grain") == "hour":
            # A time named to the hour, and free: nothing is left to choose from.
            fitting = await asyncio.to_thread(
                appointments.offer, tracker.get_slot("company_region"), window, center_id=center_id,
                said=said_by(tracker))
            offered = list(fitting.openings) if fitting.as_wished else []
        intent = message_of(tracker).intent
        if tracker.get_slot("requested_slot") == "visit_opening" and intent == "deny" and not window:
            say(dispatcher, "utter_openings_turned_down")
        if not opening and len(offered) == 1 and intent == "affirm" and not self.said_now(tracker, "visit_window"):
            opening = offered[0]["id"]
            events.append(SlotSet("visit_opening", opening))
        if kept and not window and visit_times.asks_for_other_times(message_of(tracker).text):
            return [*forget("visit_opening", "hold", "openings_offered"), SlotSet("wished", _day_of(kept))]
        if window and (not opening or (kept and opening == kept["id"] and self.said_now(tracker, "visit_window"))):
            meant = appointments.chosen(offered, window)
            if meant is None:
                return [*events, SlotSet("visit_opening", None), SlotSet("hold", None)] if kept else events
            opening = meant["id"]
            events += [SlotSet("visit_window", None), SlotSet("visit_opening", opening)]
        if not opening or (kept and kept["id"] == opening):
            return events
        try:
            kept = await asyncio.to_thread(appointments.hold, opening, tracker.sender_id)
        except OpeningUnavailable as refusal:
            taken = isinstance(refusal, OpeningTaken)
            say(dispatcher, "utter_opening_taken" if taken else "utter_opening_refused", act="visit",
                asks="visit.opening", reason=str(refusal))
            return [*events, *forget("visit_opening", "hold", "visit_window")]
        if told:
            say(dispatcher, "utter_opening_held", when=kept["when"])
        return [*events, SlotSet("hold", kept)]

    @staticmethod
    def said_now(tracker: Tracker, slot: str) -> bool:
        """Whether the latest message filled ``slot``."""
        for event in reversed(tracker.events):
            if event.get("event") == "user":
                return False
            if event.get("event") == "slot" and event.get("name") == slot and event.get("value"):
                return True
        return False


def _day_of(kept: dict[str, str]) -> dict[str, str]:
    """The whole day of a kept time, as a window."""
    day = datetime.fromisoformat(kept["starts_at"]).replace(hour=0, minute=0)
    return {"start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat(), "grain": "day"}


def _value(tracker: Tracker, events: list[EventType], slot: str) -> Any:
    """A slot's value after ``events``."""
    for event in reversed(events):
        if event.get("event") == "slot" and event.get("name") == slot:
            return event.get("value")
    return tracker.get_slot(slot)


def first_missing(tracker: Tracker, events: list[EventType], *slots: str) -> str | None:
    """The first of ``slots`` that is empty after ``events``; None where all are filled."""
    return next((slot for slot in slots if _value(tracker, events, slot) is None), None)
