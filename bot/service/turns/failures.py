"""A turn in which something behind Rasa failed fails as a whole, so that the web process can ask again.

Rasa would go on without what a failed action knows, store that, and answer with whatever it has by then: half an
answer, and facts forgotten. Here nothing of such a turn is stored, and ``bot.service.channel`` answers with 503 and
the reason: ``away`` where a neighbour could not be reached (to be tried until it is back), else ``failed``.

Rasa would also take a conversation that it cannot read for a new one, and keep one that it cannot store in memory.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any

import aiohttp
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.lock_store import LockError
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event
from rasa.utils.endpoints import ClientResponseError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent
from sqlalchemy.exc import DBAPIError

_AWAY = (aiohttp.ClientConnectionError, asyncio.TimeoutError, ConnectionError, LockError, RedisAway, RedisSilent,
         DBAPIError)
_run_and_lose_events = RemoteAction.run
# Why the turn of this task failed; one task handles one message at a time.
_reason: ContextVar[str | None] = ContextVar("reason", default=None)


class TurnFailed(Exception):
    """The turn must not be stored; what failed is in the log already."""


def replace() -> None:
    """Put the replacements in force in this process."""
    RemoteAction.run = run_or_fail
    FailSafeTrackerStore.on_tracker_store_error = _raise
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _raise


def _raise(_self: FailSafeTrackerStore, error: Exception) -> None:
    raise error


async def run_or_fail(self: RemoteAction, *arguments: Any, **named: Any) -> list[Event]:
    """Run an action, and note where it failed; a form's rejection of an answer is no failure."""
    try:
        events: list[Event] = await _run_and_lose_events(self, *arguments, **named)
    except ActionExecutionRejection:
        raise
    except Exception as error:
        note(error)
        raise
    return events


def begin() -> None:
    """A new turn of this task."""
    _reason.set(None)


def note(error: BaseException) -> None:
    """The turn failed by ``error``, unless it has failed already: what follows then follows from that."""
    if _reason.get() is None:
        _reason.set("away" if _is_away(error) else "failed")


def reason() -> str | None:
    """Why the turn failed: away, failed, or None."""
    return _reason.get()


def stop_if_failed() -> None:
    """Raises TurnFailed when the turn must not be stored."""
    if _reason.get() is not None:
        raise TurnFailed(f"a part of the turn has {_reason.get()}")


def _is_away(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, _AWAY) or (isinstance(error, ClientResponseError) and error.status == 503):
            return True
        error = error.__cause__ or error.__context__
    return False
