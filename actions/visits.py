"""The journeys to a planner: a visit, a call-back, and a booking looked up, moved or cancelled."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import appointments
from actions.appointments import Request
from actions.forms import FormStep, said_back
from actions.memory import CONTACT_SLOTS
from actions.people import contact_for
from actions.reading import message_of
from actions.screening import screening_of
from actions.speaking import say
from bot.desk.booking import OpeningTaken, TooLateToChange
from bot.desk.calendar import OpeningUnavailable
from bot.desk.errors import DeskError
from knowledge_base import places
from knowledge_base.facts_said import name_of

_AFTER_A_VISIT = (
    "visit_opening", "visit_window", "openings_offered", "hold", "handoff_confirmed", "cancel_confirmed",
)


def _forget(*slots: str) -> list[EventType]:
    return [SlotSet(slot, None) for slot in slots]


class _Arranging(FormStep):
    """A form in which a free time is chosen and kept."""

    async def choose_opening(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Keep the time just chosen or said; afterwards the slot ``hold`` says which it is."""
        opening, kept = tracker.get_slot("visit_opening"), tracker.get_slot("hold")
        offered, window = tracker.get_slot("openings_offered") or [], tracker.get_slot("visit_window")
        events: list[EventType] = []
        if window and (not opening or (kept and opening == kept["id"] and self._said_now(tracker, "visit_window"))):
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
            return [*events, *_forget("visit_opening", "hold", "visit_window")]
        say(dispatcher, "utter_opening_held", when=kept["when"])
        return [*events, SlotSet("hold", kept)]

    @staticmethod
    def _said_now(tracker: Tracker, slot: str) -> bool:
        for event in reversed(tracker.events):
            if event.get("event") == "user":
                return False
            if event.get("event") == "slot" and event.get("name") == slot and event.get("value"):
                return True
        return False


def _value(tracker: Tracker, events: list[EventType], slot: str) -> Any:
    """A slot's value after ``events``."""
    for event in reversed(events):
        if event.get("event") == "slot" and event.get("name") == slot:
            return event.get("value")
    return tracker.get_slot(slot)


def _first_missing(tracker: Tracker, events: list[EventType], *slots: str) -> str | None:
    return next((slot for slot in slots if _value(tracker, events, slot) is None), None)


class ValidateVisitForm(_Arranging):
    """Where the firm is, a free time, consent, and only then whom to visit."""

    form = "visit_form"
    own = frozenset({"book_visit", "change_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        if not tracker.get_slot("company_region"):
            return "company_region", []
        if places.center_for(tracker.get_slot("company_region")).business_center is None:
            return None, [SlotSet("hold", None)]
        events = await self.choose_opening(dispatcher, tracker)
        if tracker.get_slot("consent") is False:
            # Asking for a visit anew is the only way the question of consent comes up again.
            if not started:
                return None, events
            events.append(SlotSet("consent", None))
        events += _confirmed(tracker)
        return _first_missing(tracker, events, "visit_opening", "consent", "company_name", "contact_name",
                              "contact_phone", "handoff_confirmed"), events


class ValidateCallbackForm(FormStep):
    """Consent and whom to call; the region only helps to find the right center."""

    form = "callback_form"
    own = frozenset({"request_callback"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        events: list[EventType] = [SlotSet("hold", None)] if started else []
        if not tracker.get_slot("company_region") and "company.region" not in (tracker.get_slot("unknowable") or []):
            return "company_region", events
        if tracker.get_slot("consent") is False:
            if not started:
                return None, events
            events.append(SlotSet("consent", None))
        events += _confirmed(tracker)
        return _first_missing(tracker, events, "consent", "company_name", "contact_name", "contact_phone",
                              "handoff_confirmed"), events


def _confirmed(tracker: Tracker) -> list[EventType]:
    """A "no" to the summary, or a change after it, opens the summary again."""
    return [SlotSet("handoff_confirmed", None)] if tracker.get_slot("handoff_confirmed") is False else []


class ActionAskVisitOpening(Action):
    """Free times, in the window the person named if there are any."""

    def name(self) -> str:
        return "action_ask_visit_opening"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        window, visit = tracker.get_slot("visit_window"), tracker.get_slot("visit") or {}
        changing = tracker.active_loop.get("name") == "change_form"
        shown = await asyncio.to_thread(
            appointments.offer, tracker.get_slot("company_region"), window,
            center_id=visit.get("center_id") if changing else None)
        if not shown.openings:
            say(dispatcher, "utter_openings_none_at_all")
            return []
        center = (shown.center or {})["name"]
        buttons = [(one["when"].split(" ", 1)[1], f'/inform{{"opening":"{one["id"]}"}}') for one in shown.openings]
        say(dispatcher, "utter_openings" if shown.as_wished else "utter_openings_none", act="visit",
            asks="visit.opening", items=[(shown.center or {})["id"]], card=appointments.openings_card(shown),
            buttons=buttons, center=center)
        return [SlotSet("openings_offered", list(shown.openings)), SlotSet("visit_window", None)]


class ActionAskConsent(Action):
    """The question of consent: what for, which data, for how long."""

    def name(self) -> str:
        return "action_ask_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit = tracker.active_loop.get("name") == "visit_form"
        say(dispatcher, "utter_ask_consent_visit" if visit else "utter_ask_consent_callback",
            retention=appointments.kept_for())
        return []


class ActionAskHandoffConfirmed(Action):
    """The summary of what is about to be passed on."""

    def name(self) -> str:
        return "action_ask_handoff_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if message_of(tracker).intent == "deny":
            say(dispatcher, "utter_what_to_correct", act="visit", asks="handoff.confirmed")
            return []
        kept = tracker.get_slot("hold")
        said = {
            "visit.opening": kept["when"] if kept else None, "company.name": tracker.get_slot("company_name"),
            "contact.name": tracker.get_slot("contact_name"), "contact.phone": tracker.get_slot("contact_phone"),
            "situation": said_back(tracker),
        }
        lines = [{"label": name_of(fact), "value": value} for fact, value in said.items() if value]
        say(dispatcher, "utter_ask_handoff_confirmed", act="visit", asks="handoff.confirmed",
            card={"v": 1, "type": "lead", "number": None, "title": None, "lines": lines})
        return []


class ActionHandOff(Action):
    """The firm is passed on to the planners, in one transaction; the time is offered anew if it was lost."""

    def name(self) -> str:
        return "action_hand_off"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kept = tracker.get_slot("hold")
        if tracker.get_slot("consent") is False:
            say(dispatcher, "utter_consent_refused", act="contact", card=contact_for(tracker).card())
            return _forget(*CONTACT_SLOTS, *_AFTER_A_VISIT)
        if not tracker.get_slot("handoff_confirmed"):
            say(dispatcher, "utter_no_center", act="contact", card=contact_for(tracker).card())
            return _forget(*_AFTER_A_VISIT)
        try:
            card = await asyncio.to_thread(appointments.hand_off, _request(tracker, kept))
        except DeskError as refusal:
            say(dispatcher, "utter_not_stored", act="visit", card=contact_for(tracker).card(), reason=str(refusal))
            return _forget("visit_opening", "hold", "handoff_confirmed")
        center = (card["center"] or {}).get("name") or contact_for(tracker).name
        say(dispatcher, "utter_visit_booked" if kept else "utter_callback_booked", act="visit" if kept else "handoff",
            items=[card["center"]["id"]] if card["center"] else [], card=card, when=card["when_ko"] or "",
            center=center, number=card["number"])
        return [SlotSet("booking_number", card["number"]), SlotSet("offer", None), *_forget(*_AFTER_A_VISIT)]


def _request(tracker: Tracker, kept: dict[str, str] | None) -> Request:
    return Request(
        conversation_id=tracker.sender_id,
        contact_name=tracker.get_slot("contact_name"),
        phone=tracker.get_slot("contact_phone"),
        email=tracker.get_slot("contact_email"),
        company_name=tracker.get_slot("company_name"),
        facts=tracker.get_slot("facts") or {},
        screening=screening_of(tracker).to_document(only_relevant=True),
        wishes=tuple(filter(None, [tracker.get_slot("wish_words")])),
        hold_id=kept["hold"] if kept else None,
        key=f"{tracker.sender_id}:{tracker.latest_message.get('message_id')}",
    )


class _Finding(_Arranging):
    """A form that begins with finding a booking."""

    async def found(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any] | None:
        """The booking as plain data; None where the number and phone fit none (which is said)."""
        try:
            details, _ = await asyncio.to_thread(
                appointments.look_up, tracker.get_slot("booking_number"), tracker.get_slot("contact_phone"))
        except DeskError:
            say(dispatcher, "utter_visit_not_found", act="visit")
            return None
        return {"visit_id": details.visit_id, "center_id": details.center_id, "when": details.when_ko,
                "can_change": details.can_change}


class ValidateLookupForm(_Finding):
    """Number and phone of a booking."""

    form = "lookup_form"
    own = frozenset({"lookup_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        return _first_missing(tracker, [], "booking_number", "contact_phone"), []


class ActionShowVisit(Action):
    """A booking as it stands."""

    def name(self) -> str:
        return "action_show_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            _, card = await asyncio.to_thread(
                appointments.look_up, tracker.get_slot("booking_number"), tracker.get_slot("contact_phone"))
        except DeskError:
            say(dispatcher, "utter_visit_not_found", act="visit")
            return _forget("booking_number")
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
        events: list[EventType] = _forget("visit_opening", "hold", "openings_offered") if started else []
        missing = _first_missing(tracker, [], "booking_number", "contact_phone")
        if missing:
            return missing, events
        visit = await self.found(dispatcher, tracker)
        if visit is None:
            return "booking_number", [*events, SlotSet("booking_number", None)]
        events.append(SlotSet("visit", visit))
        if not visit["can_change"]:
            return None, events
        if not started:
            events += await self.choose_opening(dispatcher, tracker)
        return _first_missing(tracker, events, "visit_opening"), events


class ActionChangeVisit(Action):
    """The visit is moved to the time chosen."""

    def name(self) -> str:
        return "action_change_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit, opening = tracker.get_slot("visit") or {}, tracker.get_slot("visit_opening")
        number, phone = tracker.get_slot("booking_number"), tracker.get_slot("contact_phone")
        if not visit.get("can_change") or not opening:
            say(dispatcher, "utter_visit_too_late", act="contact", card=contact_for(tracker).card())
            return _forget(*_AFTER_A_VISIT)
        try:
            card = await asyncio.to_thread(appointments.change, visit["visit_id"], opening, number, phone)
        except DeskError as refusal:
            say(dispatcher, "utter_not_stored", act="visit", card=contact_for(tracker).card(), reason=str(refusal))
            return _forget(*_AFTER_A_VISIT)
        say(dispatcher, "utter_visit_changed", act="visit", card=card, when=card["when_ko"], number=number)
        return _forget(*_AFTER_A_VISIT)


class ValidateCancelForm(_Finding):
    """Which booking, and whether it is really to be cancelled."""

    form = "cancel_form"
    own = frozenset({"cancel_visit"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        events: list[EventType] = _forget("cancel_confirmed") if started else []
        missing = _first_missing(tracker, [], "booking_number", "contact_phone")
        if missing:
            return missing, events
        visit = await self.found(dispatcher, tracker)
        if visit is None:
            return "booking_number", [*events, SlotSet("booking_number", None)]
        events.append(SlotSet("visit", visit))
        if not visit["can_change"]:
            return None, events
        return _first_missing(tracker, events, "cancel_confirmed"), events


class ActionAskCancelConfirmed(Action):
    """Really cancel?"""

    def name(self) -> str:
        return "action_ask_cancel_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, "utter_ask_cancel_confirmed", when=(tracker.get_slot("visit") or {}).get("when") or "")
        return []


class ActionCancelVisit(Action):
    """The visit is cancelled, or kept after all."""

    def name(self) -> str:
        return "action_cancel_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit, confirmed = tracker.get_slot("visit") or {}, tracker.get_slot("cancel_confirmed")
        if not visit.get("can_change"):
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
                return _forget("booking_number", *_AFTER_A_VISIT)
        return _forget(*_AFTER_A_VISIT)
