"""What was said: chat sessions, their turns in order, and what people thought of the answers.

How a turn gets its answer is the web's affair (``bot.web.talk``); when conversations are deleted is the desk's
(``stores``, which calls us).
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.desk.base import new_id
from bot.desk.calendar_models import Visit
from bot.desk.conversation_models import ChatFeedback, ChatSession, ChatTurn
from bot.desk.errors import DeskError
from bot.desk.sealing import token_digest
from knowledge_base.clock import now

GREETING = "greeting"
RATINGS = ("up", "down")
# Only what was offered lately can be clicked on: a page shows no more buttons than this.
_OFFERED_KEPT = 300


class UnknownConversation(DeskError):
    """No such conversation, or it was deleted."""

    default = "대화를 찾을 수 없어요. 새 대화를 시작해 주세요."


class WrongToken(DeskError):
    """The token is not this conversation's, or it has expired."""

    default = "대화를 이어 갈 수 없어요. 시간이 오래 지났다면 새 대화를 시작해 주세요."


class NotOffered(DeskError):
    """A payload that this conversation never offered."""

    default = "이 단추는 이 대화에서 쓸 수 없어요. 하고 싶은 말을 글로 적어 주세요."


class ConversationFull(DeskError):
    """The conversation has as many turns as one may have."""

    default = "대화가 너무 길어졌어요. 새 대화를 시작해 주세요. 급하시면 국번 없이 1350으로 전화해 주세요."


@dataclass(frozen=True)
class Line:
    """One line of a transcript: ``speaker`` is "person" or "bot"."""

    speaker: str
    text: str
    at: datetime
    card: dict[str, Any] | None = None
    message_id: str | None = None


def open_conversation(session: Session, *, partner_id: str | None, days: int) -> tuple[ChatSession, str]:
    """A new conversation with its greeting waiting to be answered, and its token (256 bits, told only here).

    ``days`` after its last message the token stops working.
    """
    token = secrets.token_urlsafe(32)
    opened = ChatSession(id=new_id(), token_digest=token_digest(token), partner_id=partner_id,
                         expires_at=now() + timedelta(days=days), offered={}, milestones=[])
    session.add(opened)
    session.flush()
    session.add(ChatTurn(session_id=opened.id, position=0, client_message_id=GREETING, payload="/greet"))
    return opened, token


def find(session: Session, conversation_id: str, token: str, *, to_write: bool = False) -> ChatSession:
    """The conversation that ``token`` opens; ``to_write`` makes others wait who also want to write to it.

    Raises UnknownConversation or WrongToken.
    """
    found: ChatSession | None = (
        locked(session, conversation_id) if to_write else session.get(ChatSession, conversation_id))
    if found is None:
        raise UnknownConversation()
    if not secrets.compare_digest(found.token_digest, token_digest(token)) or found.expires_at <= now():
        raise WrongToken()
    return found


def locked(session: Session, conversation_id: str) -> ChatSession | None:
    """The conversation, for which others who want to write to it now wait; None where there is none.

    Asked for again in the same transaction it costs no second look at the database.
    """
    transaction = session.get_transaction()
    held = session.info.get("locked_conversations")
    if held is None or held[0] is not transaction:
        held = session.info["locked_conversations"] = (transaction, {})
    conversations: dict[str, ChatSession | None] = held[1]
    if conversation_id not in conversations:
        conversations[conversation_id] = session.get(ChatSession, conversation_id, with_for_update=True)
    return conversations[conversation_id]


def accept(
    session: Session,
    conversation: ChatSession,
    client_message_id: str,
    *,
    turn_id: str,
    text: str | None = None,
    payload: str | None = None,
    days: int,
    most_turns: int = 500,
) -> ChatTurn:
    """Keep what the person said, once: a repeated ``client_message_id`` gives the turn it made the first time.

    Exactly one of ``text`` and ``payload`` is given; the conversation was found ``to_write``. Raises NotOffered
    for a payload the bot did not offer here and ConversationFull after ``most_turns`` turns.
    """
    last, repeated = session.execute(select(
        func.max(ChatTurn.position), func.max(case((ChatTurn.client_message_id == client_message_id, ChatTurn.id)))
    ).where(ChatTurn.session_id == conversation.id)).one()
    if repeated is not None:
        first: ChatTurn = session.get(ChatTurn, repeated)
        return first
    if payload is not None and payload not in conversation.offered:
        raise NotOffered()
    position = 0 if last is None else last + 1
    if position > most_turns:
        raise ConversationFull()
    turn: ChatTurn = ChatTurn(
        id=turn_id, session_id=conversation.id, position=position, client_message_id=client_message_id,
        said=text if payload is None else conversation.offered[payload], payload=payload)
    session.add(turn)
    session.flush()
    conversation.expires_at = now() + timedelta(days=days)
    return turn


def waiting_turns(session: Session, conversation_id: str) -> list[ChatTurn]:
    """The turns without an answer, the oldest first."""
    return list(session.execute(
        select(ChatTurn).where(ChatTurn.session_id == conversation_id, ChatTurn.state == "waiting")
        .order_by(ChatTurn.position)).scalars())


def undelivered(session: Session, turn: ChatTurn) -> list[ChatTurn]:
    """The turns before ``turn`` whose answers came too late to be delivered, in order."""
    return list(session.execute(
        select(ChatTurn).where(ChatTurn.session_id == turn.session_id, ChatTurn.position < turn.position,
                               ChatTurn.state == "answered", ChatTurn.delivered.is_(False))
        .order_by(ChatTurn.position)).scalars())


def turns(session: Session, conversation_id: str) -> list[ChatTurn]:
    """All turns of a conversation, in order."""
    return list(session.execute(
        select(ChatTurn).where(ChatTurn.session_id == conversation_id).order_by(ChatTurn.position)).scalars())


def answer(session: Session, turn_id: str, messages: list[dict[str, Any]], turn: dict[str, Any]) -> list[str]:
    """Write down the answer to a turn; returns the milestones newly reached (talked, screened, booked).

    ``messages`` are as ``ChatTurn.messages`` gives them, ``turn`` is the envelope of the chat API. A turn that has
    an answer keeps its first one. Raises UnknownConversation when the conversation is gone.
    """
    answered: ChatTurn | None = session.get(ChatTurn, turn_id)
    if answered is None:
        raise UnknownConversation()
    if answered.state == "answered":
        return []
    answered.replies = json.dumps(messages, ensure_ascii=False)
    answered.turn = turn
    answered.state = "answered"
    answered.answered_at = now()
    conversation = locked(session, answered.session_id)
    if conversation is None:
        raise UnknownConversation()
    conversation.turn = turn
    offered = dict(conversation.offered)
    for title, payload in _offers(messages):
        offered.pop(payload, None)
        offered[payload] = title
    conversation.offered = dict(list(offered.items())[-_OFFERED_KEPT:])
    reached = [name for name in _milestones(session, answered, messages, turn) if name not in conversation.milestones]
    if reached:
        conversation.milestones = [*conversation.milestones, *reached]
    return reached


def lease(conversation: ChatSession, seconds: float) -> bool:
    """Whether the caller may now answer the conversation's waiting turns, alone, for so many seconds.

    The conversation was found ``to_write``; the lease stands when the transaction is committed.
    """
    moment = time.time()
    # A lease that ends later than any lease can was made before the clock was set back: nobody may hold it any more.
    if moment < conversation.leased_until <= moment + seconds:
        return False
    conversation.leased_until = moment + seconds
    return True


def prolong(session: Session, conversation_id: str, seconds: float) -> None:
    """Hold a conversation for so many seconds more, unless its lease was given back meanwhile."""
    moment = time.time()
    session.execute(
        sa.update(ChatSession).where(ChatSession.id == conversation_id, ChatSession.leased_until > moment)
        .values(leased_until=moment + seconds).execution_options(synchronize_session=False))


def next_waiting(session: Session, conversation_id: str, seconds: float) -> ChatTurn | None:
    """The oldest turn without an answer, the lease prolonged; None gives the lease back."""
    conversation = locked(session, conversation_id)
    if conversation is None:
        return None
    waiting = waiting_turns(session, conversation_id)
    conversation.leased_until = time.time() + seconds if waiting else 0.0
    return waiting[0] if waiting else None


def give_back(session: Session, turn_id: str) -> int:
    """Note that a turn could not be answered now and give the lease back; returns how often that happened to it."""
    turn: ChatTurn | None = session.get(ChatTurn, turn_id)
    if turn is None:
        return 0
    turn.attempts += 1
    session.get(ChatSession, turn.session_id, with_for_update=True).leased_until = 0.0
    return turn.attempts


def rate(
    session: Session, conversation_id: str, message_id: str, rating: str, *, reason: str | None, comment: str | None
) -> None:
    """Keep a thumb up or down on one of the bot's messages; a second opinion replaces the first.

    Raises UnknownConversation when no such message was said there.
    """
    if not any(line.message_id == message_id for line in transcript(session, conversation_id)):
        raise UnknownConversation("평가하려는 답을 찾을 수 없어요. 화면을 새로 고친 뒤 다시 눌러 주세요.")
    kept = session.execute(select(ChatFeedback).where(
        ChatFeedback.session_id == conversation_id, ChatFeedback.message_id == message_id)).scalar_one_or_none()
    if kept is None:
        kept = ChatFeedback(session_id=conversation_id, message_id=message_id)
        session.add(kept)
    kept.rating, kept.reason, kept.comment, kept.at = rating, reason, comment, now()


def feedback(
    session: Session, *, rating: str | None = None, limit: int = 100
) -> list[tuple[ChatFeedback, Line | None]]:
    """The latest opinions with the message each is about, the newest first."""
    query = select(ChatFeedback).order_by(ChatFeedback.at.desc()).limit(limit)
    if rating is not None:
        query = query.where(ChatFeedback.rating == rating)
    found = session.execute(query).scalars().all()
    lines = {(one.session_id, line.message_id): line
             for one in found for line in transcript(session, one.session_id) if line.message_id}
    return [(one, lines.get((one.session_id, one.message_id))) for one in found]


def transcript(session: Session, conversation_id: str) -> list[Line]:
    """What was said, in order; empty when the conversation is not known (any more)."""
    lines: list[Line] = []
    for turn in turns(session, conversation_id):
        if turn.said is not None:
            lines.append(Line("person", turn.said, turn.said_at))
        lines += [Line("bot", message["text"] or "", datetime.fromisoformat(message["at"]), message["card"],
                       message["id"]) for message in turn.messages()]
    return lines


def partner_of(session: Session, conversation_id: str) -> str | None:
    """The partner whose page the conversation was opened on; None for our own page or an unknown conversation."""
    found: ChatSession | None = session.get(ChatSession, conversation_id)
    return found.partner_id if found else None


def erase(session: Session, conversation_id: str) -> bool:
    """Delete everything said in a conversation; whether there was one.

    Where somebody is waiting for an answer (to "지워 주세요", most likely), the empty conversation stays to carry it.
    """
    conversation: ChatSession | None = session.get(ChatSession, conversation_id, with_for_update=True)
    if conversation is None:
        return False
    waiting = waiting_turns(session, conversation_id)
    if not waiting:
        session.delete(conversation)
        session.flush()
        return True
    for table, more in ((ChatFeedback, ()), (ChatTurn, (ChatTurn.state == "answered",))):
        session.execute(sa.delete(table).where(table.session_id == conversation_id, *more)
                        .execution_options(synchronize_session=False))
    for turn in waiting:
        turn.said = turn.payload = None
    conversation.turn, conversation.offered = None, {}
    return True


def purge(session: Session, *, days: int) -> list[str]:
    """Delete the conversations whose token stopped working ``days`` ago; returns their ids (Rasa's sender ids)."""
    old = session.execute(select(ChatSession.id).where(ChatSession.expires_at < now() - timedelta(days=days)))
    ids = [str(one) for one in old.scalars()]
    for conversation_id in ids:
        session.execute(sa.delete(ChatSession).where(ChatSession.id == conversation_id)
                        .execution_options(synchronize_session=False))
    return ids


def _offers(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(title, payload) of every button: quick replies, and the times of an openings card."""
    offers = [(reply["title"], reply["payload"]) for message in messages for reply in message["quick_replies"]]
    for message in messages:
        for day in (message["card"] or {}).get("days") or []:
            offers += [(f"{day.get('label', '')} {one.get('label', '')}".strip(), one["payload"])
                       for one in day.get("times") or [] if one.get("payload")]
    return offers


def _milestones(
    session: Session, turn: ChatTurn, messages: list[dict[str, Any]], envelope: dict[str, Any]
) -> list[str]:
    kinds = {message["card"]["type"] for message in messages if message["card"]}
    reached = [] if turn.client_message_id == GREETING else ["talked"]
    if "verdicts" in kinds or envelope.get("act") == "verdicts":
        reached.append("screened")
    # A visit card is also shown to who looks an older visit up: only one made in this conversation counts.
    if "visit" in kinds and session.execute(select(Visit.id).where(
            Visit.conversation_id == turn.session_id, Visit.lead_id.is_not(None))).first():
        reached.append("booked")
    return reached
