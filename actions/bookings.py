"""A booking later on: looked up, moved to another time, or cancelled."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import appointments
from actions.arranging import AFTER_A_VISIT, Arranging, first_missing, forget
from actions.people import contact_for
from actions.reading import message_of
from actions.speaking import say
from bot.desk.booking import TooLateToChange
from bot.desk.errors import DeskError
from bot.desk.guessing import TooManyGuesses
from knowledge_base.booking_words import number_lost


class _Finding(Arranging):
    """A form that begins with finding a booking."""

    settles_facts = False

    def acknowledge(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, intent: str, filled: set[str]
    ) -> None:
        super().acknowledge(dispatcher, tracker, intent, filled)
        asked = tracker.get_slot("requested_slot") == "booking_number"
        lost = number_lost(message_of(tracker).text) or (asked and intent == "dont_know")
        if lost and not tracker.get_slot("booking_number"):
            say(dispatcher, "utter_booking_number_unknown", act="contact", asks="visit.number",
                card=contact_for(tracker).card())

    async def found(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any] | None:
        """The booking as plain data; None where the number and phone fit none (which is said)."""
        try:
            details, card = await asyncio.to_thread(appointments.look_up, tracker.get_slot("booking_number"),
                                                    tracker.get_slot("contact_phone"), tracker.sender_id)
        except TooManyGuesses as refusal:
            say(dispatcher, "utter_too_many_guesses", act="contact", card=contact_for(tracker).card(),
                reason=str(refusal))
            return {"locked": True}
        except DeskError:
            say(dispatcher, "utter_visit_not_found", act="visit")
            return None
        waits = details.status == "waiting"
        return {"visit_id": details.visit_id, "lead_id": details.lead_id, "center_id": details.center_id,
                "when": details.waits[0].when_ko if waits else details.when_ko,
                "can_change": details.can_change, "can_book": details.can_book, "waits": waits, "card": card}


class ValidateLookupForm(_Finding):
    """Number and phone of a booking."""

    form = "lookup_form"
    own = frozenset({"lookup_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        return first_missing(tracker, [], "booking_number", "contact_phone"), []


class ActionShowVisit(Action):
    """A booking as it stands."""

    def name(self) -> str:
        return "action_show_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            details, card = await asyncio.to_thread(appointments.look_up, tracker.get_slot("booking_number"),
                                              tracker.get_slot("contact_phone"), tracker.sender_id)
        except TooManyGuesses as refusal:
            say(dispatcher, "utter_too_many_guesses", act="contact", card=contact_for(tracker).card(),
                reason=str(refusal))
            return forget("booking_number")
        except DeskError:
            say(dispatcher, "utter_visit_not_found", act="visit")
            return forget("booking_number")
        if details.status == "waiting":
            freed = next((one.freed_ko for one in details.waits if one.freed_ko), None)
            say(dispatcher, "utter_waiting_freed" if freed else "utter_waiting_found", act="visit", card=card,
                when=freed or details.waits[0].when_ko)
            return []
        say(dispatcher, "utter_visit_found", act="visit", card=card, when=card["when_ko"] or card["status_ko"],
            status=card["status_ko"])
        return []


class ValidateChangeForm(_Finding):
    """Which booking, and its new time."""

    form = "change_form"
    own = frozenset({"change_visit", "book_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        events: list[EventType] = forget("visit_opening", "hold", "openings_offered") if started else []
        missing = first_missing(tracker, [], "booking_number", "contact_phone")
        if missing:
            return missing, events
        visit = await self.found(dispatcher, tracker)
        if visit is None:
            return "booking_number", [*events, SlotSet("booking_number", None)]
        events.append(SlotSet("visit", visit))
        if not visit.get("can_change") and not visit.get("can_book"):
            return None, events
        if not started:
            events += await self.choose_opening(dispatcher, tracker, told=False, center_id=visit["center_id"])
        return first_missing(tracker, events, "visit_opening"), events


class ActionChangeVisit(Action):
    """The visit is moved to the time chosen."""

    def name(self) -> str:
        return "action_change_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit, opening = tracker.get_slot("visit") or {}, tracker.get_slot("visit_opening")
        if visit.get("locked"):
            return forget("booking_number", "visit", *AFTER_A_VISIT)
        if not (visit.get("can_change") or visit.get("can_book")) or not opening:
            say(dispatcher, "utter_visit_too_late", act="contact", card=contact_for(tracker).card())
            return forget(*AFTER_A_VISIT)
        try:
            if visit["can_change"]:
                card = await asyncio.to_thread(appointments.change, visit["visit_id"], opening, tracker.sender_id)
            else:
                card = await asyncio.to_thread(appointments.book, visit["lead_id"], opening, tracker.sender_id)
        except DeskError as refusal:
            say(dispatcher, "utter_not_stored", act="visit", card=contact_for(tracker).card(), reason=str(refusal))
            return forget(*AFTER_A_VISIT)
        done = "utter_visit_changed" if visit["can_change"] else "utter_visit_booked"
        say(dispatcher, done, act="visit", card=card, when=card["when_ko"], number=card["number"],
            center=card["center"]["name"])
        return forget(*AFTER_A_VISIT)


class ValidateCancelForm(_Finding):
    """Which booking, and whether it is really to be cancelled."""

    form = "cancel_form"
    own = frozenset({"cancel_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        events: list[EventType] = forget("cancel_confirmed") if started else []
        choosing = tracker.get_slot("openings_offered") or tracker.get_slot("hold")
        if started and choosing and not tracker.get_slot("booking_number"):
            say(dispatcher, "utter_nothing_booked_yet")
            return None, events
        missing = first_missing(tracker, [], "booking_number", "contact_phone")
        if missing:
            return missing, events
        visit = await self.found(dispatcher, tracker)
        if visit is None:
            return "booking_number", [*events, SlotSet("booking_number", None)]
        events.append(SlotSet("visit", visit))
        if not visit.get("can_change") and not visit.get("waits"):
            return None, events
        return first_missing(tracker, events, "cancel_confirmed"), events


class ActionAskCancelConfirmed(Action):
    """Really cancel?"""

    def name(self) -> str:
        return "action_ask_cancel_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit = tracker.get_slot("visit") or {}
        say(dispatcher, "utter_ask_stop_waiting" if visit.get("waits") else "utter_ask_cancel_confirmed",
            when=visit.get("when") or "")
        return []


class ActionCancelVisit(Action):
    """The visit is cancelled, or kept after all."""

    def name(self) -> str:
        return "action_cancel_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit, confirmed = tracker.get_slot("visit") or {}, tracker.get_slot("cancel_confirmed")
        if not tracker.get_slot("booking_number"):
            return forget(*AFTER_A_VISIT)  # nothing was booked yet
        if visit.get("locked"):
            return forget("booking_number", "visit", *AFTER_A_VISIT)
        if visit.get("waits") and confirmed:
            await asyncio.to_thread(appointments.stop_waiting, visit["lead_id"])
            say(dispatcher, "utter_waiting_left")
            return forget("booking_number", *AFTER_A_VISIT)
        if visit.get("waits"):
            say(dispatcher, "utter_waiting_kept")
        elif not visit.get("can_change"):
            say(dispatcher, "utter_visit_too_late", act="contact", card=contact_for(tracker).card())
        elif not confirmed:
            say(dispatcher, "utter_visit_kept")
        else:
            try:
                await asyncio.to_thread(appointments.cancel, visit["visit_id"])
            except TooLateToChange:
                say(dispatcher, "utter_visit_too_late", act="contact", card=contact_for(tracker).card())
            except DeskError as refusal:
                say(dispatcher, "utter_not_stored", act="visit", card=contact_for(tracker).card(),
                    reason=str(refusal))
            else:
                say(dispatcher, "utter_visit_cancelled")
                return forget("booking_number", *AFTER_A_VISIT)
        return forget(*AFTER_A_VISIT)
