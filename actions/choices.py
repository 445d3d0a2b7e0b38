"""A button chosen by its number instead of a press: "1번이요", "두 번째 걸로요", "마지막 거"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.memory import Message

CHOICE = "choice_if_asked"
# Buttons that answer the question; the others (왜 물어봐요?) lead away from it.
_ANSWERS = re.compile(r"^/(?P<intent>inform|affirm|deny|dont_know)(?P<entities>\{.*\})?$", re.DOTALL)


def as_pressed(tracker: Tracker, message: Message) -> Message:
    """``message``, or the answer that the button of its number gives.

    A number of no such button answers nothing: "2번" to a question of yes or no must never be a yes.
    """
    numbers = [entity["value"] for entity in message.entities if entity["entity"] == CHOICE]
    if not numbers:
        return message
    payloads = list(_offered(tracker))
    if not payloads:
        return message
    at = int(numbers[0])
    pressed = _ANSWERS.match(payloads[at if at < 0 else at - 1]) if at <= len(payloads) else None
    if pressed is None:
        return replace(message, intent="nlu_fallback", entities=())
    told = json.loads(pressed["entities"] or "{}")
    entities = tuple({"entity": name, "value": value} for name, value in told.items())
    return replace(message, intent=pressed["intent"], confidence=1.0, entities=entities)


def _offered(tracker: Tracker) -> Iterator[str]:
    """The payloads of the buttons in the bot's latest reply, in the order they are seen."""
    replied: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            replied.append(event)
        elif event.get("event") == "user" and replied:
            break
    for event in reversed(replied):
        data = event.get("data") or {}
        for button in data.get("buttons") or ():
            yield str(button.get("payload"))
