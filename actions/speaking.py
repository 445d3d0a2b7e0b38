"""How actions speak: one utterance of ``domain.yml`` with its envelope (act, asks, items, card).

Values come with the Korean particles that fit them: ``{place}`` brings ``{place_eun}``, ``{place_i}``,
``{place_eul}``, ``{place_ro}`` and ``{place_ida}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from knowledge_base.korean import josa

_PARTICLES = {"eun": "은/는", "i": "이/가", "eul": "을/를", "ro": "으로/로", "ida": "이에요/예요", "gwa": "과/와",
              "ira": "이라/라"}


def say(
    dispatcher: CollectingDispatcher,
    response: str,
    *,
    act: str | None = None,
    asks: str | None = None,
    items: Sequence[str] = (),
    card: dict[str, Any] | None = None,
    buttons: Sequence[tuple[str, str]] = (),
    **values: Any,
) -> None:
    """Utter ``response`` of the domain. ``buttons`` are (title, payload) pairs.

    Where no act is given, the envelope written beside the response in ``domain.yml`` stands.
    """
    envelope: dict[str, Any] | None = None
    if act is not None:
        envelope = {"act": act, "asks": asks, "items": list(items), "card": card}
    dispatcher.utter_message(
        response=response,
        json_message=envelope,
        buttons=[{"title": title, "payload": payload} for title, payload in buttons] or None,
        **with_particles(values),
    )


def with_particles(values: dict[str, Any]) -> dict[str, Any]:
    """``values``, and beside each text the same text with every particle that fits it."""
    told = dict(values)
    for name, value in values.items():
        if isinstance(value, str):
            told.update({f"{name}_{key}": josa(value, pair) for key, pair in _PARTICLES.items()})
    return told
