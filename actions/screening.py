"""The screening journey: the next best question, then the verdicts and what a correction changed."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.forms import FormStep
from actions.memory import slot_of
from actions.speaking import say
from knowledge_base import clock, places
from knowledge_base.facts import Facts
from knowledge_base.screening import Screening, screen
from knowledge_base.verdict_words import differences, headline, remembered


def screening_of(tracker: Tracker) -> Screening:
    """The verdicts for what this conversation knows, by the rules of the event's day."""
    facts = Facts.read(tracker.get_slot("facts") or {})
    return screen(facts, as_of=clock.today(), unknowable=frozenset(tracker.get_slot("unknowable") or ()))


class ValidateScreeningForm(FormStep):
    """Asks the fact whose answer settles the most, until none can change a verdict that matters."""

    form = "screening_form"
    own = frozenset({"ask_eligibility"})

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        if tracker.get_slot("region_choices"):
            return "company_region", []
        question = screening_of(tracker).next_question
        return (slot_of(question) if question else None), []


class ActionAskCompanyRegion(Action):
    """Where the firm is; with the candidates where the name given leads to several places."""

    def name(self) -> str:
        return "action_ask_company_region"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        choices = tracker.get_slot("region_choices")
        if isinstance(choices, list) and choices:
            buttons = [(places.region(code).full_name, f'/inform{{"region":"{code}"}}') for code in choices[:8]]
            say(dispatcher, "utter_which_region", act="ask_fact", asks="company.region", buttons=buttons)
        elif choices:
            say(dispatcher, "utter_which_district", act="ask_fact", asks="company.region",
                sido=places.sido(choices).name)
        else:
            say(dispatcher, "utter_ask_company_region")
        return []


class ActionShowVerdicts(Action):
    """The verdicts as a card; after a correction, first what it changed."""

    def name(self) -> str:
        return "action_show_verdicts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        screening = screening_of(tracker)
        verdicts = screening.to_card()
        self._utter(dispatcher, tracker, screening, verdicts)
        say(dispatcher, "utter_offer_visit")
        return [SlotSet("shown", remembered(screening)), SlotSet("offer", "visit"), SlotSet("changes", None),
                SlotSet("topic", next((verdict["program"] for verdict in verdicts["verdicts"]), None))]

    def _utter(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, screening: Screening, verdicts: dict[str, Any]
    ) -> None:
        items = [verdict["program"] for verdict in verdicts["verdicts"]]
        shown = tracker.get_slot("shown")
        told = headline(screening)
        if shown:
            changed = differences(shown, screening)
            response = "utter_verdicts_changed" if changed else "utter_verdicts_same"
            say(dispatcher, response, act="verdicts", items=items, card=verdicts,
                difference=" ".join(changed), headline=told or "")
        elif told:
            say(dispatcher, "utter_verdicts", act="verdicts", items=items, card=verdicts, headline=told)
        else:
            say(dispatcher, "utter_verdicts_none", act="verdicts", items=items, card=verdicts)
