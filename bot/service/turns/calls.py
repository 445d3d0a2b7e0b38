"""Rasa's calls of the action server: what is sent, over which connection, and what is checked of the answer.

A turn makes three to five of them.
"""

from __future__ import annotations

import contextlib
import functools
from collections import deque
from typing import Any

import aiohttp
import jsonschema
import ujson
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

# Below the five seconds after which the action server closes an idle connection, so that none is used that is
# just being closed.
_IDLE_SECONDS = 3.0

# How many turns are told whole, and of how many before them what the person said.
_WHOLE_TURNS, _MESSAGES_BEFORE = 2, 2

_call_with_all_events = RemoteAction._action_call_format
_new_session = EndpointConfig.session


def replace() -> None:
    """Put the replacements in force in this process."""
    EndpointConfig.session = kept_session
    RemoteAction._action_call_format = call_with_late_events
    RemoteAction._validate_action_result = validate_answer
    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=256)(Event.resolve_by_type))


def kept_session(self: EndpointConfig) -> Any:
    """The endpoint's one HTTP session, for use in ``async with``; Rasa would open a connection for each call."""
    if self.basic_auth:
        return _new_session(self)
    kept: aiohttp.ClientSession | None = getattr(self, "kept_session", None)
    if kept is None or kept.closed:
        kept = aiohttp.ClientSession(
            headers=self.headers, timeout=aiohttp.ClientTimeout(total=300), json_serialize=_dumps,
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS))
        self.kept_session = kept
    return contextlib.nullcontext(kept)


def _dumps(body: Any) -> str:
    return ujson.dumps(body, ensure_ascii=False, escape_forward_slashes=False)


def validate_answer(self: RemoteAction, result: Any) -> bool:
    """Check the shape of the action server's answer, at a small part of the price of Rasa's schema.

    Raises jsonschema.ValidationError. What an event holds is checked where it is read, as with Rasa's check.
    """
    if not isinstance(result, dict):
        raise jsonschema.ValidationError(f"the action server answered with {type(result).__name__}")
    for part in ("events", "responses"):
        listed = result.get(part)
        if listed is not None and not (isinstance(listed, list) and all(isinstance(one, dict) for one in listed)):
            raise jsonschema.ValidationError(f"the action server's {part} are no list of objects")
    for event in result.get("events") or ():
        if not isinstance(event.get("event"), str):
            raise jsonschema.ValidationError("an event of the action server has no name")
    return True


def call_with_late_events(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """Tell an action all slots, but of the events only those since the message before the latest, and the messages
    before them alone: what a short question is about may have been said then (``actions.reading``).

    No action reads further back (``actions.forms``, ``actions.questions``), and Rasa would send the whole
    conversation, with 100 kB of verdicts.
    """
    whole, tracker.events = tracker.events, _late_events(tracker)
    try:
        called: dict[str, Any] = _call_with_all_events(self, tracker, domain)
    finally:
        tracker.events = whole
    return called


def _late_events(tracker: DialogueStateTracker) -> deque[Event]:
    late: deque[Event] = deque()
    messages = 0
    for event in reversed(tracker.events):
        said = isinstance(event, UserUttered)
        if messages < _WHOLE_TURNS or said:
            late.appendleft(event)
        messages += said
        if messages == _WHOLE_TURNS + _MESSAGES_BEFORE:
            break
    return late
