"""The thread of each conversation: every message kept first, answered in order, and never answered twice.

One worker at a time answers a conversation's waiting turns, whichever process it runs in. Whoever sent a message
waits ``answer_seconds`` for it; after that an honest notice goes out, the worker goes on, and the answer is
delivered with the next message or the next look at the transcript.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.desk import conversations, partners
from bot.desk.base import new_id
from bot.desk.conversation_models import ChatSession, ChatTurn
from bot.desk.database import session as transaction
from bot.observing import metrics, request_ids
from bot.web.counting import count_answer, stage
from bot.web.crowd import Crowd
from bot.web.rasa_client import RasaClient, RasaUnavailable, Reply
from bot.web.settings import Settings
from knowledge_base.clock import now
from knowledge_base.program_schema import programs

log = logging.getLogger(__name__)

_GIVE_UP_AFTER = 3
# Short, so that another process soon takes up what a killed one was answering; whoever lives renews it.
_LEASE_SECONDS = 15.0
_RENEW_EVERY = 5.0
_LOOK_EVERY = 0.25
_LOOK_SECONDS = 3.0
CALL_CENTER = {"label": "고용노동부 고객상담센터", "number": "1350"}
_DELAYED = ("지금 답을 준비하지 못하고 있어요. 보내 주신 말씀은 잘 받아 두었고, 연결되는 대로 이어서 답해 드릴게요. "
            "급하시면 국번 없이 1350(평일 9~18시)으로 전화해 주세요.")
_GAVE_UP = ("이 말씀에는 제가 답을 만들지 못했어요. 조금 바꿔서 다시 적어 주시겠어요? "
            "급하시면 국번 없이 1350(평일 9~18시)으로 전화해 주세요.")
_NOT_STARTED = ("지금은 상담 봇이 잠시 쉬고 있어요. 그래도 궁금한 점을 남겨 주시면 연결되는 대로 답해 드려요. "
                "급하시면 국번 없이 1350(평일 9~18시)으로 전화해 주세요.")


@dataclass(frozen=True)
class Said:
    """What goes back to whoever sent a message; ``waiting`` says that the real answer is still to come."""

    messages: list[dict[str, Any]]
    turn: dict[str, Any]
    waiting: bool


@dataclass(frozen=True)
class Opened:
    """A new conversation, as its browser gets to know it."""

    session_id: str
    token: str
    said: Said


class _Wait:
    """Somebody waiting for the answer to a turn."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.said: Said | None = None


class Talk:
    """All conversations of this web process."""

    def __init__(self, settings: Settings, rasa: RasaClient) -> None:
        self._settings = settings
        self._rasa = rasa
        self.crowd = Crowd(settings.answer_seconds)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._waits: dict[str, dict[str, _Wait]] = {}
        # Threads reach the database in any order; who came first is accepted first.
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, partner_id: str | None) -> Opened:
        """Open a conversation and greet."""
        session_id, token, greeting = await asyncio.to_thread(self._open, partner_id)
        with self._waiting(session_id, greeting.id) as wait:
            self._start(session_id, greeting, fresh=greeting.id)
            said = await self._wait_for(session_id, greeting.id, wait)
        if said.waiting:
            said = Said([_notice("0.wait", _NOT_STARTED)], said.turn, True)
            metrics.NOTICES.labels("not_started").inc()
        return Opened(session_id, token, said)

    async def say(
        self, session_id: str, token: str, client_message_id: str, *, text: str | None, payload: str | None
    ) -> Said:
        """Answer a message, or give the first answer again when the id is a repeated one.

        Raises UnknownConversation, WrongToken, NotOffered and ConversationFull of ``bot.desk.conversations``.
        """
        turn_id = new_id()
        # Before the turn can be seen by a worker, so that its answer cannot be missed.
        with self._waiting(session_id, turn_id) as wait:
            door = self._doors.setdefault(session_id, asyncio.Lock())
            async with door:
                turn, first = await asyncio.to_thread(
                    self._accept, session_id, token, client_message_id, turn_id, text, payload)
            if first is not None:
                wait.woken.clear()
                self._start(session_id, first, fresh=turn_id)
            if turn.id == turn_id:
                return await self._wait_for(session_id, turn_id, wait)
        with self._waiting(session_id, turn.id) as wait:
            said = await asyncio.to_thread(self._collect, session_id, turn.id)
            return await self._wait_for(session_id, turn.id, wait) if said.waiting else said

    async def look(self, session_id: str, token: str) -> dict[str, Any]:
        """The transcript for resuming, after a short try to answer what still waits."""
        found, first = await asyncio.to_thread(self._look, session_id, token, True)
        worker = self._start(session_id, first, fresh=None) if first else self._workers.get(session_id)
        if found["waiting"] and worker is not None:
            await asyncio.wait({worker}, timeout=min(_LOOK_SECONDS, self._settings.answer_seconds))
            found, _ = await asyncio.to_thread(self._look, session_id, token, False)
        return found

    async def close(self) -> None:
        """Let the workers finish what they are at, for a moment; what is not answered stays waiting."""
        if self._workers:
            await asyncio.wait(list(self._workers.values()), timeout=5)

    # The waiting side

    @contextmanager
    def _waiting(self, session_id: str, turn_id: str) -> Iterator[_Wait]:
        waits = self._waits.setdefault(session_id, {})
        wait = waits.setdefault(turn_id, _Wait())
        try:
            yield wait
        finally:
            waits.pop(turn_id, None)
            if not waits and self._waits.get(session_id) is waits:
                del self._waits[session_id]

    async def _wait_for(self, session_id: str, turn_id: str, wait: _Wait) -> Said:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._settings.answer_seconds
        while True:
            left = end - loop.time()
            # A worker in another process cannot wake us: look at the database now and then.
            await _until(wait.woken, left if session_id in self._workers else min(left, _LOOK_EVERY))
            if wait.said is not None:
                return wait.said
            said = await asyncio.to_thread(self._collect, session_id, turn_id)
            if not said.waiting or wait.woken.is_set() or loop.time() >= end:
                if said.waiting:
                    metrics.NOTICES.labels("delayed").inc()
                return said

    # The working side

    def _start(self, session_id: str, first: ChatTurn, *, fresh: str | None) -> asyncio.Task[None]:
        """Work on a conversation whose lease was just got, beginning with its oldest waiting turn."""
        worker = asyncio.create_task(self._work(session_id, first, fresh))
        self._workers[session_id] = worker
        worker.add_done_callback(lambda done: self._ended(session_id, done))
        return worker

    def _ended(self, session_id: str, worker: asyncio.Task[None]) -> None:
        if self._workers.get(session_id) is not worker:
            return
        del self._workers[session_id]
        if not worker.cancelled() and worker.exception() is not None:
            log.error("a conversation's worker failed", exc_info=worker.exception())
            self._wake_all(session_id)

    def _wake_all(self, session_id: str) -> None:
        for wait in self._waits.get(session_id, {}).values():
            wait.woken.set()

    async def _work(self, session_id: str, first: ChatTurn, fresh: str | None) -> None:
        """Answer the waiting turns, the oldest first. ``fresh`` is a turn that Rasa cannot know yet."""
        renewing = asyncio.create_task(self._renew(session_id))
        try:
            await self._answer_waiting(session_id, first, fresh)
        finally:
            renewing.cancel()

    async def _renew(self, session_id: str) -> None:
        """Keep the lease for as long as the worker lives."""
        while True:
            await asyncio.sleep(_RENEW_EVERY)
            try:
                await asyncio.to_thread(self._prolong, session_id)
            except SQLAlchemyError:
                log.warning("a lease could not be renewed", exc_info=True)

    async def _answer_waiting(self, session_id: str, first: ChatTurn, fresh: str | None) -> None:
        turn: ChatTurn | None = first
        while turn is not None:
            began = time.monotonic()
            try:
                with request_ids.bound(_request_of(turn), conversation=session_id), stage("rasa"):
                    reply = await self._ask(turn, new=turn.id == fresh)
            except RasaUnavailable as error:
                metrics.RASA_FAILURES.inc()
                with request_ids.bound(_request_of(turn), conversation=session_id):
                    log.warning("a message has to wait: %s", error)
                attempts = await asyncio.to_thread(self._give_back, turn.id)
                if error.away or attempts < _GIVE_UP_AFTER or not await self._all_up():
                    if self._workers.get(session_id) is asyncio.current_task():
                        self._wake_all(session_id)
                    return
                reply = None
            wait = self._waits.get(session_id, {}).get(turn.id)
            said, following = await asyncio.to_thread(self._store, session_id, turn, reply, wait is not None)
            if reply is None:
                metrics.NOTICES.labels("gave_up").inc()
            self.crowd.answered(time.monotonic() - began)
            count_answer(said.messages if reply is None else reply.messages, said.turn)
            if wait is not None:
                wait.said = said
                wait.woken.set()
            turn = following

    async def _ask(self, turn: ChatTurn, *, new: bool) -> Reply | None:
        """Rasa's answer; None when it has none although everything is up.

        Where the connection breaks, as when a Rasa process makes room for its successor, or where what Rasa needs is
        away, which it may not be for another Rasa, it is asked once more.
        """
        try:
            return await self._ask_once(turn, new=new)
        except RasaUnavailable as error:
            if not (error.cut or error.away):
                raise
        metrics.RASA_FAILURES.inc()
        return await self._ask_once(turn, new=False)

    async def _ask_once(self, turn: ChatTurn, *, new: bool) -> Reply | None:
        if not new:
            before = await self._rasa.said_before(turn.session_id, turn.id)
            if before is not None and before.messages:
                return before
        reply = await self._rasa.say(turn.session_id, turn.payload or turn.said or "", turn_id=turn.id,
                                     again=not new)
        if reply.messages:
            return reply
        if not await self._rasa.actions_are_ready():
            raise RasaUnavailable("the action server does not answer")
        return None

    async def _all_up(self) -> bool:
        return all(await asyncio.gather(self._rasa.is_ready(), self._rasa.actions_are_ready()))

    # Transactions, each run in a thread

    def _open(self, partner_id: str | None) -> tuple[str, str, ChatTurn]:
        with transaction() as session:
            opened, token = conversations.open_conversation(
                session, partner_id=partner_id, days=self._settings.session_days)
            conversations.lease(opened, _LEASE_SECONDS)
            partners.count(session, partner_id, "opened")
            session.flush()
            return opened.id, token, conversations.waiting_turns(session, opened.id)[0]

    def _accept(
        self, session_id: str, token: str, client_message_id: str, turn_id: str, text: str | None, payload: str | None
    ) -> tuple[ChatTurn, ChatTurn | None]:
        """The turn, and the one to begin with when the lease is ours."""
        with transaction() as session:
            conversation = conversations.find(session, session_id, token, to_write=True)
            turn = conversations.accept(
                session, conversation, client_message_id, turn_id=turn_id, text=text, payload=payload,
                days=self._settings.session_days, most_turns=self._settings.turns_per_session)
            leased = turn.state == "waiting" and conversations.lease(conversation, _LEASE_SECONDS)
            return turn, conversations.waiting_turns(session, session_id)[0] if leased else None

    def _prolong(self, session_id: str) -> None:
        with transaction() as session:
            conversations.prolong(session, session_id, _LEASE_SECONDS)

    def _give_back(self, turn_id: str) -> int:
        with transaction() as session:
            return conversations.give_back(session, turn_id)

    def _store(
        self, session_id: str, turn: ChatTurn, reply: Reply | None, awaited: bool
    ) -> tuple[Said, ChatTurn | None]:
        """Keep an answer; gives it back with late ones before it, and the next turn that waits."""
        with transaction() as session:
            conversation = conversations.locked(session, session_id)
            if conversation is None:
                raise conversations.UnknownConversation()
            if reply is None:
                reply = Reply([{**_notice("", _GAVE_UP), "at": None}], _contact_turn(conversation))
            at = now().isoformat()
            told = reply.messages if turn.position else _welcome(session, conversation, reply.messages)
            messages = [{**message, "id": f"{turn.position}.{number}", "at": at}
                        for number, message in enumerate(told)]
            for milestone in conversations.answer(session, turn.id, messages, reply.turn):
                partners.count(session, conversation.partner_id, milestone)
            session.flush()
            said = self._said(session, turn.id, late_too=True) if awaited else Said(messages, reply.turn, False)
            return said, conversations.next_waiting(session, session_id, _LEASE_SECONDS)

    def _collect(self, session_id: str, turn_id: str) -> Said:
        """What there is to say about a turn now: its answer alone, or the notice that it waits."""
        with transaction() as session:
            return self._said(session, turn_id, late_too=False)

    def _said(self, session: Session, turn_id: str, *, late_too: bool) -> Said:
        turn = session.get(ChatTurn, turn_id)
        if turn is None:
            raise conversations.UnknownConversation()
        if turn.state == "waiting":
            conversation = session.get(ChatSession, turn.session_id)
            return Said([_notice(f"{turn.position}.wait", _DELAYED)], _contact_turn(conversation), True)
        told = [*(conversations.undelivered(session, turn) if late_too else ()), turn]
        for one in told:
            one.delivered = True
        return Said([message for one in told for message in one.messages()], turn.turn or {}, False)

    def _look(self, session_id: str, token: str, work: bool) -> tuple[dict[str, Any], ChatTurn | None]:
        with transaction() as session:
            conversation = conversations.find(session, session_id, token, to_write=True)
            said = conversations.turns(session, session_id)
            waiting = [turn for turn in said if turn.state == "waiting"]
            leased = bool(work and waiting and conversations.lease(conversation, _LEASE_SECONDS))
            messages: list[dict[str, Any]] = []
            for turn in said:
                messages += _lines(turn)
                turn.delivered = turn.state == "answered"
            if waiting:
                text = _NOT_STARTED if waiting[-1].position == 0 else _DELAYED
                messages.append({"from": "bot", **_notice(f"{waiting[-1].position}.wait", text)})
            return {"session_id": session_id, "messages": messages, "waiting": bool(waiting),
                    "turn": conversation.turn or _contact_turn(conversation),
                    "expires_at": conversation.expires_at.isoformat()}, waiting[0] if leased else None


def _request_of(turn: ChatTurn) -> str:
    """The id under which a turn is followed: the one its widget made, if that is a UUID."""
    return request_ids.usable(turn.client_message_id) or turn.id


def _lines(turn: ChatTurn) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    if turn.said is not None:
        lines.append({"id": f"{turn.position}.said", "from": "person", "text": turn.said, "card": None,
                      "quick_replies": [], "at": turn.said_at.isoformat(),
                      "client_message_id": turn.client_message_id})
    return lines + [{"from": "bot", **message} for message in turn.messages()]


def _welcome(session: Session, conversation: ChatSession, greeting: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The greeting as the partner wants it: its own words first, its hours, and the programs it puts first."""
    if conversation.partner_id is None:
        return greeting
    partner = partners.get(session, conversation.partner_id)
    before: list[dict[str, Any]] = []
    if partner.greeting:
        before.append({"text": partner.greeting, "card": None, "quick_replies": []})
    if partner.hours_notice:
        card = {"v": 1, "type": "notice", "level": "info", "text": partner.hours_notice, "phones": []}
        before.append({"text": None, "card": card, "quick_replies": []})
    known = programs() if partner.first_programs else {}
    names = [known[one].name for one in partner.first_programs if one in known]
    first = [{"title": name, "payload": f"{name} 알려 주세요"} for name in names]
    if greeting:
        greeting = [*greeting[:-1], {**greeting[-1], "quick_replies": [*first, *greeting[-1]["quick_replies"]]}]
    return before + greeting


def _notice(message_id: str, text: str) -> dict[str, Any]:
    card = {"v": 1, "type": "notice", "level": "warning", "text": text, "phones": [CALL_CENTER]}
    return {"id": message_id, "text": None, "card": card, "quick_replies": [], "at": now().isoformat()}


def _contact_turn(conversation: ChatSession | None) -> dict[str, Any]:
    facts = (conversation.turn or {}).get("facts", {}) if conversation is not None else {}
    return {"act": "contact", "items": [], "facts": facts, "asks": None}


async def _until(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), max(seconds, 0.0))
    except asyncio.TimeoutError:
        return
