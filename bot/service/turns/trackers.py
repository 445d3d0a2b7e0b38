"""Conversations kept in Rasa's process between two messages, and the database as the judge of what they hold.

Rasa reads all events of a conversation from the database for each message and builds it anew from them. Here the
one saved last is used again if the newest row in the database is still the one it was saved with: what another
process wrote, or somebody erased, is seen. A conversation is taken out while it is worked on and put back when it is
saved, so one that failed half-way is read from the database again.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.core import tracker_store
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

MOST_KEPT = 256  # conversations a process
_SQLITE_PATIENCE = 30.0  # seconds to wait for another process's write

_retrieve_anew = SQLTrackerStore.retrieve
_events_not_counted = SQLTrackerStore._additional_events
_engine_arguments = tracker_store.create_engine_kwargs
_rasas_session_scope = SQLTrackerStore.session_scope


class ConversationUnreadable(RasaException):
    """What is stored of a conversation cannot be read; the others can."""


@dataclass(frozen=True)
class _Kept:
    """A conversation as it was saved: so many events, the newest of them in the row ``newest``."""

    tracker: DialogueStateTracker
    domain: Domain
    events: int
    newest: int | None


def replace() -> None:
    """Put the replacements in force in this process."""
    SQLTrackerStore.retrieve = retrieve
    SQLTrackerStore.save = save
    SQLTrackerStore.session_scope = _session_scope
    tracker_store.create_engine_kwargs = kept_open


async def retrieve(self: SQLTrackerStore, sender_id: str) -> DialogueStateTracker | None:
    """The conversation since its latest start. Raises ConversationUnreadable."""
    kept = _conversations(self).pop(sender_id, None)
    if kept is not None and kept.domain is self.domain:
        with self.session_scope() as session:
            newest = _newest(self, session, sender_id)
        if newest == kept.newest:
            kept.tracker.stored_events = kept.events
            return kept.tracker
    tracker: DialogueStateTracker | None = await _retrieve_anew(self, sender_id)
    return tracker


async def save(self: SQLTrackerStore, tracker: DialogueStateTracker) -> None:
    """Store what is new in a conversation in one statement, and keep it."""
    await self.stream_events(tracker)
    with self.session_scope() as session:
        rows = [_row(tracker.sender_id, event) for event in _unstored(self, session, tracker)]
        if rows:
            session.execute(sa.insert(self.SQLEvent.__table__), rows)
        newest = _newest(self, session, tracker.sender_id)
        session.commit()
    # Of a conversation that was begun again the database tells the latest part alone.
    if sum(isinstance(event, SessionStarted) for event in tracker.events) <= 1:
        conversations = _conversations(self)
        conversations[tracker.sender_id] = _Kept(tracker, self.domain, len(tracker.events), newest)
        while len(conversations) > MOST_KEPT:
            conversations.popitem(last=False)


def _conversations(self: SQLTrackerStore) -> OrderedDict[str, _Kept]:
    """The conversations a store keeps, the one saved last at the end."""
    if not hasattr(self, "kept_conversations"):
        self.kept_conversations = OrderedDict()
    kept: OrderedDict[str, _Kept] = self.kept_conversations
    return kept


def _unstored(self: SQLTrackerStore, session: Session, tracker: DialogueStateTracker) -> list[Event]:
    stored = getattr(tracker, "stored_events", None)
    if stored is None:  # not one we kept: Rasa counts the rows
        return list(_events_not_counted(self, session, tracker))
    del tracker.stored_events
    return list(tracker.events)[stored:]


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """A row of Rasa's table, with the values Rasa gives it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id, "type_name": event.type_name, "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"), "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _newest(self: SQLTrackerStore, session: Session, sender_id: str) -> int | None:
    table = self.SQLEvent.__table__
    latest = sa.select(sa.func.max(table.c.id)).where(table.c.sender_id == sender_id)
    newest: int | None = session.execute(latest).scalar()
    return newest


@contextlib.contextmanager
def _session_scope(self: SQLTrackerStore) -> Iterator[Any]:
    """Rasa's own, less the end of the whole process for one conversation it cannot read.

    It takes every ValueError in there, so also one damaged event, for a missing schema of PostgreSQL, and exits.
    """
    with _rasas_session_scope(self) as session:
        try:
            yield session
        except ValueError as error:
            raise ConversationUnreadable(f"a stored conversation cannot be read: {type(error).__name__}") from error


def kept_open(url: Any) -> dict[str, Any]:
    """Arguments of the engine that keep connections to SQLite open, with a write-ahead log.

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
