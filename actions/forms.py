"""What all forms share: giving way to a digression, choosing the next question and how it is worded.

Facts are already in their slots when a form runs (``actions.reading``), so a form that gives way loses none.
Which question comes next is each form's own (``actions.screening``, ``actions.visits``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from rasa_sdk.types import DomainDict

from actions.memory import dotted
from actions.reading import message_of
from actions.speaking import say
from knowledge_base.facts_said import describe, name_of, value_of, where_to_look

# Messages that may be the answer to the question asked.
ANSWERS = {"inform", "correct", "affirm", "deny", "dont_know"}
# Messages whose reading is unsure or beside the point: they are an answer if they filled something.
PERHAPS = {
    "greet", "goodbye", "thanks", "smalltalk", "nlu_fallback", "oos_labour", "oos_government", "oos_other",
}
# The fewest facts in one message that are said back before the next question.
_SAY_BACK_FROM = 2
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
        since = _since_user(tracker)
        gave_way = any(event.get("event") == "action_execution_rejected" for event in since)
        started = any(event.get("event") == "active_loop" and event.get("name") == self.form for event in since)
        message = message_of(tracker)
        filled = _filled(since)
        aside = message.intent not in self.own and _is_digression(message.intent, tracker, filled)
        if aside and not gave_way and not started:
            raise ActionExecutionRejection(self.form)
        if not gave_way:
            self.acknowledge(dispatcher, tracker, message.intent)
        wanted, events = await self.next_slot(dispatcher, tracker, started)
        asked_before = tracker.get_slot("requested_slot") if not started else None
        told_else = gave_way or bool(tracker.get_slot("learned"))
        asking = _wording(wanted, asked_before, told_else, message.intent, tracker.get_slot("asking"))
        return [*events, SlotSet("asking", asking), SlotSet("requested_slot", wanted)]

    def acknowledge(self, dispatcher: CollectingDispatcher, tracker: Tracker, intent: str) -> None:
        """Say what was understood of this message: a refusal, a correction, several facts, 모름."""
        if refused := tracker.get_slot("refused"):
            say(dispatcher, f"utter_refused_{refused}" if refused in _REFUSALS else "utter_refused_other")
            return
        learned = tracker.get_slot("learned") or []
        changes = [change for change in tracker.get_slot("changes") or [] if change["slot"] in learned]
        for change in changes:
            fact = dotted(change["slot"])
            say(dispatcher, "utter_noted_change", fact_name=name_of(fact),
                old=value_of(fact, change["old"]), new=value_of(fact, change["new"]))
        if not changes and len(learned) >= _SAY_BACK_FROM:
            say(dispatcher, "utter_understood", facts_said=said_back(tracker))
        elif not changes and learned and tracker.get_slot("requested_slot") not in learned:
            say(dispatcher, "utter_noted", fact=value_of(dotted(learned[0]), tracker.get_slot(learned[0])))
        elif intent == "dont_know" and (asked := tracker.get_slot("requested_slot")):
            say(dispatcher, "utter_unknown_noted", where=where_to_look(dotted(asked)))


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


def _is_digression(intent: str, tracker: Tracker, filled: set[str]) -> bool:
    if intent in ANSWERS:
        return False
    if intent in PERHAPS:
        learned = tracker.get_slot("learned") or []
        return tracker.get_slot("requested_slot") not in filled and not learned
    return True


def _wording(wanted: str | None, asked_before: str | None, aside: bool, intent: str, last: str | None) -> str:
    """How the question is worded: first, bridge (back from something else) or example (not understood).

    ``aside`` is true where the message was a digression or told something else. The same words never come twice
    in a row.
    """
    if wanted is None or wanted != asked_before:
        return "first"
    if aside and intent != "nlu_fallback":
        return "first" if last == "bridge" else "bridge"
    return "first" if last == "example" else "example"
