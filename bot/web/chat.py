"""The chat API: opening a conversation, saying something, resuming, and opinions on answers.

How answers come about is in ``talk``; this module reads requests and writes responses.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from typing import Any

from aiohttp import web

from bot.desk import conversations, partners
from bot.desk.database import session as transaction
from bot.web.counting import stage
from bot.web.keys import GUARD, PROOFS, SETTINGS, SHARED, TALK
from bot.web.problems import Problem
from bot.web.proof import LIVES_SECONDS
from bot.web.reading import bearer, field, json_object, plain
from bot.web.talk import Said

routes = web.RouteTableDef()

# What is asked for right before and while booking: here a proof of work is wanted when load is abnormal.
_BOOKING_ASKS = ("visit.", "consent", "contact.", "company.name")
_REASONS = ("wrong", "unclear", "not_mine", "too_long", "other")


@routes.post("/api/chat/sessions")
async def open_session(request: web.Request) -> web.Response:
    """Open a conversation: 201 with its id, its token and the greeting."""
    settings = request.app[SETTINGS]
    document = await json_object(request, seconds=settings.body_seconds)
    key = field(document, "partner_key", longest=100)
    await request.app[GUARD].opening(request)
    request.app[TALK].crowd.let_in()
    partner_id = await asyncio.to_thread(_partner_of, key) if key else None
    with stage("web"):
        opened = await request.app[TALK].open(partner_id)
    return _json({"session_id": opened.session_id, "token": opened.token, **_said(opened.said)}, status=201,
                 headers={"Location": f"/api/chat/sessions/{opened.session_id}"})


@routes.post("/api/chat/sessions/{session_id}/messages")
async def say(request: web.Request) -> web.Response:
    """Say something: 200 with the answer, or with a notice and ``waiting`` when it has to wait."""
    settings = request.app[SETTINGS]
    session_id, token = request.match_info["session_id"], bearer(request)
    document = await json_object(request, seconds=settings.body_seconds)
    text, payload = _message(document, settings.message_length)
    client_message_id = field(document, "client_message_id", longest=80) or str(uuid.uuid4())
    await request.app[GUARD].saying(request, session_id)
    request.app[TALK].crowd.let_speak()
    if request.app[GUARD].load_is_abnormal:
        await _ask_for_proof(request, session_id, token, document.get("proof"))
    with stage("web"):
        said = await request.app[TALK].say(
            session_id, token, _storable(client_message_id), text=text, payload=payload)
    return _json(_said(said))


@routes.get("/api/chat/sessions/{session_id}")
async def look(request: web.Request) -> web.Response:
    """The whole conversation, for resuming it on this or another tab."""
    return _json(await request.app[TALK].look(request.match_info["session_id"], bearer(request)))


@routes.post("/api/chat/sessions/{session_id}/feedback")
async def give_feedback(request: web.Request) -> web.Response:
    """Keep a thumb up or down with its reason: 204."""
    settings = request.app[SETTINGS]
    session_id, token = request.match_info["session_id"], bearer(request)
    document = await json_object(request, seconds=settings.body_seconds)
    message_id = field(document, "message_id", longest=60) or ""
    rating = field(document, "rating", longest=10)
    reason = field(document, "reason", longest=40)
    comment = field(document, "comment", longest=500)
    if rating not in conversations.RATINGS:
        raise Problem(422, "unknown-rating", "rating은 up이나 down이어야 해요.", field="rating")
    if reason is not None and reason not in _REASONS:
        raise Problem(422, "unknown-reason", f"reason은 {', '.join(_REASONS)} 가운데 하나여야 해요.", field="reason")
    await request.app[GUARD].saying(request, session_id)

    def keep() -> None:
        with transaction() as session:
            conversations.find(session, session_id, token)
            conversations.rate(session, session_id, message_id, rating, reason=reason,
                               comment=plain(comment) or None if comment else None)

    await asyncio.to_thread(keep)
    return web.Response(status=204)


def _message(document: dict[str, Any], longest: int) -> tuple[str | None, str | None]:
    """(text, payload) of a message, one of them None. Raises Problem 422 for what cannot be a message."""
    text, payload = document.get("text"), document.get("payload")
    if (text is None) == (payload is None):
        raise Problem(422, "text-or-payload", "text나 payload 가운데 하나만 보내 주세요.")
    if payload is not None:
        return None, _storable(field(document, "payload", longest=2000) or "")
    if not isinstance(text, str):
        raise Problem(422, "wrong-type", "text 값은 글자여야 해요.", field="text")
    said = plain(text)
    if not said:
        raise Problem(422, "empty-message", "빈 메시지예요. 궁금한 점을 글로 적어 주세요.", field="text")
    if len(said) > longest:
        raise Problem(422, "message-too-long", f"한 번에 {longest:,}자까지 보낼 수 있어요. 지금 {len(said):,}자예요. "
                      "나눠서 보내 주세요.", field="text", limit=longest)
    return said, None


def _storable(text: str) -> str:
    # PostgreSQL takes neither NUL nor half characters, and a key that differs only there is no other key.
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _partner_of(key: str) -> str:
    with transaction(read_only=True) as session:
        partner = partners.of_key(session, _storable(key))
        if partner is None:
            raise Problem(403, "unknown-partner-key", "쓸 수 없는 파트너 키예요. 사이트 관리자에게 알려 주세요.")
        return partner.id


async def _ask_for_proof(request: web.Request, session_id: str, token: str, proof: object) -> None:
    """Raises Problem 428 with a challenge where a booking goes on in a conversation that has not proved its work."""
    accepted = proof is not None and request.app[PROOFS].accepts(proof, session_id)
    if accepted and SHARED in request.app:
        used = hashlib.sha256(str(proof).encode()).hexdigest()
        accepted = await request.app[SHARED].first(f"proof:{used}", LIVES_SECONDS) is not False

    def wanted() -> bool:
        with transaction() as session:
            conversation = conversations.find(session, session_id, token)
            if accepted:
                conversation.proved = True
            asks = str((conversation.turn or {}).get("asks") or "")
            return not conversation.proved and asks.startswith(_BOOKING_ASKS)

    if await asyncio.to_thread(wanted):
        raise Problem(428, "proof-wanted", "지금 이용이 많아 잠깐 확인하고 있어요. 곧 이어져요.",
                      challenge=request.app[PROOFS].challenge(session_id))


def _said(said: Said) -> dict[str, Any]:
    return {"messages": said.messages, "turn": said.turn, "waiting": said.waiting}


def _json(document: dict[str, Any], *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, body=json.dumps(document, ensure_ascii=False).encode(),
                        content_type="application/json", headers={"Cache-Control": "no-store", **(headers or {})})
