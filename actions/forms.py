"""What all forms share: giving way to a digression, choosing the next question and how it is worded.

Facts are already in their slots when a form runs (``actions.reading``), so a form that gives way loses none.
Which question comes next is each form's own (``actions.screening``, ``actions.visits``).
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from rasa_sdk.types import DomainDict

from actions.contradictions import chosen_among
from actions.memory import Message
from actions.reading import message_of
from actions.several_events import EVENT_SLOTS
from actions.slots import ENTITY_OF, FACT_SLOTS, dotted
from actions.speaking import say
from knowledge_base.facts_said import describe, event_said, name_of, one_sided, value_of, where_to_look

# Messages that may be the answer to the question asked.
ANSWERS = {"inform", "correct", "affirm", "deny", "dont_know"}
# Messages whose reading is unsure or beside the point: they are an answer if they filled something.
PERHAPS = {
    "greet", "goodbye", "thanks", "smalltalk", "annoyed", "nlu_fallback", "oos_labour", "oos_government", "oos_other",
}
_TELLS = {"inform", "nlu_fallback", "smalltalk"}
# Letters enough to be a sentence of its own and no bare try at the answer.
_SENTENCE = re.compile(r"(?:[^가-힣]*[가-힣]){5}")
# What also answers a question: a wished time that of the visit.
_ALSO_ANSWERED_BY = {"visit_opening": "visit_window"}
# The fewest facts in one message that are said back before the next question.
_SAY_BACK_FROM = 2
# Asked for in place of any question while two facts contradict each other.
WHICH_VALUE = "which_value"
# What the slot ``switched`` holds where a sentence beside the question was heard, and said so.
HEARD = "heard"
SCREENING = "screening_form"
# Slots with a refusal of their own in domain.yml (utter_refused_<slot>).
_REFUSALS = {
    "company_headcount", "company_insured_headcount", "event_start", "event_cover_start", "event_months",
    "event_child_birth", "event_child_age", "event_worker_tenure_months", "company_region", "contact_phone",
    "visit_window", "resident_number",
}


class FormStep(Action, ABC):
    """One turn of a form: ``validate_<form>`` of Rasa, with the next question as its outcome."""

    form: str
    # The acts that open this form: said again inside it, they are no digression ("빠른 시간으로 예약해 주세요").
    own: frozenset[str] = frozenset()
    # Whether facts that contradict each other are asked about in this form.
    settles_facts = True
    # Slots that are filled by an answer only, whatever the act was read as ("자리 나면 연락 주세요" is no call-back).
    answers: frozenset[str] = frozenset()

    def name(self) -> str:
        return f"validate_{self.form}"

    @abstractmethod
    async def next_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, started: bool
    ) -> tuple[str | None, list[EventType]]:
        """The slot to ask for next, or None when the form is complete; and what else is to be remembered.

        ``started`` is true where this message opened the form.
        """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        since, given_way = _since_user(tracker), gave_way(tracker)
        started = any(event.get("event") == "active_loop" and event.get("name") == self.form for event in since)
        message, filled = message_of(tracker), _filled(since)
        own = message.intent in self.own or bool(filled & self.answers) or self.is_own(message, filled)
        first = bool(tracker.get_slot("asks_first")) and not self.is_own(message, filled)
        aside = first or (not own and _is_digression(message.intent, tracker, filled))
        if aside and not given_way and not started:
            raise ActionExecutionRejection(self.form)
        if not given_way:
            self.acknowledge(dispatcher, tracker, message.intent, filled)
        wanted, events = await self.next_slot(dispatcher, tracker, started)
        if tracker.get_slot("conflict") and self.settles_facts and (wanted is not None or self.form == SCREENING):
            wanted = WHICH_VALUE
        asked_before = tracker.get_slot("requested_slot") if not started else None
        heard = _tells_beside(message, tracker, filled)
        told_else = given_way or heard or bool(tracker.get_slot("learned")) or message.intent in self.own
        last = tracker.get_slot("asking")
        if wanted is None or wanted != asked_before or _answered(wanted, filled):
            asking = "first"
        elif told_else:
            asking = "first" if last == "bridge" else "bridge"
        else:
            asking = "first" if last == "example" else "example"
            events += climb(dispatcher, tracker, wanted)
        if heard and not given_way:
            events.append(SlotSet("switched", HEARD))
        return [*events, *_counted(tracker, wanted), SlotSet("asking", asking), SlotSet("requested_slot", wanted)]

    def is_own(self, message: Message, filled: set[str]) -> bool:
        """Whether a message of any act goes on with this form, though it asks: "오후도 있어요?"."""
        return False

    def acknowledge(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, intent: str, filled: set[str]
    ) -> None:
        """Say what was understood of this message: a refusal, another event, a correction, several facts, 모름."""
        if refused := tracker.get_slot("refused"):
            say(dispatcher, f"utter_refused_{refused}" if refused in _REFUSALS else "utter_refused_other")
        learned = tracker.get_slot("learned") or []
        if self.form == SCREENING and "visit_window" in filled:
            say(dispatcher, "utter_noted_visit_window")
        if tracker.get_slot("switched") == "kept":
            say(dispatcher, "utter_kept_value")
        elif tracker.get_slot("switched") == "firm":
            say(dispatcher, "utter_another_firm", facts_said=said_back(tracker))
            return
        elif switched := tracker.get_slot("switched"):
            said = events_said(tracker)
            say(dispatcher, f"utter_{switched}_event", event=said[0], kept=said[-1])
            return
        changes = (tracker.get_slot("changes") or []) if "changes" in filled else []
        for change in changes:
            fact = dotted(change["slot"])
            say(dispatcher, "utter_noted_change", fact_name=name_of(fact),
                old=value_of(fact, change["old"]), new=value_of(fact, change["new"]))
        if not changes and len(learned) >= _SAY_BACK_FROM:
            say(dispatcher, "utter_understood", facts_said=said_back(tracker))
        elif not changes and learned and tracker.get_slot("requested_slot") not in learned:
            say(dispatcher, "utter_noted", fact=_noted(learned[0], tracker))
        elif _tells_beside(message_of(tracker), tracker, filled):
            say(dispatcher, "utter_heard")
        elif intent == "dont_know" and (asked := tracker.get_slot("requested_slot")) in FACT_SLOTS:
            say(dispatcher, "utter_unknown_noted", where=where_to_look(dotted(asked)))


def _counted(tracker: Tracker, wanted: str | None) -> list[EventType]:
    """How often each fact was asked for; told why, a person is asked the same once more without counting."""
    if wanted not in FACT_SLOTS or (message_of(tracker).intent == "ask_why" and not tracker.get_slot("asks_first")):
        return []
    times = tracker.get_slot("asked_times") or {}
    return [SlotSet("asked_times", {**times, wanted: int(times.get(wanted, 0)) + 1})]


def gave_way(tracker: Tracker) -> bool:
    """Whether the open form let another action answer the latest message."""
    return any(event.get("event") == "action_execution_rejected" for event in _since_user(tracker))


def climb(dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> list[EventType]:
    """A step up where the answer was none: an example, then leave to skip, then a person. Counted per question."""
    times = misunderstood(tracker, asked) + 1
    steps = [None, "utter_may_skip", "utter_offer_person"] if asked in FACT_SLOTS else [None, "utter_offer_person"]
    if step := steps[(times - 1) % len(steps)]:
        say(dispatcher, step)
    return [SlotSet("misunderstood", {asked: times})]


def misunderstood(tracker: Tracker, asked: str) -> int:
    """How often in a row the answer to this question was not understood."""
    return int((tracker.get_slot("misunderstood") or {}).get(asked, 0))


class ActionAskWhichValue(Action):
    """Two facts contradict each other: which is right?"""

    def name(self) -> str:
        return "action_ask_which_value"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        pending = tracker.get_slot("conflict")[0]
        fact, against = dotted(pending["slot"]), pending["against"]
        old, new = value_of(dotted(against or pending["slot"]), pending["old"]), value_of(fact, pending["new"])
        buttons = [
            (f"{name_of(dotted(slot))} {value_of(dotted(slot), value)}" if against else value_of(dotted(slot), value),
             f"/inform{json.dumps({ENTITY_OF[slot]: value}, ensure_ascii=False)}")
            for slot, value in chosen_among(pending) if slot in ENTITY_OF
        ]
        if not against and pending["slot"] in EVENT_SLOTS:
            say(dispatcher, "utter_ask_which_event", act="ask_fact", asks=fact, old=old, new=new,
                buttons=[*buttons, (value_of("event.which", "another"), '/inform{"another_event":true}')])
        else:
            say(dispatcher, "utter_ask_which_fits" if against else "utter_ask_which_value", act="ask_fact", asks=fact,
                fact_name=name_of(fact), old_name=name_of(dotted(against or pending["slot"])), old=old, new=new,
                buttons=buttons)
        return []


def _noted(slot: str, tracker: Tracker) -> str:
    """One fact just told, as it was told: "5명 미만", not the four that it means at most."""
    around = tracker.get_slot(f"{slot}_range") if slot == "company_headcount" else None
    if one_sided(around):
        return value_of("company.headcount_range", around)
    return value_of(dotted(slot), tracker.get_slot(slot))


def _tells_beside(message: Message, tracker: Tracker, filled: set[str]) -> bool:
    """Whether something was told in a sentence that fills no slot and is no try at the answer: "자기가 나간대요"."""
    asked = tracker.get_slot("requested_slot")
    if asked not in FACT_SLOTS or message.intent not in _TELLS or _answered(asked, filled):
        return False
    return not (tracker.get_slot("refused") or tracker.get_slot("conflict")) and bool(_SENTENCE.search(message.text))


def events_said(tracker: Tracker) -> list[str]:
    """The events known, each in a few words, the one being talked of first."""
    return [event_said(event) for event in (tracker.get_slot("facts") or {}).get("events", [])]


def said_back(tracker: Tracker) -> str:
    """The facts known, as one Korean phrase: "경기 수원시 · 제조업 · 25명"."""
    return " · ".join(describe(tracker.get_slot("facts") or {}))


def _since_user(tracker: Tracker) -> list[dict[str, Any]]:
    """The events after the latest message, oldest first."""
    since: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        since.append(event)
    return since[::-1]


def _filled(since: list[dict[str, Any]]) -> set[str]:
    """The slots that the latest message filled."""
    return {event["name"] for event in since if event.get("event") == "slot" and event.get("value") is not None}


def _answered(asked: str | None, filled: set[str]) -> bool:
    return asked in filled or _ALSO_ANSWERED_BY.get(asked or "") in filled


def _is_digression(intent: str, tracker: Tracker, filled: set[str]) -> bool:
    if intent in ANSWERS:
        return False
    if intent in PERHAPS:
        learned = tracker.get_slot("learned") or []
        return not _answered(tracker.get_slot("requested_slot"), filled) and not learned
    return True
