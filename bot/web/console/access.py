"""Who is at the desk: sign-in with an API token, kept in a cookie that only /desk ever gets."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import tokens
from bot.desk.database import session as transaction
from bot.desk.leads import Viewer

COOKIE = "donghaeng-desk"
_HOURS = 10


class NotSignedIn(web.HTTPSeeOther):
    """Nobody known is at the desk: on to the sign-in page."""

    def __init__(self) -> None:
        super().__init__("/desk/sign-in")


async def viewer_of(request: web.Request) -> Viewer:
    """Who is looking. Raises NotSignedIn."""
    viewer = await asyncio.to_thread(_viewer, request.cookies.get(COOKIE, ""))
    if viewer is None:
        raise NotSignedIn()
    return viewer


def _viewer(token: str) -> Viewer | None:
    if not token:
        return None
    with transaction() as session:
        return tokens.authenticate(session, token)


async def sign_in(request: web.Request, token: str) -> web.Response | None:
    """The answer that signs in the holder of ``token``; None where the token is none of ours."""
    if await asyncio.to_thread(_viewer, token) is None:
        return None
    answer = web.Response(status=303, headers={"Location": "/desk"})
    answer.set_cookie(COOKIE, token, max_age=_HOURS * 3600, httponly=True, samesite="Strict", path="/desk",
                      secure=request.headers.get("X-Forwarded-Proto", request.scheme) == "https")
    return answer


def sign_out() -> web.Response:
    """The answer that signs out."""
    answer = web.Response(status=303, headers={"Location": "/desk/sign-in"})
    answer.del_cookie(COOKIE, path="/desk")
    return answer


def same_site(request: web.Request) -> bool:
    """Whether a form was sent from our own pages: no other site may press our buttons."""
    origin: Any = request.headers.get("Origin")
    return origin is None or urlsplit(str(origin)).netloc == request.host
