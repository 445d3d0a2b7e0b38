"""The desk's door: who is signed in, forms that only our own pages can have made, and errors told as pages.

Every request below /desk passes ``guard``; handlers find who is looking with ``viewer_of``.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from urllib.parse import urlencode

from aiohttp import web

from bot.desk import signed_in
from bot.desk.accounts import AccountLocked, SignInRefused
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.leads import Viewer
from bot.desk.signed_in import AT_MOST, Visitor, csrf_of
from bot.web.console import carried
from bot.web.console.carried import Carried
from bot.web.console.pages import VISITOR, page, refused
from bot.web.problems import Handler

log = logging.getLogger(__name__)

COOKIE, DOOR = "donghaeng-desk", "donghaeng-desk-door"
_OPEN = ("/desk/sign-in", "/desk/assets/desk.css")
_STALE_FORM = ("화면을 연 지 오래됐거나 다른 누리집에서 온 요청이라 처리하지 않았어요. "
               "화면을 새로 열고 다시 해 주세요.")
_OLD_FORM = ("그 사이 다시 들어오셔서 이 화면의 요청을 처리하지 않았어요. 적으신 내용은 그대로 있어요. "
             "확인하고 다시 보내 주세요.")
_ENDED_WITH_FORM = "오래 쉬어 자동으로 나왔어요. 적으신 내용은 그대로 있어요. 다시 들어오면 이어서 보낼 수 있어요."
_BACK_IN = "다시 들어오셨어요. 적으신 내용을 확인하고 보내 주세요."


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in who is signed in, believe only our own forms, and tell refusals as pages."""
    if request.path != "/desk" and not request.path.startswith("/desk/"):
        return await handler(request)
    try:
        if request.path not in _OPEN:
            visitor = await visitor_of(request)
            if visitor is None:
                return await _to_the_door(request)
            request[VISITOR] = visitor
            if request.method not in ("GET", "HEAD") and not await own_form(request, visitor.csrf):
                return await _not_believed(request)
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
    if "Origin" in request.headers and not carried.from_us(request):
        return False
    told = (await request.post()).get("csrf", "")
    return isinstance(told, str) and hmac.compare_digest(told.encode(), expected.encode())


def door(
    request: web.Request, *, status: int = 200, told: str | None, with_token: bool = False, email: str = "",
    home: str = "", form: Carried | None = None,
) -> web.Response:
    """The sign-in page, with a secret of its own in a cookie that its form must match.

    ``home`` is the page to open afterwards, ``form`` what was being sent when the session ended.
    """
    known = request.cookies.get(DOOR) or secrets.token_urlsafe(32)
    answer = page(request, "sign_in.html", status=status, told=told, with_token=with_token, csrf=csrf_of(known),
                  email=email[:254], home=home, carried=form.to_text() if form else "")
    answer.set_cookie(DOOR, known, max_age=3600, httponly=True, samesite="Strict", path="/desk",
                      secure=is_https(request))
    return answer


def let_in(request: web.Request, secret: str, home: str, form: Carried | None) -> web.Response:
    """The answer that hands a signed-in browser its secret and shows ``home``, or the form that was cut off."""
    if form is not None:
        answer = page(request, "resume.html", told=_BACK_IN, carried=form, csrf=csrf_of(secret))
    else:
        answer = web.Response(status=303, headers={"Location": home, "Cache-Control": "no-store"})
    # The path is "/" because the desk API takes the session too.
    answer.set_cookie(COOKIE, secret, max_age=int(AT_MOST.total_seconds()), httponly=True, samesite="Strict",
                      path="/", secure=is_https(request))
    answer.del_cookie(DOOR, path="/desk")
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


async def _to_the_door(request: web.Request) -> web.Response:
    """To the sign-in page; a form of ours on its way is kept in it, and a page asked for is opened afterwards."""
    # The browser may have dropped the cookie of a session that ended, so a form of ours says enough by itself.
    form = await carried.of_request(request)
    if form is not None:
        return door(request, status=401, told=_ENDED_WITH_FORM, form=form)
    query = {"again": "1"} if COOKIE in request.cookies else {}
    if request.method == "GET" and request.path_qs != "/desk" and carried.page_of_desk(request.path_qs):
        query["next"] = request.path_qs
    away = f"/desk/sign-in?{urlencode(query)}" if query else "/desk/sign-in"
    return web.Response(status=303, headers={"Location": away, "Cache-Control": "no-store"})


async def _not_believed(request: web.Request) -> web.Response:
    """An old form of ours is shown again to be sent; anything else is refused."""
    form = await carried.of_request(request)
    if form is None:
        return refused(request, 403, _STALE_FORM)
    return page(request, "resume.html", status=403, told=_OLD_FORM, carried=form)


def _status(refusal: DeskError) -> int:
    if isinstance(refusal, NotFound):
        return 404
    if isinstance(refusal, (NotAllowed, SignInRefused)):
        return 403
    return 429 if isinstance(refusal, AccountLocked) else 409


_WORDS = {404: "그런 화면이 없어요. 주소를 다시 확인해 주세요.", 405: "이 화면에서는 할 수 없는 일이에요.",
          413: "보내신 내용이 너무 길어요. 줄여서 다시 보내 주세요."}
