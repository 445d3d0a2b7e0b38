"""Personal data beside the leads, transcripts and trackers, so that purge, export and erasure reach it.

Importing this module registers both with ``privacy``. Rasa's tracker store is another database that Rasa writes; here
it is only read and deleted from.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from bot.desk import conversations, privacy
from bot.desk.sealing import data_dir
from bot.desk.settings import defaults

_EVENTS = sa.table("events", sa.column("sender_id"), sa.column("timestamp"), sa.column("data"))


class Transcripts:
    """What was said, as the web keeps it."""

    name = "transcripts"

    def purge(self, session: Session, before: datetime) -> int:
        """Delete conversations whose token stopped working before the retention began."""
        return len(conversations.purge(session, days=defaults().retention_days.conversation))

    def export(self, session: Session, conversation_ids: list[str]) -> list[dict[str, Any]]:
        """Every line of the conversations."""
        return [{"conversation": conversation_id, "lines": [
            {"at": line.at.isoformat(), "speaker": line.speaker, "text": line.text}
            for line in conversations.transcript(session, conversation_id)]} for conversation_id in conversation_ids]

    def erase(self, session: Session, conversation_ids: list[str]) -> int:
        """Delete the conversations."""
        return sum(conversations.erase(session, conversation_id) for conversation_id in conversation_ids)


class Trackers:
    """Rasa's own memory of conversations."""

    name = "trackers"

    def purge(self, session: Session, before: datetime) -> int:
        """Delete the trackers without an event since ``before``."""
        with _trackers() as connection:
            if connection is None:
                return 0
            old = sa.select(_EVENTS.c.sender_id).group_by(_EVENTS.c.sender_id).having(
                sa.func.max(_EVENTS.c.timestamp) < before.timestamp())
            return _delete(connection, list(connection.execute(old).scalars()))

    def export(self, session: Session, conversation_ids: list[str]) -> list[dict[str, Any]]:
        """Every event of the conversations, as Rasa wrote it."""
        with _trackers() as connection:
            if connection is None:
                return []
            rows = connection.execute(
                sa.select(_EVENTS.c.sender_id, _EVENTS.c.data).where(_EVENTS.c.sender_id.in_(conversation_ids))
                .order_by(_EVENTS.c.timestamp))
            return [{"conversation": sender, "event": data} for sender, data in rows]

    def erase(self, session: Session, conversation_ids: list[str]) -> int:
        """Delete the conversations' trackers."""
        with _trackers() as connection:
            return 0 if connection is None else _delete(connection, conversation_ids)


@contextmanager
def _trackers() -> Iterator[Connection | None]:
    """A transaction in the tracker store, or None where Rasa has not written anything yet."""
    engine = sa.create_engine(tracker_url(), future=True, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        yield connection if sa.inspect(connection).has_table(_EVENTS.name) else None


def tracker_url() -> str:
    """Where Rasa keeps its trackers: ``TRACKER_URL``, else beside the desk in PostgreSQL, else a SQLite file."""
    configured = os.environ.get("TRACKER_URL")
    if configured:
        return configured
    desk = os.environ.get("DATABASE_URL", "")
    return desk if desk.startswith("postgres") else f"sqlite:///{(data_dir() / 'conversations.db').resolve()}"


def _delete(connection: Connection, senders: list[str]) -> int:
    gone = set(connection.execute(
        sa.select(_EVENTS.c.sender_id).where(_EVENTS.c.sender_id.in_(senders)).distinct()).scalars())
    connection.execute(sa.delete(_EVENTS).where(_EVENTS.c.sender_id.in_(senders)))
    return len(gone)


privacy.register_store(Transcripts(), timedelta(days=defaults().retention_days.conversation))
privacy.register_store(Trackers(), timedelta(days=defaults().retention_days.conversation))
