"""The widget on our own page and on partners' pages: loader, framed page, and who may frame it.

An origin cannot be told from a request inside a frame (the browser sends ours), so ``frame-ancestors`` is what
keeps a partner's key to the partner's sites. A key that is not good gets the same empty page whatever is wrong.
"""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from bot.desk import partners
from bot.desk.database import session as transaction
from bot.web import assets
from bot.web.headers import content_security_policy
from bot.web.problems import Problem

routes = web.RouteTableDef()
PAGES = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True,
                           undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
_FOREVER = "public, max-age=31536000, immutable"
_EMPTY = "<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\"><title>.</title></head><body></body></html>"


@routes.get("/")
async def landing(request: web.Request) -> web.Response:
    """Our own page with the widget open."""
    return page(request, "landing.html")


@routes.get("/widget")
async def widget(request: web.Request) -> web.Response:
    """The page inside the frame. ``key`` names the partner, ``origin`` is the page that frames us, as it says."""
    key, origin = request.query.get("key"), request.query.get("origin", "")
    if key is None:
        partner = None
        ancestors = "'self'"
    else:
        partner = await asyncio.to_thread(_partner, key)
        if partner is None or not partners.allows(partner, origin):
            return _html(request, _EMPTY, "'none'")
        ancestors = origin
    accent = partners.readable(partner.accent if partner else partners.DEFAULT_ACCENT)
    return page(request, "widget.html", ancestors=ancestors, key=key or "", parent=origin if partner else "",
                partner=partner.name if partner else "", accent=accent)


@routes.get("/embed.js")
async def loader(request: web.Request) -> web.Response:
    """What partners put on their pages."""
    return assets.assets()["embed.js"].response(request, cache="public, max-age=600", shared=True)


@routes.get("/assets/{version}/{name}")
async def asset(request: web.Request) -> web.Response:
    """A static file; the version in the address makes it one that never changes."""
    found = assets.assets().get(request.match_info["name"])
    if found is None:
        raise Problem(404, "not-found", "그런 파일이 없어요.")
    current = request.match_info["version"] == assets.version()
    return found.response(request, cache=_FOREVER if current else "no-cache")


@routes.get("/favicon.ico")
async def favicon(request: web.Request) -> web.Response:
    """The icon, for browsers that ask without being told."""
    return assets.assets()["icon.svg"].response(request, cache="public, max-age=86400")


def page(
    request: web.Request, name: str, *, ancestors: str = "'none'", status: int = 200, **values: Any
) -> web.Response:
    """A page of ``pages/`` with the address of the static files as ``assets``."""
    text = PAGES.get_template(name).render(assets=f"/assets/{assets.version()}", **values)
    return _html(request, text, ancestors, status)


def _html(request: web.Request, text: str, ancestors: str, status: int = 200) -> web.Response:
    headers = {"Content-Security-Policy": content_security_policy(ancestors), "Cache-Control": "no-cache",
               "Vary": "Accept-Encoding"}
    body = text.encode()
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"], body = "gzip", gzip.compress(body, 6, mtime=0)
    return web.Response(status=status, body=body, content_type="text/html", charset="utf-8", headers=headers)


def _partner(key: str) -> partners.Partner | None:
    with transaction(read_only=True) as session:
        return partners.of_key(session, key.encode("utf-8", "ignore").decode().replace("\x00", ""))
