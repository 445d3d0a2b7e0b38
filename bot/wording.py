"""Which of several wordings is said: each in its turn, and never the same sentence twice in a row.

Rasa draws wordings at random, so the same one may come again at once. Here a response goes through its wordings in
the order of ``domain.yml``, and what still comes out as it was said in the reply before is led in with
``utter_again`` or, for a question, ``utter_ask_again``. Named in ``endpoints.yml``.
"""

from __future__ import annotations

import copy
from itertools import takewhile
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

AGAIN, ASK_AGAIN = "utter_again", "utter_ask_again"


class WordingInTurn(TemplatedNaturalLanguageGenerator):
    """Rasa's templated wording, but chosen by what this conversation has heard already."""

    def __init__(self, domain: Domain, endpoint_config: Any = None) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response, filled; None where the domain has none that fits."""
        slots = tracker.current_slot_values()
        filled = self._filled(utter_action, slots, output_channel, **kwargs)
        if not filled:
            return None
        before = _said_before(tracker)
        start = _times_said(tracker, utter_action)
        in_turn = [filled[(start + at) % len(filled)] for at in range(len(filled))]
        fresh = next((response for response in in_turn if response.get("text") not in before), None)
        return fresh or self._led_in(in_turn[0], before, start, slots, output_channel)

    def _filled(
        self, utter_action: str, slots: dict[str, Any], output_channel: str, **kwargs: Any
    ) -> list[dict[str, Any]]:
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots) if utter_action in self.responses else []
        return [self._fill_response(copy.deepcopy(response), slots, **kwargs) for response in suitable]

    def _led_in(
        self, response: dict[str, Any], before: set[str], turn: int, slots: dict[str, Any], output_channel: str
    ) -> dict[str, Any]:
        """The same sentence once more, led in so that it does not sound like a machine that hangs."""
        text = response.get("text")
        if not text:
            return response
        question = (response.get("custom") or {}).get("asks") is not None or text.endswith("?")
        lead_ins = self._filled(ASK_AGAIN if question else AGAIN, slots, output_channel, said=text)
        texts = [str(lead_in["text"]) for lead_in in lead_ins]
        texts = texts[turn % len(texts):] + texts[: turn % len(texts)] if texts else []
        return {**response, "text": next((told for told in texts if told not in before), text)}


def _said_before(tracker: DialogueStateTracker) -> set[str]:
    """The texts of the reply before the latest message."""
    earlier = list(reversed(tracker.events))
    latest = next((at for at, event in enumerate(earlier) if isinstance(event, UserUttered)), len(earlier))
    reply = takewhile(lambda event: not isinstance(event, UserUttered), earlier[latest + 1:])
    return {event.text for event in reply if isinstance(event, BotUttered) and event.text}


def _times_said(tracker: DialogueStateTracker, utter_action: str) -> int:
    return sum(1 for event in tracker.events
               if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action)
