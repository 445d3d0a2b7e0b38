"""Rasa as we run it: ``python -m bot.service.rasa run …`` is ``rasa run …`` less five costs of every turn.

It also gets what the environment asks for: the lock store and broker of ``endpoints``, RASA_TOKEN (which all could
read in a command line), our log lines, and for a message it is asked a second time (``{"again": true}`` in its
metadata) the answer it gave instead of a second handling.

Rasa 3.6.21 is the last of its line and pinned, so what is replaced here will not move under us. Each replacement says
what it spares; nothing that is said or stored changes, and the service works with a plain ``rasa run`` as well, only
slower (``benchmarks/service.py``).
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import sys
from collections import deque
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import jsonschema
import rasa.__main__
import rasa.utils.io
from rasa.core import tracker_store
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy.pool import QueuePool

from bot.observing import logs
from bot.service import endpoints

_call_with_all_events = RemoteAction._action_call_format
_handle_message = MessageProcessor.handle_message
_save_tracker = MessageProcessor.save_tracker
_engine_arguments = tracker_store.create_engine_kwargs
_rasas_session_scope = tracker_store.SQLTrackerStore.session_scope
# The facts of the tracker saved last in this task: one task handles one message.
_saved_facts: ContextVar[dict[str, Any]] = ContextVar("saved_facts")
_SQLITE_PATIENCE = 30.0  # seconds to wait for another process's write


def replace() -> None:
    """Put the replacements in force in this process."""
    RemoteAction._validate_action_result = _validate_answer
    RemoteAction._action_call_format = _call_with_late_events
    MessageProcessor.save_tracker = _save_and_note_facts
    MessageProcessor.handle_message = _handle_and_tell_facts
    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=256)(Event.resolve_by_type))
    tracker_store.create_engine_kwargs = _kept_open
    tracker_store.SQLTrackerStore.session_scope = _session_scope
    rasa.utils.io.configure_colored_logging = _leave_logging


def _validate_answer(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Check the action server's answer as Rasa does, without checking the schema itself with every answer.

    Spares a quarter of Rasa's time. Raises jsonschema.ValidationError.
    """
    _answer_schema().validate(result)
    return True


@functools.lru_cache(maxsize=1)
def _answer_schema() -> Any:
    spec = RemoteAction.action_response_format_spec()
    return jsonschema.validators.validator_for(spec)(spec)


def _call_with_late_events(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """Tell an action all slots, but of the events only those since the message before the latest.

    No action reads further back (``actions.forms``, ``actions.questions``), and Rasa would send the whole
    conversation, with 100 kB of verdicts, in each of a turn's three to five calls.
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
        late.appendleft(event)
        messages += isinstance(event, UserUttered)
        if messages == 2:
            break
    return late


async def _handle_and_tell_facts(self: MessageProcessor, message: UserMessage) -> list[dict[str, Any]] | None:
    """Answer a message, and tell the facts as they are now in a part of their own, ``{"custom": {"facts": …}}``.

    Otherwise the web process has to ask for the tracker after each answer, which is read anew from the database.
    """
    said = await _said_already(self, message)
    if said is None:
        said = await _handle_message(self, message)
    facts = _saved_facts.get(None)
    if facts is not None and type(message.output_channel) is CollectingOutputChannel:
        message.output_channel.messages.append({"recipient_id": message.sender_id, "custom": {"facts": facts}})
    return said


class ConversationUnreadable(RasaException):
    """What is stored of a conversation cannot be read; the others can."""


@contextlib.contextmanager
def _session_scope(self: tracker_store.SQLTrackerStore) -> Iterator[Any]:
    """Rasa's own, less the end of the whole process for one conversation it cannot read.

    It takes every ValueError in there, so also one damaged event, for a missing schema of PostgreSQL, and exits.
    """
    with _rasas_session_scope(self) as session:
        try:
            yield session
        except ValueError as error:
            raise ConversationUnreadable(f"a stored conversation cannot be read: {type(error).__name__}") from error


def _leave_logging(_level: int | None = None) -> None:
    """Rasa would put coloured lines, with whatever is said in them, in the place of ours."""


async def _said_already(self: MessageProcessor, message: UserMessage) -> list[dict[str, Any]] | None:
    """What was answered to the same turn before, where the web process asks again; None where nothing was.

    Called under the conversation's lock: whoever handled it first has saved it by now, in this process or another.
    """
    metadata = message.metadata or {}
    if not metadata.get("again"):
        return None
    tracker = await self.tracker_store.retrieve(message.sender_id)
    said: list[dict[str, Any]] = []
    ours = False
    for event in tracker.events if tracker is not None else ():
        if isinstance(event, UserUttered):
            ours = (event.metadata or {}).get("turn") == metadata.get("turn")
        elif isinstance(event, BotUttered) and ours:
            told = {"text": event.text, **{name: event.data.get(name) for name in ("buttons", "custom")}}
            said.append({"recipient_id": message.sender_id, **{name: part for name, part in told.items() if part}})
    if not said or tracker is None:
        return None
    _saved_facts.set(tracker.get_slot("facts") or {})
    message.output_channel.messages.extend(said)
    return said


async def _save_and_note_facts(self: MessageProcessor, tracker: DialogueStateTracker) -> None:
    _saved_facts.set(tracker.get_slot("facts") or {})
    await _save_tracker(self, tracker)


def _kept_open(url: Any) -> dict[str, Any]:
    """Keep connections to SQLite open, with a write-ahead log.

    Rasa would open the file anew for each of a turn's looks at the conversation, and SQLite would write and delete a
    journal at each commit.
    """
    if not str(url).startswith("sqlite"):
        arguments: dict[str, Any] = _engine_arguments(url)
        return arguments
    return {"poolclass": QueuePool, "connect_args": {
        "check_same_thread": False, "timeout": _SQLITE_PATIENCE, "factory": _WriteAhead}}


class _WriteAhead(sqlite3.Connection):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            self.execute(f"PRAGMA {pragma}")


def arguments(given: list[str]) -> list[str]:
    """The command line of ``rasa`` with what the environment asks for. Raises BackendError."""
    whole = list(given)
    if "--endpoints" in whole:
        place = whole.index("--endpoints") + 1
        whole[place] = str(endpoints.completed(Path(whole[place]), os.environ))
    if not any(one.startswith("--auth-token") for one in whole) and os.environ.get("RASA_TOKEN"):
        whole.append(f"--auth-token={os.environ['RASA_TOKEN']}")
    if "--logging-config-file" not in whole:
        whole += ["--logging-config-file", str(Path(logs.__file__).with_name("logging_rasa.yml"))]
    return whole


if __name__ == "__main__":
    sys.argv[1:] = arguments(sys.argv[1:])
    replace()
    rasa.__main__.main()
