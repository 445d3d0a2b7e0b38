"""``/partners/check?key=…``: tells a partner what is wrong with its key, site or page policy, and shows the widget.

Only what the partner can see on its own page anyway is shown here: no name, no counts, no other sites' addresses
beyond the ones the key allows.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import partners
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError
from bot.desk.partners import Partner
from bot.web.embedding import page
from bot.web.headers import content_security_policy
from bot.web.keys import SETTINGS

routes = web.RouteTableDef()

_NEEDED = {"script-src": "embed.js를 내려받게", "frame-src": "상담창을 띄우게"}
_FALLBACKS = {"script-src": ("script-src-elem", "script-src", "default-src"),
              "frame-src": ("frame-src", "child-src", "default-src")}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``tone`` is good, bad or open (could not be looked at)."""

    tone: str
    text: str


@routes.get("/partners/check")
async def check(request: web.Request) -> web.Response:
    """The self-check: ``key``, the partner's page ``site`` and its Content-Security-Policy ``csp``."""
    key, site, csp = (request.query.get(name, "").strip()[:4000] for name in ("key", "site", "csp"))
    partner = await asyncio.to_thread(_partner, key) if key else None
    home = request.app[SETTINGS].public_url.rstrip("/") or f"{request.scheme}://{request.host}"
    findings = [*_of_key(key, partner), *_of_site(site, partner), *_of_policy(csp, home)]
    response = page(request, "partner_check.html", key=key, site=site, csp=csp, findings=findings, home=home,
                    snippet=snippet(home, key or "dh_…"), allowed=partner.origins if partner else [],
                    preview=partner is not None)
    response.headers["Content-Security-Policy"] = content_security_policy()
    return response


def snippet(home: str, key: str) -> str:
    """The line a partner puts on its page."""
    return f'<script src="{home}/embed.js" data-key="{key}" async></script>'


@routes.get("/partners/preview")
async def preview(request: web.Request) -> web.Response:
    """The widget of a key, framed by the self-check page only, so that a partner sees its colours and greeting."""
    key = request.query.get("key", "")[:100]
    partner = await asyncio.to_thread(_partner, key)
    if partner is None:
        return page(request, "empty.html")
    return page(request, "widget.html", ancestors="'self'", key=key, parent="", partner=partner.name,
                accent=partners.readable(partner.accent))


def _partner(key: str) -> Partner | None:
    with transaction(read_only=True) as session:
        return partners.of_key(session, key.encode("utf-8", "ignore").decode().replace("\x00", ""))


def _of_key(key: str, partner: Partner | None) -> list[Finding]:
    if not key:
        return [Finding("open", "파트너 키를 넣어 주세요. 스크립트의 data-key 값이에요.")]
    if partner is None:
        return [Finding("bad", "쓸 수 없는 키예요. 잘못 옮겼거나, 바뀐 지 오래됐거나, 사용이 중지됐어요. "
                        "담당자에게 새 키를 받아 주세요.")]
    return [Finding("good", "쓸 수 있는 키예요.")]


def _of_site(site: str, partner: Partner | None) -> list[Finding]:
    if not site:
        return [Finding("open", "위젯을 넣은 페이지 주소를 넣으면 허용된 곳인지 봐 드려요.")]
    try:
        parts = urlsplit(site if "://" in site else f"https://{site}")
        origin = partners.origin_of(f"{parts.scheme}://{parts.netloc}")
    except (DeskError, ValueError):
        return [Finding("bad", "주소를 읽을 수 없어요. https://로 시작하는 페이지 주소를 넣어 주세요.")]
    if partner is None:
        return []
    if partners.allows(partner, origin):
        return [Finding("good", f"{origin} 에서 쓸 수 있어요.")]
    return [Finding("bad", f"{origin} 은 이 키에 등록되지 않은 곳이라 상담창이 빈 화면으로 나와요. "
                    "www가 붙는지, http인지 https인지 확인하고 담당자에게 등록을 부탁해 주세요.")]


def _of_policy(csp: str, home: str) -> list[Finding]:
    if not csp:
        return [Finding("open", "페이지의 Content-Security-Policy 머리글을 넣으면 막히는 것이 없는지 봐 드려요. "
                        "없으면 비워 두세요.")]
    rules = {words[0].lower(): words[1:] for part in re.split(r"[;\n]", csp.removeprefix("Content-Security-Policy:"))
             if (words := part.split())}
    findings = []
    for directive, purpose in _NEEDED.items():
        sources = next((rules[name] for name in _FALLBACKS[directive] if name in rules), None)
        if sources is None or _permits(sources, home):
            findings.append(Finding("good", f"{directive}: {purpose} 되어 있어요."))
        else:
            findings.append(Finding("bad", f"{directive}: {purpose} 하려면 {directive}에 {home} 을 더해 주세요."))
    return findings


def _permits(sources: list[str], home: str) -> bool:
    host = urlsplit(home).netloc
    for source in (one.lower().rstrip("/") for one in sources):
        if source in ("*", home, host, f"{urlsplit(home).scheme}:"):
            return True
        name = source.partition("://")[2] or source
        if name.startswith("*.") and host.endswith(name[1:]):
            return True
    return False
