"""Wishes told beside facts, which must not get lost: a call or a visit, the center in charge.

"12월부터 육아휴직 가요 전화 상담 부탁해요" tells of a leave, so the screening goes on; what was wished is met first.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.people import say_contact
from actions.reading import message_of
from actions.speaking import say
from knowledge_base.wishes import wishes


def meet_wishes(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say how a call or a visit is had, or which center is in charge, where the message wished for it by the way."""
    wished = wishes(message_of(tracker).text)
    if "center" in wished:
        say_contact(dispatcher, tracker)
    if "call" in wished:
        say(dispatcher, "utter_noted_call_wish", act="ask_fact")
    elif "visit" in wished:
        say(dispatcher, "utter_noted_visit_wish", act="ask_fact")
