"""Questions at any time: answers from the knowledge, why something is asked, cases, privacy, not understood."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import appointments
from actions.arranging import AFTER_A_VISIT
from actions.forms import SCREENING, misunderstood
from actions.people import say_contact
from actions.reading import RESIDENT_NUMBER, message_of, question_asked, talk_of, told_of
from actions.said_again import another, would_repeat
from actions.screening import screening_of, so_far
from actions.slots import CONTACT_SLOTS, FACT_SLOTS, dotted
from actions.speaking import say
from knowledge_base import clock, similar_cases
from knowledge_base.answer_choice import lacks_subject, too_general
from knowledge_base.answer_lists import asks_of_here, local_programs
from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer, whether_ours
from knowledge_base.booking_words import asked_why_of
from knowledge_base.contacts import asks_for_a_number
from knowledge_base.facts import Facts
from knowledge_base.follow_up import adds_a_case
from knowledge_base.in_talk import goes_ahead, is_told, with_the_talk
from knowledge_base.may_have import asks_of_the_firm
from knowledge_base.of_the_event import asks_in_all, asks_what_is_due
from knowledge_base.own_sums import asks_own_sum
from knowledge_base.program_schema import Program
from knowledge_base.question_shape import shape_of
from knowledge_base.search import search
from knowledge_base.search_items import item
from knowledge_base.speakers import OF_THE_FAMILY, WHERE_TO_TURN, speaker_of
from knowledge_base.verdict_words import reasons

# How often in a row a message may be misunderstood: rephrase, then two readings, then a person.
_REPHRASE, _TWO_READINGS = 1, 2
# What the knowledge holds of planners, and how sure the search must be that they are asked about.
OF_PLANNERS = {
    "faq_078", "faq_087", "faq_088", "faq_089", "faq_090", "faq_119", "faq_139", "faq_140",
    "planner_and_industrial_complex",
}
_SURELY_PLANNERS = 0.4
_UNDER_FIVE = 5  # in firms of fewer, other rules hold
_NOTHING_ASKED = "nothing"
# All that a conversation remembers of a firm and a person.
FORGOTTEN = (
    *FACT_SLOTS, *CONTACT_SLOTS, *AFTER_A_VISIT, "other_events", "conflict", "which_value", "facts", "shown",
    "shown_on", "changes", "learned", "wish_words", "unknowable", "consent", "topic", "question_before",
    "pay_told", "region_choices", "booking_number", "visit", "offer", "speaker", "family", "asked_times",
)
# So many facts beside a question mean that the firm tells of its own case: screening follows the answer.
_TELLS_ITS_CASE = 2
_TELLING = {"inform", "correct"}
_WANTS_A_PERSON = {"book_visit", "request_callback", "ask_contact"}


class ActionAnswer(Action):
    """A question answered from the knowledge, as asked, for what is known of the firm."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        message = message_of(tracker)
        if tracker.get_slot("refused") == RESIDENT_NUMBER:
            say(dispatcher, "utter_refused_resident_number")
        if instead := tracker.get_slot("asked_instead"):
            return self._instead(dispatcher, tracker, instead)
        if goes_ahead(message.text):
            say(dispatcher, "utter_go_ahead")
            return []
        if introduces(message.text, tracker.slots):
            say(dispatcher, f"utter_speaker_{tracker.get_slot('speaker')}")
            return [SlotSet("misunderstood", None)]
        asked_for = next((entity["value"] for entity in message.entities if entity["entity"] == "topic"), None)
        question = question_asked(message, tracker.slots)
        ours = asked_for is None and asks_of_the_firm(question)
        fewest = any(told["entity"] == "headcount" and told["value"] < _UNDER_FIVE for told in message.entities)
        if fewest or too_general(question, "general"):
            question = message.text  # the place or size told is what is asked: "인천 지원금", "5인 미만도 되나요"
        if asked_for is None and asks_for_a_number(question):
            say_contact(dispatcher, tracker)
            return [SlotSet("misunderstood", None)]
        sums = tracker.get_slot("pay_told") or {}
        reckons = asked_for is None and asks_own_sum(message.text, talk_of(tracker), sums, told_more=False)
        if reckons:
            question, ours = message.text, False
        elif asked_for is None and self._wants_what_is_due(question, tracker):
            return what_is_due(dispatcher, tracker)
        if ours and not tracker.get_slot("topic"):
            return self._whether_ours(dispatcher, tracker, message.text)
        found = answer(
            question if asked_for is None else "",
            facts=Facts.read(tracker.get_slot("facts") or {}),
            as_of=clock.today(),
            about=asked_for or tracker.get_slot("topic"),
            before=talk_of(tracker).before, earlier=talk_of(tracker).earlier,
            sums=sums,
        )
        found = _of_its_place(found, message.text, tracker)
        learned = tracker.get_slot("learned") or []
        if not found.confident and asked_for is None and (whole := with_the_talk(question, told_of(tracker))):
            found = answer(whole, facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today())
        if found.confident and asked_for is None and would_repeat(found, tracker):
            if (other := another(found, tracker)) is None:
                say(dispatcher, "utter_nothing_more_on_that")
                return [SlotSet("misunderstood", None)]
            found = other
        screened = tracker.active_loop.get("name") or tracker.get_slot("speaker")
        if not found.confident and learned and not screened:
            return [FollowupAction(SCREENING)]  # what is asked depends on the firm that was told of
        if not found.confident:
            return not_understood(dispatcher, tracker, found)
        plain = bool(tracker.get_slot("plain"))
        say(dispatcher, "utter_answer", act="answer", items=found.items, card=found.card,
            answer=(plain and found.plain) or found.text)
        events: list[EventType] = [SlotSet("topic", found.spoken_of), SlotSet("misunderstood", None)]
        if asked_for is None and not lacks_subject(question) and not adds_a_case(message.text):
            events.append(SlotSet("question_before", question))
        known = tracker.get_slot("shown") is not None
        told = bool(learned) and (len(learned) >= _TELLS_ITS_CASE or known or message.intent in _TELLING)
        if screened:
            return events
        if told or tracker.get_slot("conflict"):
            events.append(FollowupAction(SCREENING))
        elif message.intent in _WANTS_A_PERSON:
            say(dispatcher, "utter_offer_visit_alone")
            events.append(SlotSet("offer", "visit"))
        return events

    @staticmethod
    def _instead(dispatcher: CollectingDispatcher, tracker: Tracker, question: str) -> list[EventType]:
        """The question that was asked without its own words; then on with what was told of the firm."""
        found = answer(question, facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today(),
                       about=tracker.get_slot("topic"), before=talk_of(tracker).before)
        if not found.confident:
            return not_understood(dispatcher, tracker, found)
        say(dispatcher, "utter_answer", act="answer", items=found.items, card=found.card, answer=found.text)
        if tracker.get_slot("speaker") == "employee" and question != WHERE_TO_TURN:
            say(dispatcher, "utter_speaker_employee")
        events: list[EventType] = [SlotSet("misunderstood", None)]
        if found.items and question != OF_THE_FAMILY:
            events.append(SlotSet("topic", found.items[0]))
        screened = tracker.active_loop.get("name") or tracker.get_slot("speaker")
        if tracker.get_slot("learned") and not screened:
            events.append(FollowupAction(SCREENING))
        return events

    @staticmethod
    def _whether_ours(dispatcher: CollectingDispatcher, tracker: Tracker, text: str) -> list[EventType]:
        """Whether the firm may have grants at all; then what it is to be asked for."""
        found = whether_ours(text, facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today())
        say(dispatcher, "utter_answer", act="answer", items=found.items, card=found.card, answer=found.text)
        asking = tracker.active_loop.get("name")
        return [SlotSet("misunderstood", None), *([] if asking else [FollowupAction(SCREENING)])]

    @staticmethod
    def _wants_what_is_due(question: str, tracker: Tracker) -> bool:
        """Whether the grants for the event told are asked for, and not those of the program just talked of."""
        if asks_of_here(question) or not tracker.get_slot("event_type"):
            return False
        if not (asks_what_is_due(question) or asks_of_the_firm(question)):
            return False
        return asks_in_all(question) or not isinstance(item(tracker.get_slot("topic") or ""), Program)


class ActionAboutUs(Action):
    """Who or what is this: the planner's work is answered from the knowledge, the bot itself in its own words."""

    def name(self) -> str:
        return "action_about_us"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("asks_first") or of_planners(message_of(tracker).text):
            return await ActionAnswer().run(dispatcher, tracker, domain)
        say(dispatcher, "utter_ask_bot")
        return []


def _of_its_place(found: Answer, text: str, tracker: Tracker) -> Answer:
    """``found``, or where it is a local program of another place than ``text`` names, the answer with that place.

    The place is a fact and is left out of the question, as it stands beside nearly all of them.
    """
    program = item(found.items[0]) if found.items else None
    there = local_programs(text)
    if not isinstance(program, Program) or program.scope.kind != "local" or not there or program in there:
        return found
    return answer(text, facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today())


def in_talk(tracker: Tracker) -> bool:
    """Whether something of ours is being talked of."""
    return bool(tracker.get_slot("topic") or tracker.get_slot("event_type"))


def introduces(text: str, slots: dict[str, Any]) -> bool:
    """Whether ``text`` only says who writes, and asks nothing yet."""
    return speaker_of(text) == slots.get("speaker") is not None and shape_of(text) not in ("question", "look_up")


def of_planners(text: str) -> bool:
    """Whether ``text`` asks what the knowledge says of planners, their visits and who stands behind them."""
    best = next(iter(search(text, limit=1)), None)
    return best is not None and best.id in OF_PLANNERS and best.score >= _SURELY_PLANNERS


def what_is_due(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """What the firm may get for the event told: so far where facts are still asked for, else the verdicts."""
    if not tracker.active_loop.get("name"):
        return [FollowupAction(SCREENING)]
    return [SlotSet("misunderstood", None), *so_far(dispatcher, tracker, screening_of(tracker))]


def not_understood(dispatcher: CollectingDispatcher, tracker: Tracker, found: Answer) -> list[EventType]:
    """One step up the ladder: an example, then the two likeliest readings, then a person."""
    asked = tracker.get_slot("requested_slot") or _NOTHING_ASKED
    times = misunderstood(tracker, asked) + 1
    if times <= _REPHRASE and not found.alternatives:
        say(dispatcher, "utter_rephrase")
    elif times <= _TWO_READINGS and found.alternatives:
        likeliest = found.alternatives[:2]
        say(dispatcher, "utter_two_readings", act="clarify", items=[],
            buttons=[(hit.title, f'/ask{{"topic":"{hit.id}"}}') for hit in likeliest])
    else:
        say(dispatcher, "utter_offer_person")
    return [SlotSet("misunderstood", {asked: times})]


class ActionClarify(Action):
    """A message that was not understood."""

    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("learned") and not tracker.active_loop.get("name"):
            # What was meant is unsure, but facts of the firm were told: the screening goes on from them.
            return [FollowupAction(SCREENING)]
        text = message_of(tracker).text
        if introduces(text, tracker.slots):
            say(dispatcher, f"utter_speaker_{tracker.get_slot('speaker')}")
            return []
        if in_talk(tracker) and is_told(text):
            say(dispatcher, "utter_heard" if tracker.active_loop.get("name") else "utter_speaker_unknown")
            return []
        found = answer(text, facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today(), about=None)
        return not_understood(dispatcher, tracker, found)


class ActionExplain(Action):
    """왜 물어봐요? The reason for the open question; after the verdicts, the reasons for those."""

    def name(self) -> str:
        return "action_explain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        form, asked = tracker.active_loop.get("name"), tracker.get_slot("requested_slot")
        asked = asked_why_of(message_of(tracker).text) or asked
        if form and asked:
            ours = asked == "company_region" and form != SCREENING
            say(dispatcher, "utter_explain_company_region_visit" if ours else f"utter_explain_{asked}",
                act="answer", asks=dotted(asked))
        elif tracker.get_slot("shown"):
            say(dispatcher, "utter_explain_verdicts", act="answer", reasons=reasons(screening_of(tracker)))
        elif tracker.get_slot("shown") is not None:
            say(dispatcher, "utter_explain_no_verdicts", act="answer")
        else:
            say(dispatcher, "utter_explain_nothing")
        return []


class ActionShowCase(Action):
    """A published case of a firm like this one, if one is sure enough."""

    def name(self) -> str:
        return "action_show_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        facts = Facts.read(tracker.get_slot("facts") or {})
        company, seen = facts.company, tracker.get_slot("cases_seen") or []
        firm = (company.industry, company.region, company.headcount)
        event = facts.events[0].type if facts.events else None
        found = similar_cases.similar(*firm, wants=facts.wants, event=event, seen=seen)
        if found is None:
            say(dispatcher, "utter_case_none")
            return []
        alike = similar_cases.likeness(found, *firm, wants=facts.wants, event=event)
        say(dispatcher, "utter_case", act="answer", items=[found.id], card=similar_cases.card(found, alike.reasons))
        return [SlotSet("cases_seen", [*seen, found.id])]


class ActionPrivacy(Action):
    """What happens to personal data."""

    def name(self) -> str:
        return "action_privacy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if of_planners(message_of(tracker).text):
            return await ActionAnswer().run(dispatcher, tracker, domain)  # "상담하면 근로감독 나오나요"
        say(dispatcher, "utter_privacy", act="answer", retention=appointments.kept_for())
        return []


class ActionErase(Action):
    """Forget what was said here: facts and contact data out of the conversation's memory."""

    def name(self) -> str:
        return "action_erase"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("booking_number"):
            # A booked visit must not vanish by a side remark: it is cancelled first, by its own question.
            say(dispatcher, "utter_erase_after_cancelling", number=tracker.get_slot("booking_number"))
            return []
        await asyncio.to_thread(appointments.erase_soon, tracker.sender_id)
        say(dispatcher, "utter_erased")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *(SlotSet(slot, None) for slot in FORGOTTEN)]


class ActionPlainWords(Action):
    """Easier words from now on, and the last thing said again in them."""

    def name(self) -> str:
        return "action_plain_words"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, "utter_plain_on")
        topic = tracker.get_slot("topic")
        if topic:
            found = answer("", facts=Facts.read(tracker.get_slot("facts") or {}), as_of=clock.today(), about=topic)
            say(dispatcher, "utter_answer", act="answer", items=found.items, card=found.card,
                answer=found.plain or found.text)
        return [SlotSet("plain", True)]


class ActionRepeat(Action):
    """What the bot said last, again."""

    def name(self) -> str:
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        said = last_said(tracker)
        if tracker.active_loop.get("name"):
            said = said[:-1]  # the open question comes again by itself
            if not said:
                say(dispatcher, "utter_repeat_question")
        elif not said:
            say(dispatcher, "utter_nothing_to_repeat")
        if said:
            say(dispatcher, "utter_repeat", said=" ".join(said))
        return []


def last_said(tracker: Tracker) -> list[str]:
    """The texts of the bot's latest reply, in order."""
    said: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "bot" and event.get("text"):
            said.append(str(event["text"]))
        elif event.get("event") == "user" and said:
            break
    return said[::-1]


class ActionDontKnow(Action):
    """모르겠어요 without an open question."""

    def name(self) -> str:
        return "action_dont_know"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, "utter_dont_know_after" if tracker.get_slot("shown") else "utter_dont_know_alone")
        return []
