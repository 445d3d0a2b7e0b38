"""An answer that would only be said again although something else was asked: another one, or that there is none.

"검진 갈 때마다 시간 줘야 하나요" after a grant was explained must not bring that grant a second time. Who asks the
same again, or asks something that the answer speaks of, gets it again.
"""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.reading import message_of, said_by, told_of
from knowledge_base import clock
from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.in_talk import names_what, other_readings
from knowledge_base.search_text import normalised


def would_repeat(found: Answer, tracker: Tracker) -> bool:
    """Whether ``found`` was the last answer already, and does not speak of what is asked now."""
    text = message_of(tracker).text
    asked = [normalised(said) for said in said_by(tracker)[:-1]]
    if not _just_said(found.text, tracker) or normalised(text) in asked:
        return False
    named = names_what(text)
    return bool(named) and not any(word in found.text for word in named)


def another(found: Answer, tracker: Tracker) -> Answer | None:
    """The answer of another item that may be meant instead of ``found``; None where there is none."""
    facts, text = Facts.read(tracker.get_slot("facts") or {}), message_of(tracker).text
    for whole in other_readings(text, told_of(tracker), besides=found.items):
        other = answer(whole, facts=facts, as_of=clock.today())
        if other.confident and other.text != found.text:
            return other
    return None


def _just_said(text: str, tracker: Tracker) -> bool:
    """Whether the bot's latest reply held ``text``."""
    said = False
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            said = True
            if text in str(event.get("text") or ""):
                return True
        elif event.get("event") == "user" and said:
            break
    return False
