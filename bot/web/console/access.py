"""The desk's door: who is signed in, forms that only our own pages can have made, and errors told as pages.

Every request below /desk passes ``guard``; handlers find who is looking with ``viewer_of``.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import signed_in
from bot.desk.accounts import AccountLocked, SignInRefused
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.leads import Viewer
from bot.desk.signed_in import AT_MOST, Visitor
from bot.web.console.pages import VISITOR, refused
from bot.web.problems import Handler

log = logging.getLogger(__name__)

COOKIE = "donghaeng-desk"
_OPEN = ("/desk/sign-in", "/desk/assets/desk.css")
_STALE_FORM = ("화면을 연 지 오래됐거나 다른 누리집에서 온 요청이라 처리하지 않았어요. "
               "화면을 새로 열고 다시 해 주세요.")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in who is signed in, believe only our own forms, and tell refusals as pages."""
    if request.path != "/desk" and not request.path.startswith("/desk/"):
        return await handler(request)
    try:
        if request.path not in _OPEN:
            visitor = await visitor_of(request)
            if visitor is None:
                return _to_the_door(request)
            request[VISITOR] = visitor
            if request.method not in ("GET", "HEAD") and not await own_form(request, visitor.csrf):
                return refused(request, 403, _STALE_FORM)
        return await handler(request)
    except DeskError as refusal:
        return refused(request, _status(refusal), str(refusal))
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return refused(request, error.status, _WORDS.get(error.status, DeskError.default))
    except Exception:
        # The address may name a lead: name the route instead.
        resource = request.match_info.route.resource
        log.exception("unexpected error in %s %s", request.method, resource.canonical if resource else "(no route)")
        return refused(request, 500, "저희 쪽에 문제가 생겼어요. 잠시 뒤 다시 해 주세요. 하던 일은 바뀌지 않았어요.")


def viewer_of(request: web.Request) -> Viewer:
    """Who is looking; below /desk there always is somebody."""
    visitor: Visitor = request[VISITOR]
    return visitor.viewer


async def visitor_of(request: web.Request) -> Visitor | None:
    """Who the browser's session says is there, or None."""
    secret = request.cookies.get(COOKIE, "")
    return await asyncio.to_thread(_visitor, secret) if secret else None


async def api_viewer(request: web.Request) -> Viewer | None:
    """The console's session for the desk API; what changes something must carry the form token as a header."""
    visitor = await visitor_of(request)
    if visitor is None:
        return None
    told = request.headers.get("X-CSRF-Token", "")
    if request.method not in ("GET", "HEAD") and not hmac.compare_digest(told.encode(), visitor.csrf.encode()):
        return None
    return visitor.viewer


async def own_form(request: web.Request, expected: str) -> bool:
    """Whether a form was sent from our own page by the person it was made for."""
    origin: Any = request.headers.get("Origin")
    if origin is not None and urlsplit(str(origin)).netloc != request.host:
        return False
    told = (await request.post()).get("csrf", "")
    return isinstance(told, str) and hmac.compare_digest(told.encode(), expected.encode())


def let_in(request: web.Request, secret: str) -> web.Response:
    """The answer that hands a signed-in browser its secret and shows the queue."""
    answer = web.Response(status=303, headers={"Location": "/desk", "Cache-Control": "no-store"})
    # The path is "/" because the desk API takes the session too.
    answer.set_cookie(COOKIE, secret, max_age=int(AT_MOST.total_seconds()), httponly=True, samesite="Strict",
                      path="/", secure=is_https(request))
    return answer


async def let_out(request: web.Request) -> web.Response:
    """The answer that ends the session."""
    await asyncio.to_thread(_end, request.cookies.get(COOKIE, ""))
    answer = web.Response(status=303, headers={"Location": "/desk/sign-in", "Cache-Control": "no-store"})
    answer.del_cookie(COOKIE, path="/")
    return answer


def is_https(request: web.Request) -> bool:
    """Whether the person's browser speaks TLS to us or to the proxy in front."""
    return request.headers.get("X-Forwarded-Proto", request.scheme) == "https"


def _visitor(secret: str) -> Visitor | None:
    with transaction(read_only=True) as session:
        found = signed_in.find(session, secret)
    if found is None:
        return None
    visitor, stale = found
    if stale:
        with transaction() as session:
            signed_in.seen(session, secret)
    return visitor


def _end(secret: str) -> None:
    with transaction() as session:
        signed_in.end(session, secret)


def _to_the_door(request: web.Request) -> web.Response:
    away = web.Response(status=303, headers={"Location": "/desk/sign-in", "Cache-Control": "no-store"})
    if COOKIE in request.cookies:
        away.headers["Location"] = "/desk/sign-in?again=1"
    return away


def _status(refusal: DeskError) -> int:
    if isinstance(refusal, NotFound):
        return 404
    if isinstance(refusal, (NotAllowed, SignInRefused)):
        return 403
    return 429 if isinstance(refusal, AccountLocked) else 409


_WORDS = {404: "그런 화면이 없어요. 주소를 다시 확인해 주세요.", 405: "이 화면에서는 할 수 없는 일이에요.",
          413: "보내신 내용이 너무 길어요. 줄여서 다시 보내 주세요."}
