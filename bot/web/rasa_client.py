"""Talking to Rasa and to the action server over HTTP on loopback, and reading Rasa's messages as ours.

What is done when they do not answer is decided in ``talk``.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.observing import request_ids
from bot.web.settings import Settings

log = logging.getLogger(__name__)

CARD_TYPES = ("verdicts", "answer", "openings", "visit", "lead", "contact", "case", "notice")
ACTS = ("greet", "smalltalk", "answer", "ask_fact", "verdicts", "visit", "handoff", "contact", "clarify",
        "out_of_scope", "refuse")
_UNREACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_PAUSE = 5.0  # seconds for which a Rasa that could not be reached is asked after the others


class RasaUnavailable(Exception):
    """Rasa or the action server did not answer, or not in a way that can be used.

    ``cut`` says that the connection broke while Rasa was at it, as when that process ends: another may be asked.
    ``away`` says that what Rasa needs is away (action server, locks, database): it may be asked until that is back.
    """

    def __init__(self, reason: str, *, cut: bool = False, away: bool = False) -> None:
        super().__init__(reason)
        self.cut, self.away = cut, away


@dataclass(frozen=True)
class Reply:
    """The bot's answer to one turn: messages ``{text, card, quick_replies}`` and the envelope of the chat API."""

    messages: list[dict[str, Any]]
    turn: dict[str, Any]


class RasaClient:
    """One conversation partner for all conversations; holds one HTTP session, made on the running loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._query = {"token": settings.rasa_token} if settings.rasa_token else {}
        self._http: aiohttp.ClientSession | None = None
        self._next = 0
        self._away_until: dict[str, float] = {}

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()

    async def say(self, conversation_id: str, message: str, *, turn_id: str, again: bool = False) -> Reply:
        """Say something in a conversation and get the answer. Raises RasaUnavailable.

        ``turn_id`` travels as metadata, so that the turn can be found again: asked ``again``, Rasa gives the answer
        it has given before, if it has.
        """
        body = {"sender": conversation_id, "message": message,
                "metadata": {"turn": turn_id, "request": request_ids.current(), **({"again": True} if again else {})}}
        said = await self._json("POST", "/webhooks/rest/webhook", json=body)
        if not isinstance(said, list):
            raise RasaUnavailable(f"Rasa answered with {type(said).__name__} instead of a list")
        facts = _facts_told(said)
        if facts is None:  # a Rasa without bot.service.rasa does not tell them
            facts = _facts_of(await self._tracker(conversation_id, "NONE"))
        return read_reply(said, facts)

    async def said_before(self, conversation_id: str, turn_id: str) -> Reply | None:
        """The answer Rasa already gave to a turn whose answer we never got; None where it gave none."""
        tracker = await self._tracker(conversation_id, "ALL")
        said: list[dict[str, Any]] = []
        ours = False
        for event in tracker.get("events") or []:
            if event.get("event") == "user":
                ours = (event.get("metadata") or {}).get("turn") == turn_id
            elif event.get("event") == "bot" and ours:
                data = event.get("data") or {}
                said.append({"text": event.get("text"), "buttons": data.get("buttons"), "custom": data.get("custom")})
        return read_reply(said, _facts_of(tracker)) if said else None

    async def is_ready(self) -> bool:
        """Whether a Rasa process has its model loaded."""
        return any(await asyncio.gather(*(self._is_ok(f"{rasa}/status") for rasa in self._settings.rasas)))

    async def actions_are_ready(self) -> bool:
        """Whether an action server answers."""
        return any(await asyncio.gather(*(self._is_ok(f"{one}/health") for one in self._settings.actions)))

    async def _tracker(self, conversation_id: str, events: str) -> dict[str, Any]:
        path = f"/conversations/{conversation_id}/tracker"
        tracker = await self._json("GET", path, params={"include_events": events})
        return tracker if isinstance(tracker, dict) else {}

    async def _json(self, method: str, path: str, **arguments: Any) -> Any:
        """Ask the Rasa processes in turn, the next one where one cannot be reached at all."""
        rasas = self._settings.rasas
        self._next += 1
        turn = [rasas[(self._next + tried) % len(rasas)] for tried in range(len(rasas))]
        # One that was away a moment ago is asked last: to find it away again can cost seconds (a cut line).
        for rasa in sorted(turn, key=lambda one: self._away_until.get(one, 0.0) > time.monotonic()):
            try:
                return await self._json_of(rasa, method, path, **arguments)
            except _UNREACHED as error:
                self._away_until[rasa] = time.monotonic() + _PAUSE
                unreached = error
        raise RasaUnavailable(f"Rasa did not answer: {type(unreached).__name__}") from unreached

    async def _json_of(self, rasa: str, method: str, path: str, **arguments: Any) -> Any:
        """Raises RasaUnavailable, and one of _UNREACHED where nothing can have arrived."""
        query = {**self._query, **arguments.pop("params", {})}
        try:
            async with self._session().request(method, rasa + path, params=query, **arguments) as response:
                if response.status != 200:
                    why = await response.text()
                    raise RasaUnavailable(f"Rasa answered {response.status}", away='"away"' in why)
                return await response.json(content_type=None)
        except _UNREACHED:
            raise
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
            raise RasaUnavailable(f"Rasa broke off: {type(error).__name__}", cut=True) from error
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise RasaUnavailable(f"Rasa did not answer: {type(error).__name__}") from error

    async def _is_ok(self, url: str) -> bool:
        try:
            async with self._session().get(url, params=self._query,
                                           timeout=aiohttp.ClientTimeout(total=2)) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._settings.working_seconds, connect=3),
                connector=aiohttp.TCPConnector(limit=100))
        return self._http


def _facts_told(said: list[Any]) -> dict[str, Any] | None:
    for part in said:
        custom = part.get("custom") if isinstance(part, dict) else None
        if isinstance(custom, dict) and isinstance(custom.get("facts"), dict):
            facts: dict[str, Any] = custom["facts"]
            return facts
    return None


def _facts_of(tracker: dict[str, Any]) -> dict[str, Any]:
    facts = (tracker.get("slots") or {}).get("facts")
    return facts if isinstance(facts, dict) else {}


def read_reply(said: list[Any], facts: dict[str, Any]) -> Reply:
    """Our messages and envelope from Rasa's messages and the facts known now.

    Rasa sends the text, its buttons and the ``custom`` part of one utterance one after the other: a ``custom``
    without a text of its own belongs to the text before it.
    """
    messages: list[dict[str, Any]] = []
    acts: list[str] = []
    asks: str | None = None
    items: list[str] = []
    for part in said:
        if not isinstance(part, dict):
            continue
        custom = part.get("custom")
        custom = custom if isinstance(custom, dict) else {}
        text = custom.get("text") or part.get("text")
        card = _card(custom.get("card"))
        replies = _quick_replies(custom.get("quick_replies")) + _quick_replies(part.get("buttons"))
        if custom.get("act") in ACTS:
            acts.append(custom["act"])
            asks = custom.get("asks") or asks
        items += [item for item in custom.get("items") or [] if isinstance(item, str) and item not in items]
        if not text and messages and messages[-1]["card"] is None:
            messages[-1]["card"] = card
            messages[-1]["quick_replies"] += replies
        elif text or card or replies:
            messages.append({"text": str(text) if text else None, "card": card, "quick_replies": replies})
    # What was done for this message names the turn; a question that follows it only shows in ``asks``.
    act = next((act for act in acts if act != "ask_fact"), acts[0] if acts else "answer")
    turn = {"act": act, "items": items, "facts": facts, "asks": asks}
    return Reply(messages, turn)


def _card(card: Any) -> dict[str, Any] | None:
    if card is None:
        return None
    if isinstance(card, dict) and card.get("v") == 1 and card.get("type") in CARD_TYPES:
        return card
    log.error("dropped a card that is none of the contract: %r", card.get("type") if isinstance(card, dict) else card)
    return None


def _quick_replies(buttons: Any) -> list[dict[str, str]]:
    return [{"title": str(one["title"]), "payload": str(one["payload"])} for one in buttons or []
            if isinstance(one, dict) and one.get("title") and one.get("payload")]
