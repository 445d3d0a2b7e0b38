"""The one action that reads a message into slots; it runs once for every message, in or out of a form."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import choices, contradictions, memory, several_events, stages, visit_times, whom
from actions.slots import facts_document
from actions.validation import possible
from bot.observing import metrics
from knowledge_base import clock
from knowledge_base.answer_choice import lacks_subject
from knowledge_base.answer_lists import asks_for_its_program, asks_of_a_place, asks_of_here
from knowledge_base.aspects import asked_about
from knowledge_base.booking_words import asks_why, names_a_visit
from knowledge_base.contacts import asks_for_a_number
from knowledge_base.facts import Event, Facts
from knowledge_base.follow_up import with_what_was_asked
from knowledge_base.in_context import asks_by_itself, meant
from knowledge_base.in_talk import (
    asked_in_talk,
    goes_ahead,
    of_the_firms_money,
    told_of_leaving,
    turned_to,
    with_the_talk,
)
from knowledge_base.late import asks_whether_late
from knowledge_base.named_matters import matter_named
from knowledge_base.of_the_event import asks_what_is_due, paid_for, with_its_kind
from knowledge_base.own_sums import asks_own_sum, covered_by
from knowledge_base.pay_told import pay_told
from knowledge_base.question_shape import asking_part, shape_of
from knowledge_base.speakers import suffers
from knowledge_base.surely_asked import TakenFor, surely_asked
from knowledge_base.talked_of import Talk, not_for_so_few
from knowledge_base.told_limits import decided

# 주민등록번호 is never asked for and never kept: bot.nlu only says that one was typed.
RESIDENT_NUMBER = "resident_number"
# How many earlier messages a short question may be about.
_SPOKEN_BEFORE, _TOLD_BEFORE = 3, 2
# Acts as which a question may be read by mistake, and what the message is then taken for.
_TAKEN_FOR: dict[str, TakenFor] = {
    "inform": "telling", "correct": "telling", "ask_eligibility": "eligibility", "book_visit": "visit",
    "request_callback": "visit", "ask_contact": "contact", "nlu_fallback": "unclear", "oos_labour": "beside",
    "oos_government": "beside", "oos_other": "beside", "smalltalk": "beside", "annoyed": "beside",
    "ask_bot": "beside", "distress": "beside", "ask_why": "beside", "ask_case": "beside", "ask_privacy": "beside",
    "talk_to_person": "beside", "lookup_visit": "beside", "change_visit": "beside", "cancel_visit": "beside",
    "goodbye": "beside", "repeat": "beside", "greet": "beside",
}
# Of these only what asks of the talk itself is a question to be answered; else they are what they were read as.
_ONLY_IN_TALK = {
    "distress", "ask_why", "ask_case", "ask_privacy", "talk_to_person", "lookup_visit", "change_visit",
    "cancel_visit", "goodbye", "repeat", "greet",
}
_SURELY_DISTRESS, _SURELY = 0.8, 0.9
_OF_A_VISIT = {"lookup_visit", "change_visit", "cancel_visit"}
# Acts that may hide a question of what is talked of.
_HIDES_A_QUESTION = (_ONLY_IN_TALK - {"talk_to_person"}) | {
    "oos_labour", "oos_government", "oos_other", "smalltalk", "annoyed", "ask_bot", "nlu_fallback",
}


def said_by(tracker: Tracker) -> tuple[str, ...]:
    """What the person has written so far, in order."""
    return tuple(str(event["text"]) for event in tracker.events if event.get("event") == "user" and event.get("text"))


def message_of(tracker: Tracker) -> memory.Message:
    """The latest message as the memory reads it; a button named by its number is the button pressed."""
    latest = tracker.latest_message
    return choices.as_pressed(tracker, memory.Message(
        id=latest.get("message_id"),
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        text=latest.get("text") or "",
        intent=(latest.get("intent") or {}).get("name") or "nlu_fallback",
        entities=tuple(latest.get("entities") or ()),
    ))


def turn_of(tracker: Tracker) -> str | None:
    """What stays the same when Rasa is asked again for the same message: the web's turn, else Rasa's message id."""
    latest = tracker.latest_message
    found: str | None = (latest.get("metadata") or {}).get("turn") or latest.get("message_id")
    return found


def question_asked(message: memory.Message, slots: dict[str, Any]) -> str:
    """What the message asks, without the facts it tells, and with what was asked before where it leaves that out."""
    event, text = event_of(slots), asking_part(memory.question_of(message))
    due = event.type is not None and asks_what_is_due(text)
    asks_itself = due or asks_by_itself(text, Talk(slots.get("topic"), event=event), clock.today())
    whole = text if asks_itself else with_what_was_asked(text, slots.get("question_before"))
    return with_its_kind(whole, event, clock.today())


def talk_of(tracker: Tracker) -> Talk:
    """What was just spoken of: the item answered last, what the person said before this message, and the event."""
    said = [text for text in said_by(tracker)[:-1] if not text.startswith("/")]
    topics = [event.get("value") for event in tracker.events if event.get("event") == "slot"
              and event.get("name") == "topic" and event.get("value")]
    earlier = tuple(dict.fromkeys(str(topic) for topic in reversed(topics) if topic != tracker.get_slot("topic")))
    return Talk(tracker.get_slot("topic"), " ".join(said[-_SPOKEN_BEFORE:]), event_of(tracker.slots), earlier)


def told_of(tracker: Tracker) -> Talk:
    """What was just spoken of, with only what the person told before, and not what was asked."""
    said = [text for text in said_by(tracker)[:-1] if not text.startswith("/")]
    told = [text for text in said if shape_of(text) != "question"]
    return Talk(tracker.get_slot("topic"), " ".join(told[-_TOLD_BEFORE:]), event_of(tracker.slots))


def event_of(slots: dict[str, Any]) -> Event:
    """The event being talked of, empty where none was told."""
    events = Facts.read(slots.get("facts") or {}).events
    return events[0] if events else Event()


def asks_first(message: memory.Message, slots: dict[str, Any], form: str | None, *, told: bool = False) -> bool:
    """Whether the message asks what is answered before all else, though it was read as something else.

    ``told`` is true where it told a fact: then it is no question about the event talked of.
    """
    taken_for = _TAKEN_FOR.get(message.intent)
    if taken_for is None or message.intent in _ONLY_IN_TALK or message.text.startswith("/"):
        return False
    if taken_for == "contact" and asks_for_a_number(message.text):
        return False
    if _asks_beside_its_facts(message.text, question_asked(message, slots), slots):
        return True
    follows = bool(slots.get("topic")) or (bool(slots.get("event_type")) and not told)
    return surely_asked(
        question_asked(message, slots), taken_for,
        answering=form is not None or message.intent == "correct", follows=follows,
    )


def _asks_beside_its_facts(text: str, question: str, slots: dict[str, Any]) -> bool:
    """Whether the message asks of a place, of being late, or of what is paid for the topic, whatever it tells."""
    topic = slots.get("topic")
    of_a_place = asks_of_a_place(text) or asks_of_here(text) or asks_for_its_program(text)
    if of_a_place or matter_named(text) or asks_whether_late(text):
        return shape_of(text) is not None
    if not topic or slots.get("event_type"):
        return False
    return asks_what_is_due(question) and paid_for(topic) is not None


def asked_instead(message: memory.Message, slots: dict[str, Any], talk: Talk, form: str | None) -> str | None:
    """The whole question that a message asks of what is talked of, though it was read as something beside it."""
    text = message.text
    if text.startswith("/") or any(entity["entity"] == "life_at_risk" for entity in message.entities):
        return None
    if goes_ahead(text):
        return None
    if turned := turned_to(text, slots.get("question_before")):
        return turned
    if firms := of_the_firms_money(text, talk):
        return firms
    if message.intent not in _HIDES_A_QUESTION:
        return told_of_leaving(text, talk) if message.intent == "inform" else None
    if _is_distress(message) or (
        message.intent in _ONLY_IN_TALK and message.confidence >= _SURELY and message.intent != "ask_why"
    ):
        return None
    if message.intent == "distress":
        return with_the_talk(text, talk) or text
    arranging = form in visit_times.FORMS or bool(slots.get("booking_number"))
    if message.intent in _OF_A_VISIT and (arranging or names_a_visit(message.text)):
        return None
    if message.intent == "ask_why" and form and slots.get("requested_slot") and asks_why(message.text):
        return None
    return told_of_leaving(text, talk) or asked_in_talk(
        question_asked(message, slots), talk, clock.today(), of_visits=form in visit_times.FORMS,
        known_other=message.intent.startswith("oos_"))


def _is_distress(message: memory.Message) -> bool:
    """Whether somebody suffers: that comes before all that may be asked or known of them."""
    return message.intent == "distress" and (message.confidence >= _SURELY_DISTRESS or suffers(message.text))


def _wants_a_person(message: memory.Message) -> bool:
    """Whether a visit, a call or a number is asked for, as it was read."""
    taken_for = _TAKEN_FOR.get(message.intent)
    return taken_for == "visit" or (taken_for == "contact" and asked_about(message.text).aspect == "contact")


def follows_up(message: memory.Message, slots: dict[str, Any], talk: Talk, learned: list[str]) -> bool:
    """Whether the message asks something of what was just spoken of, and tells of no other event of its own."""
    if "event_type" in learned or message.text.startswith("/") or _wants_a_person(message):
        return False
    if asked_about(message.text).aspect == "under5" and lacks_subject(message.text) and not_for_so_few(talk):
        return True  # "우리는 4명인데" after what does not hold in such firms
    text = question_asked(message, slots)
    return shape_of(text) in ("question", "look_up") and meant(text, talk, clock.today()) is not None


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
        today = clock.today().isoformat()
        reading = memory.read(message, slots, today=today)
        memory.of_a_pregnancy(reading, message, slots, before=talk_of(tracker).before, today=today)
        form = tracker.active_loop.get("name")
        visit_times.settle(reading, message, slots, form, clock.today())
        instead = whom.settle(reading, message, slots, before=talk_of(tracker).before)
        stages.settle(reading, message, slots)
        memory.of_a_loss(reading, slots, before=talk_of(tracker).before)
        contradictions.settle(reading, message, slots, asked=memory.asked_for(slots))
        several_events.settle(reading, message, slots)
        if message.intent == "correct" and not reading.slots and not reading.refused:
            reading = memory.taken_back(slots)
        changed = _changed(reading, message, slots, talk_of(tracker))
        told = bool(changed["learned"])
        talk = talk_of(tracker)
        asks = asks_first(message, slots, form, told=told)
        if not asks and message.intent in _TAKEN_FOR and message.intent not in _ONLY_IN_TALK:
            asks = follows_up(message, slots, talk, changed["learned"])
        if not asks and message.intent in _TAKEN_FOR and not message.text.startswith("/"):
            limited = talk.about is not None and not told and decided(talk.about, message.text) is not None
            asks = limited or asks_own_sum(message.text, talk, slots.get("pay_told") or {}, told_more=told)
        if not asks and instead is None:
            instead = asked_instead(message, slots, told_of(tracker), form)
        if _is_distress(message):
            asks, instead = False, None
        elif changed.get("speaker") or goes_ahead(message.text):
            asks = True
        changed["asks_first"] = asks or bool(instead) or None
        changed["asked_instead"] = instead if instead != question_asked(message, slots) else None
        return [SlotSet(slot, value) for slot, value in changed.items()]


def _changed(
    reading: memory.Reading, message: memory.Message, slots: dict[str, Any], talk: Talk,
) -> dict[str, Any]:
    """The slots to set: what the message told as far as it is possible, and notes on this message."""
    refused = next((slot for slot, value in reading.slots.items() if not possible(slot, value)), reading.refused)
    changed: dict[str, Any] = {slot: value for slot, value in reading.slots.items() if possible(slot, value)}
    if any(entity["entity"] == RESIDENT_NUMBER for entity in message.entities):
        refused = RESIDENT_NUMBER
    changed["refused"] = refused
    changed["read_message"] = message.id
    changed["switched"] = reading.switched
    changed["learned"] = [slot for slot in reading.learned if slot in changed]
    changes = [vars(change) for change in reading.changes if change.slot in changed]
    if changes or changed["learned"]:
        changed["changes"] = changes
    if "event_type" in changed["learned"]:
        changed["topic"] = changed["question_before"] = None  # what follows is asked of the event just told
    if reading.slots:
        changed["misunderstood"] = None  # understood: the ladder begins anew
    facts = facts_document({**slots, **changed})
    if facts != (slots.get("facts") or {}):
        changed["facts"] = facts
    if sums := pay_told(message.text, changed.get("event_cover") or covered_by(talk)):
        changed["pay_told"] = {**(slots.get("pay_told") or {}), **sums}
    if changed["learned"] and not slots.get("wish_words"):
        changed["wish_words"] = message.text[:500]
    return changed
