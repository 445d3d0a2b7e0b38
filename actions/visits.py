"""The journeys to a planner: a visit, and a call-back without one. A booking later on is in ``actions.bookings``."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import appointments
from actions.appointments import Request
from actions.arranging import AFTER_A_VISIT, Arranging, first_missing, forget
from actions.forms import said_back
from actions.people import contact_for
from actions.reading import message_of, said_by, turn_of
from actions.screening import screening_of
from actions.slots import CONTACT_SLOTS
from actions.speaking import say
from bot.desk.errors import DeskError
from knowledge_base import places
from knowledge_base.facts_said import name_of


class _HandingOff(Arranging):
    """A form that ends with a hand-off: consent, whom to reach, and a summary to agree to."""

    @staticmethod
    def missing(
        tracker: Tracker, events: list[EventType], started: bool, *before: str
    ) -> tuple[str | None, list[EventType]]:
        """What is still to be asked after ``before``; None where all is told or consent was refused."""
        if tracker.get_slot("consent") is False:
            # Asking for a planner anew is the only way the question of consent comes up again.
            if not started:
                return None, events
            events = [*events, SlotSet("consent", None)]
        if tracker.get_slot("handoff_confirmed") is False:
            # A "no" to the summary, or a change after it, opens the summary again.
            events = [*events, SlotSet("handoff_confirmed", None)]
        return first_missing(tracker, events, *before, "consent", "company_name", "contact_name", "contact_phone",
                             "handoff_confirmed"), events


class ValidateVisitForm(_HandingOff):
    """Where the firm is, a free time, consent, and only then whom to visit."""

    form = "visit_form"
    own = frozenset({"book_visit", "change_visit"})
    answers = frozenset({"waiting_wanted"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        if not tracker.get_slot("company_region"):
            return "company_region", []
        if places.center_for(tracker.get_slot("company_region")).business_center is None:
            return None, [SlotSet("hold", None)]
        events = await self.choose_opening(dispatcher, tracker)
        held = any(event.get("name") == "hold" and event.get("value") for event in events)
        waits, more = self._waits(tracker, started, held)
        if waits is False:
            return None, [*events, *more]
        return self.missing(tracker, [*events, *more], started, *(() if waits else ("visit_opening",)))

    def _waits(self, tracker: Tracker, started: bool, held: bool) -> tuple[bool | None, list[EventType]]:
        """Whether the person waits for a time instead of choosing one, None while that is open; and what it changes.

        Waiting and a visit are different uses of the contact data: to go from one to the other is to consent anew.
        """
        said = self.said_now(tracker, "waiting_wanted")
        wanted = tracker.get_slot("waiting_wanted") if said or not started else None
        ask_again = [SlotSet("consent", None)] if tracker.get_slot("consent") else []
        if wanted and (held or self.said_now(tracker, "visit_window")):
            return None, [SlotSet("waiting_wanted", None), *ask_again]
        if wanted and not tracker.get_slot("waiting_window"):
            return None, [SlotSet("waiting_wanted", None)]  # times were offered, and no other was asked for
        if wanted and said:
            return True, [*forget("visit_opening", "hold", "consent", "handoff_confirmed")]
        return wanted, [SlotSet("waiting_wanted", None)] if started else []


class ValidateCallbackForm(_HandingOff):
    """Consent and whom to call; the region only helps to find the right center."""

    form = "callback_form"
    own = frozenset({"request_callback"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        events: list[EventType] = [SlotSet("hold", None)] if started else []
        if not tracker.get_slot("company_region") and "company.region" not in (tracker.get_slot("unknowable") or []):
            return "company_region", events
        return self.missing(tracker, events, started)


class ActionAskVisitOpening(Action):
    """Free times, in the window the person named if there are any."""

    def name(self) -> str:
        return "action_ask_visit_opening"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said, visit = tracker.get_slot("visit_window"), tracker.get_slot("visit") or {}
        window = said or tracker.get_slot("wished")  # after a question in between, the same times again
        changing = tracker.active_loop.get("name") == "change_form"
        shown = await asyncio.to_thread(
            appointments.offer, tracker.get_slot("company_region"), window,
            center_id=visit.get("center_id") if changing else None, said=said_by(tracker))
        if not shown.openings and changing:
            # The page of the visit, where waiting can be asked for, is a button of the card.
            say(dispatcher, "utter_openings_none_to_change", act="visit", asks="visit.opening",
                card=visit.get("card"))
            return [SlotSet("visit_window", None)]
        if not shown.openings:
            say(dispatcher, "utter_ask_waiting_wanted")
            return [SlotSet("waiting_window", window if shown.worth_waiting else shown.reach),
                    SlotSet("visit_window", None), SlotSet("requested_slot", "waiting_wanted")]
        center = (shown.center or {})["name"]
        buttons = [(one["when"].split(" ", 1)[1], f'/inform{{"opening":"{one["id"]}"}}') for one in shown.openings]
        told = shown.as_wished or not said
        say(dispatcher, "utter_openings" if told else "utter_openings_none", act="visit",
            asks="visit.opening", items=[(shown.center or {})["id"]], card=appointments.openings_card(shown),
            buttons=buttons, center=center)
        wish = window if shown.worth_waiting and not changing else None
        if wish and said:
            say(dispatcher, "utter_offer_waiting")
        return [SlotSet("openings_offered", list(shown.openings)), SlotSet("visit_window", None),
                SlotSet("wished", window), SlotSet("waiting_window", wish)]


class ActionAskConsent(Action):
    """The question of consent: what for, which data, for how long."""

    def name(self) -> str:
        return "action_ask_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        visit = tracker.active_loop.get("name") == "visit_form"
        asked = "utter_ask_consent_visit" if visit else "utter_ask_consent_callback"
        say(dispatcher, "utter_ask_consent_waiting" if visit and tracker.get_slot("waiting_wanted") else asked,
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
        kept, window = tracker.get_slot("hold"), _window(tracker)
        said = {
            "visit.opening": kept["when"] if kept else None,
            "visit.waiting": appointments.said_window(window) if window else None,
            "company.name": tracker.get_slot("company_name"),
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
        kept, window = tracker.get_slot("hold"), _window(tracker)
        if tracker.get_slot("consent") is False:
            say(dispatcher, "utter_consent_refused", act="contact", card=contact_for(tracker).card())
            return forget(*CONTACT_SLOTS, *AFTER_A_VISIT)
        if tracker.get_slot("waiting_wanted") is False:
            say(dispatcher, "utter_waiting_declined", act="contact", card=contact_for(tracker).card())
            return forget(*AFTER_A_VISIT)
        if not tracker.get_slot("handoff_confirmed"):
            say(dispatcher, "utter_no_center", act="contact", card=contact_for(tracker).card())
            return forget(*AFTER_A_VISIT)
        try:
            card = await asyncio.to_thread(appointments.hand_off, _request(tracker, kept, window))
        except DeskError as refusal:
            say(dispatcher, "utter_not_stored", act="visit", card=contact_for(tracker).card(), reason=str(refusal))
            return forget("visit_opening", "hold", "handoff_confirmed")
        center = (card["center"] or {}).get("name") or contact_for(tracker).name
        if window:
            done = "utter_waiting_by_mail" if tracker.get_slot("contact_email") else "utter_waiting_by_phone"
        else:
            done = "utter_visit_booked" if kept else (
                "utter_callback_booked" if card["center"] else "utter_callback_booked_anywhere")
        say(dispatcher, done, act="visit" if kept else "handoff",
            items=[card["center"]["id"]] if card["center"] else [], card=card, when=card["when_ko"] or "",
            center=center, number=card["number"])
        return [SlotSet("booking_number", card["number"]), SlotSet("offer", None), *forget(*AFTER_A_VISIT)]


def _window(tracker: Tracker) -> dict[str, Any] | None:
    """The window that is waited for, where somebody waits."""
    waits = tracker.active_loop.get("name") != "callback_form" and tracker.get_slot("waiting_wanted")
    return tracker.get_slot("waiting_window") if waits and not tracker.get_slot("hold") else None


def _request(tracker: Tracker, kept: dict[str, str] | None, window: dict[str, Any] | None) -> Request:
    return Request(
        conversation_id=tracker.sender_id,
        contact_name=tracker.get_slot("contact_name"),
        phone=tracker.get_slot("contact_phone"),
        email=tracker.get_slot("contact_email"),
        company_name=tracker.get_slot("company_name"),
        facts=tracker.get_slot("facts") or {},
        screening=screening_of(tracker, all_events=True).to_document(only_relevant=True),
        wishes=tuple(filter(None, [tracker.get_slot("wish_words")])),
        hold_id=kept["hold"] if kept else None,
        waiting=window,
        key=f"{tracker.sender_id}:{turn_of(tracker)}",
        said=said_by(tracker),
    )
