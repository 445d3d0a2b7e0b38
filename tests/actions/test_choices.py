"""A number in answer to buttons presses the button of that number, and never one that was not offered."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.reading import message_of

CONSENT = ["/affirm", "/deny", "/ask_why"]
TIMES = ['/inform{"opening":"a"}', '/inform{"opening":"b"}', '/inform{"opening":"c"}']


def said(choice: int | None, payloads: list[str], intent: str = "affirm") -> tuple[str, list[tuple[str, Any]]]:
    """What is read of a message with a choice in it after a reply with these buttons."""
    entities = [] if choice is None else [{"entity": "choice_if_asked", "value": choice}]
    latest = {"text": "…", "intent": {"name": intent, "confidence": 0.98}, "entities": entities}
    bot = [{"event": "bot", "text": "보세요", "data": {}},
           {"event": "bot", "text": "골라 주세요", "data": {"buttons": [{"title": one, "payload": one} for one in payloads]}}]
    events = [{"event": "user", "text": "방문이요"}, *bot, {"event": "user", **latest}]
    tracker = Tracker("one", {}, latest, events, False, None, {}, "action_listen")
    found = message_of(tracker)
    return found.intent, [(entity["entity"], entity["value"]) for entity in found.entities]


@pytest.mark.parametrize(("number", "opening"), [(1, "a"), (2, "b"), (3, "c"), (-1, "c")])
def test_a_number_is_the_button_at_its_place(number: int, opening: str) -> None:
    assert said(number, TIMES) == ("inform", [("opening", opening)])


def test_two_is_a_no_where_the_second_button_says_no() -> None:
    assert said(1, CONSENT) == ("affirm", [])
    assert said(2, CONSENT) == ("deny", [])


@pytest.mark.parametrize("number", [3, 4, 6])
def test_a_number_of_no_answer_answers_nothing(number: int) -> None:
    assert said(number, CONSENT) == ("nlu_fallback", [])


def test_without_buttons_a_number_means_what_it_meant() -> None:
    assert said(2, []) == ("affirm", [("choice_if_asked", 2)])


def test_a_message_without_a_number_is_left_as_it_is() -> None:
    assert said(None, TIMES) == ("affirm", [])
