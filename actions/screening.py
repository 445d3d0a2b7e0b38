"""The screening journey: the next best question, then the verdicts and what a correction changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import appointments
from actions.forms import HEARD, SCREENING, FormStep, events_said, gave_way
from actions.people import CONTACT, knows_the_center, say_contact, say_which_of
from actions.reading import message_of, question_asked
from actions.slots import slot_of
from actions.speaking import say
from actions.wishes import meet_wishes
from knowledge_base import clock, places
from knowledge_base.answers import kinds
from knowledge_base.facts import Facts
from knowledge_base.facts_said import name_of, value_of
from knowledge_base.in_talk import is_told
from knowledge_base.korean import korean_date
from knowledge_base.may_have import asks_of_the_firm, asks_which
from knowledge_base.screening import Screening, screen
from knowledge_base.verdict_words import differences, headline, remembered, whether

# Acts that no other action has answered already.
_TELLS = {"inform", "correct", "affirm", "deny", "ask_eligibility"}
# Told alone after an answer, these are of what was asked and call for no grants.
_DETAILS = {"event_worker_tenure_months", "event_worker_gender"}
# How often the same is asked for.
_MOST_TIMES = 2


def screening_of(tracker: Tracker, *, all_events: bool = False, unknown: Sequence[str] = ()) -> Screening:
    """The verdicts for what this conversation knows, by the rules of the event's day.

    Of the event being talked of, unless ``all_events``: a question about it must not be about another's leave.
    ``unknown`` are facts (dotted) that will not be told either.
    """
    document = dict(tracker.get_slot("facts") or {})
    if not all_events:
        document["events"] = document.get("events", [])[:1]
    unknowable = {*(tracker.get_slot("unknowable") or ()), *unknown}
    if tracker.get_slot("event_child_age"):
        unknowable.add("event.child_birth")  # told as well as it is known
    return screen(Facts.read(document), as_of=clock.today(), unknowable=frozenset(unknowable))


class ValidateScreeningForm(FormStep):
    """Asks the fact whose answer settles the most, until none can change a verdict that matters."""

    form = SCREENING
    own = frozenset({"ask_eligibility"})

    def acknowledge(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, intent: str, filled: set[str]
    ) -> None:
        super().acknowledge(dispatcher, tracker, intent, filled)
        meet_wishes(dispatcher, tracker)

    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        said: list[EventType] = []
        if tracker.get_slot("offer") == CONTACT and self._place_told(tracker) and knows_the_center(tracker):
            say_contact(dispatcher, tracker)
            said = [SlotSet("offer", None)]
        if tracker.get_slot("speaker") or (started and said_by_the_way(tracker)):
            return None, said  # who is no firm is not screened, nor what is said by the way after an answer
        if tracker.get_slot("region_choices") and not asked_enough(tracker, "company_region"):
            return "company_region", said
        screening, left_open = screened_without(tracker)
        question = screening.next_question
        if "event.type" in left_open:
            return None, [*said, *_left_open(left_open, tracker)]
        if left_open and not gave_way(tracker):
            say(dispatcher, "utter_left_open", fact_name=name_of(left_open[0]))
        said = [*said, *_left_open(left_open, tracker)]
        message, answered = message_of(tracker), bool(tracker.get_slot("asks_first")) and not started
        whether_ours = asks_of_the_firm(question_asked(message, tracker.slots)) and tracker.get_slot("event_type")
        asked = whether_ours or (message.intent == "ask_eligibility" and not started)
        if question and asked and not answered and not gave_way(tracker):
            said = [*said, *so_far(dispatcher, tracker, screening)]
        return (slot_of(question) if question else None), said


    @staticmethod
    def _place_told(tracker: Tracker) -> bool:
        told = {entity["entity"] for entity in message_of(tracker).entities}
        return bool(told & {"region", "region_sido", "region_ambiguous", "region_if_asked"}) or "company_region" in (
            tracker.get_slot("learned") or [])


def asked_enough(tracker: Tracker, slot: str) -> bool:
    """Whether a fact was asked for as often as may be: who does not tell it then has it left open."""
    if message_of(tracker).intent == "ask_why" and not tracker.get_slot("asks_first"):
        return False  # the reason told, the same question stands
    return int((tracker.get_slot("asked_times") or {}).get(slot, 0)) >= _MOST_TIMES


def said_by_the_way(tracker: Tracker) -> bool:
    """Whether a sentence after an answer tells no fact: neither a question nor verdicts are called for."""
    message, learned = message_of(tracker), set(tracker.get_slot("learned") or ())
    told = any(tracker.get_slot(slot) for slot in ("switched", "asks_first", "changes"))
    talked = tracker.get_slot("topic") or tracker.get_slot("shown")
    if not talked or message.intent != "inform" or told:
        return False
    details = bool(learned) and learned <= _DETAILS and not tracker.get_slot("shown")
    return details or (not learned and is_told(message.text))


def screened_without(tracker: Tracker) -> tuple[Screening, list[str]]:
    """The verdicts, and the facts that are not asked for a third time: nothing more is tried to learn of them."""
    left_open: list[str] = []
    while True:
        screening = screening_of(tracker, unknown=left_open)
        question = screening.next_question
        if question is None or not asked_enough(tracker, slot_of(question)):
            return screening, left_open
        left_open.append(question)
        if question == "event.type":
            return screening, left_open


def _left_open(facts: list[str], tracker: Tracker) -> list[EventType]:
    known = tracker.get_slot("unknowable") or []
    return [SlotSet("unknowable", sorted({*known, *facts}))] if facts else []


def so_far(dispatcher: CollectingDispatcher, tracker: Tracker, screening: Screening) -> list[EventType]:
    """ "그래서 얼마 받는데요?" before all is settled: what can be said already, which is then talked of."""
    told = headline(screening) if tracker.get_slot("event_type") else None
    if tracker.get_slot("event_type") and asks_of_the_firm(question_asked(message_of(tracker), tracker.slots)):
        say(dispatcher, "utter_answer", act="answer", answer=f"{whether(screening)} {told or ''}".strip(),
            items=[verdict.program.id for verdict in screening.relevant])
    elif told:
        say(dispatcher, "utter_so_far", act="answer", headline=told,
            items=[verdict.program.id for verdict in screening.relevant])
    elif asks_which(message_of(tracker).text):
        found = kinds(tracker.get_slot("company_region"), as_of=clock.today())
        say(dispatcher, "utter_answer", act="answer", items=found.items, card=found.card, answer=found.text)
    else:
        say(dispatcher, "utter_so_far_nothing")
    first = next((verdict.program.id for verdict in screening.relevant), None)
    return [SlotSet("topic", first)] if told and first else []


class ActionAskCompanyRegion(Action):
    """Where the firm is; with the candidates where the name given leads to several places."""

    def name(self) -> str:
        return "action_ask_company_region"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        choices = tracker.get_slot("region_choices")
        if isinstance(choices, list) and choices:
            say_which_of(dispatcher, choices)
        elif choices:
            say(dispatcher, "utter_which_district", act="ask_fact", asks="company.region",
                sido=places.sido(choices).name)
        else:
            say(dispatcher, "utter_ask_company_region")
        return []


class ActionShowVerdicts(Action):
    """The verdicts as a card; after a correction or in another time, first what is different."""

    def name(self) -> str:
        return "action_show_verdicts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if self._says_when(tracker):
            # "다음 주 화요일 오후요" to the offer of a visit takes it up.
            return [SlotSet("offer", None), FollowupAction("visit_form")]
        if self._only_talks(tracker):
            quiet = tracker.get_slot("switched") == HEARD or tracker.get_slot("asks_first")
            if not quiet and message_of(tracker).intent in _TELLS:
                say(dispatcher, f"utter_speaker_{tracker.get_slot('speaker') or 'unknown'}")
            return []
        screening = screening_of(tracker)
        await planner_told(dispatcher, tracker)
        say_verdicts(dispatcher, tracker, screening)
        waiting = tracker.get_slot("other_events") or []
        if waiting:
            now, *others = events_said(tracker)
            say(dispatcher, "utter_other_events", act="verdicts", event=now, kept=", ".join(others),
                buttons=[(told, f'/inform{{"event_pick":{at}}}') for at, told in enumerate(others)])
        if tracker.get_slot("booking_number") or tracker.get_slot("offer") == "visit":
            return shown_now(screening)
        say(dispatcher, "utter_offer_visit")
        return [*shown_now(screening), SlotSet("offer", "visit")]

    @staticmethod
    def _only_talks(tracker: Tracker) -> bool:
        """Whether there is nothing to show: who writes is no firm, or no event was told and answers were wanted."""
        event, times = tracker.get_slot("event_type"), tracker.get_slot("asked_times") or {}
        if said_by_the_way(tracker) and not gave_way(tracker):
            return True
        if gave_way(tracker) and tracker.get_slot("shown") is None and max(times.values(), default=0) >= _MOST_TIMES:
            return True  # answers are wanted, and no verdicts yet
        return bool(tracker.get_slot("speaker")) or (
            event is None and int(times.get("event_type", 0)) >= _MOST_TIMES
            and "event.type" in (tracker.get_slot("unknowable") or ()) and message_of(tracker).intent != "dont_know"
            and not tracker.get_slot("learned"))

    @staticmethod
    def _says_when(tracker: Tracker) -> bool:
        told = {entity["entity"] for entity in message_of(tracker).entities}
        return tracker.get_slot("offer") == "visit" and "visit_window" in told and not tracker.get_slot("learned")


def say_verdicts(dispatcher: CollectingDispatcher, tracker: Tracker, screening: Screening) -> None:
    """The verdicts: new, the same as before, or what is different since they were shown."""
    verdicts = screening.to_card()
    items = [verdict["program"] for verdict in verdicts["verdicts"]]
    shown, told = tracker.get_slot("shown"), headline(screening)
    if told and asks_of_the_firm(question_asked(message_of(tracker), tracker.slots)):
        told = f"{whether(screening)} {told}"
    if not items and not tracker.get_slot("event_type"):
        say(dispatcher, "utter_verdicts_no_event", act="verdicts")
    elif not items:
        again = "utter_verdicts_no_program" if shown is None or shown else "utter_verdicts_still_no_program"
        say(dispatcher, again, act="verdicts", event=value_of("event.type", tracker.get_slot("event_type")))
    elif shown:
        changed = differences(shown, screening)
        response = "utter_verdicts_changed" if changed else "utter_verdicts_same"
        say(dispatcher, response, act="verdicts", items=items, card=verdicts,
            difference=" ".join(changed), headline=told or "")
    elif told:
        say(dispatcher, "utter_verdicts", act="verdicts", items=items, card=verdicts, headline=told)
    else:
        say(dispatcher, "utter_verdicts_none", act="verdicts", items=items, card=verdicts)


def shown_now(screening: Screening) -> list[EventType]:
    """What is remembered of verdicts just shown: they, the day, and the first as the topic of what follows."""
    first = next((verdict.program.id for verdict in screening.relevant), None)
    return [SlotSet("shown", remembered(screening)), SlotSet("shown_on", screening.as_of.isoformat()),
            SlotSet("changes", None), SlotSet("topic", first)]


def screened_anew(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """For somebody who comes back another day: today's verdicts, and what is different; nothing on the same day."""
    shown, shown_on = tracker.get_slot("shown"), tracker.get_slot("shown_on")
    if not shown or shown_on == clock.today().isoformat():
        return []
    screening = screening_of(tracker)
    changed = differences(shown, screening)
    day = korean_date(date.fromisoformat(shown_on))
    verdicts = screening.to_card()
    items = [verdict["program"] for verdict in verdicts["verdicts"]]
    say(dispatcher, "utter_anew_changed" if changed else "utter_anew_same", act="verdicts", items=items,
        card=verdicts if changed else None, day=day, difference=" ".join(changed))
    return shown_now(screening)


async def planner_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """After a booking, what was corrected goes on to the planner as well."""
    if not tracker.get_slot("booking_number"):
        return
    screening = screening_of(tracker, all_events=True).to_document(only_relevant=True)
    told = await asyncio.to_thread(
        appointments.tell_more, tracker.sender_id, tracker.get_slot("booking_number"),
        tracker.get_slot("facts") or {}, screening)
    if told:
        say(dispatcher, "utter_planner_told", act="visit")
