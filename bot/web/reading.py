"""Reading what the world sends: JSON bodies, bearer tokens, and text that is text and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from string import whitespace
from typing import Any

from aiohttp import web

from bot.web.problems import Problem

# Controls (but newline and tab), the marks that turn the direction of writing around, and halves of characters.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
                       "\ufff9-\ufffb\ud800-\udfff]")
# More than three marks on one letter is decoration that spills over the neighbours.
_PILED_MARKS = re.compile(r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
                          r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_BEARER = re.compile(r"^Bearer +([A-Za-z0-9._~+/=-]{1,200})$", re.IGNORECASE)


async def json_object(request: web.Request, *, seconds: float) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty one.

    Raises Problem: 408 when it does not arrive within ``seconds``, 413 when it is too large, 400 when it is no
    JSON, 422 when it is no object.
    """
    try:
        body = await asyncio.wait_for(request.read(), seconds)
    except asyncio.TimeoutError as error:
        detail = "보내시는 내용이 너무 늦게 도착해요. 연결을 확인하고 다시 보내 주세요."
        raise Problem(408, "too-slow", detail) from error
    if not body.strip():
        return {}
    try:
        document = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Problem(400, "not-json", "요청을 읽을 수 없어요. UTF-8로 쓴 JSON으로 보내 주세요.") from error
    if not isinstance(document, dict):
        raise Problem(422, "not-an-object", "요청은 JSON 객체({…})여야 해요.")
    return document


def bearer(request: web.Request) -> str:
    """The bearer token. Raises Problem 401 when there is none."""
    match = _BEARER.match(request.headers.get("Authorization", ""))
    if match is None:
        raise Problem(401, "no-token", "Authorization: Bearer <토큰> 머리글이 필요해요.",
                      headers={"WWW-Authenticate": "Bearer"})
    return match.group(1)


def plain(text: str) -> str:
    """Text as it goes on to the bot and the planners: composed Hangul (NFC), no controls, no turned direction.

    A slash at the start would make Rasa read it as a command, so it is taken away.
    """
    text = _UNWANTED.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _PILED_MARKS.sub(r"\1", text).strip().lstrip("/" + whitespace)


def field(document: dict[str, Any], name: str, *, longest: int) -> str | None:
    """A text field, None where it is not given. Raises Problem 422 when it is no text or too long."""
    value = document.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Problem(422, "wrong-type", f"{name} 값은 글자여야 해요.", field=name)
    if len(value) > longest:
        raise Problem(422, "too-long", f"{name} 값은 {longest:,}자까지예요. 지금 {len(value):,}자예요.", field=name)
    return value
