"""A person, always: the center in charge with its numbers, 1350 with its hours, and whether somebody answers now."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reading import message_of
from actions.speaking import say
from knowledge_base import clock, contacts, places
from knowledge_base.korean import korean_date, korean_time
from knowledge_base.place_schema import Center

# What is told as soon as the place is known.
CONTACT = "contact"

LIFE_AT_RISK = "life_at_risk"
_SIDO_DIGITS = 2


def contact_for(tracker: Tracker) -> contacts.Contact:
    """Whom this firm calls: the center of its region, or 1350 where the region is not known."""
    region = tracker.get_slot("company_region")
    if region:
        return contacts.contact_for(places.center_for(region), clock.now())
    return contacts.contact(None, clock.now())


def say_contact(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The center named or of the place named, else the one of the firm's region, else which place is meant."""
    region, contact = tracker.get_slot("company_region"), contact_for(tracker)
    place = _place_named(tracker)
    named = places.center_named(message_of(tracker).text) or _center_of(place)
    if named:
        contact = contacts.contact(named.id, clock.now())
        say(dispatcher, "utter_contact_center", act="contact", items=[named.id], card=contact.card(),
            center=named.name)
    elif isinstance(place, list) and place:
        say_which_of(dispatcher, place)
    elif region:
        say(dispatcher, "utter_contact", act="contact", items=_items(contact), card=contact.card(),
            place=places.region(region).full_name, center=contact.name)
    elif isinstance(place, str):
        say(dispatcher, "utter_contact_which_district", act="contact", place=places.sido(place).name)
    else:
        say(dispatcher, "utter_contact_unknown", act="contact", card=contact.card())


def knows_the_center(tracker: Tracker) -> bool:
    """Whether one center can be told: that of the firm's region, or of a place that has but one."""
    return bool(tracker.get_slot("company_region")) or _center_of(_place_named(tracker)) is not None


def _place_named(tracker: Tracker) -> str | list[str] | None:
    """The place a center is asked for by ("서울 구로구 고용센터 전화번호"), the firm may be elsewhere; else the place
    told that is no 시군구 yet. A code of a region or a 시도, or those of all regions called so."""
    asked: list[str | list[str]] = [
        entity["value"] for entity in message_of(tracker).entities
        if entity["entity"] in ("region", "region_ambiguous", "region_sido") and entity.get("role") == "center"
    ]
    return asked[0] if asked else tracker.get_slot("region_choices")


def _center_of(place: str | list[str] | None) -> Center | None:
    if not isinstance(place, str):
        return None
    if len(place) == _SIDO_DIGITS:
        return places.sole_center(place)
    match = places.center_for(place)
    return match.business_center or match.center


def say_which_of(dispatcher: CollectingDispatcher, choices: list[str]) -> None:
    """Which of the places that are called so is meant; each has a button."""
    buttons = [(places.region(code).full_name, f'/inform{{"region":"{code}"}}') for code in choices[:8]]
    cities = {places.region(code).part_of for code in choices}
    if len(cities) == 1 and (city := cities.pop()):
        say(dispatcher, "utter_which_part", act="ask_fact", asks="company.region", buttons=buttons,
            city=places.region(city).name)
    else:
        say(dispatcher, "utter_which_region", act="ask_fact", asks="company.region", buttons=buttons)


class ActionShowContact(Action):
    """Who is in charge, with phone and address."""

    def name(self) -> str:
        return "action_show_contact"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("asks_first"):
            # "토요일도 되나요" asks how visits are, not for a number.
            # Imported here, because answers name centers too.
            from actions.questions import ActionAnswer

            return await ActionAnswer().run(dispatcher, tracker, domain)
        say_contact(dispatcher, tracker)
        known = knows_the_center(tracker) or places.center_named(message_of(tracker).text)
        # The place told next is for this: "우리 동네 센터 어디예요", "화성 동탄이요".
        return [] if known else [SlotSet("offer", CONTACT)]


class ActionAnswerDistress(Action):
    """Whom somebody turns to who is in distress; where a life may be at risk, that alone, and no form goes on."""

    def name(self) -> str:
        return "action_answer_distress"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not any(entity["entity"] == LIFE_AT_RISK for entity in message_of(tracker).entities):
            say(dispatcher, "utter_distress")
            return []
        say(dispatcher, "utter_life_at_risk")
        return [ActiveLoop(None), SlotSet("requested_slot", None)]


class ActionShowPerson(Action):
    """A person to talk to: now if the hours allow it, else from when."""

    def name(self) -> str:
        return "action_show_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        contact = contact_for(tracker)
        values: dict[str, Any] = {}
        if not contact.open_now and contact.opens_next:
            values["opens_at"] = f"{korean_date(contact.opens_next.date())} {korean_time(contact.opens_next)}"
        say(dispatcher, "utter_person_open" if contact.open_now else "utter_person_closed",
            act="handoff", items=_items(contact), card=contact.card(), **values)
        return []


def _items(contact: contacts.Contact) -> list[str]:
    return [contact.center_id] if contact.center_id else []
