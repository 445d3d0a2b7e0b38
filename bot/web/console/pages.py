"""How the desk's pages are made: the templates, what every page knows, and the stylesheet."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from bot.desk.lead_states import CLOSE_REASONS, STATE_NAMES
from bot.desk.signed_in import Visitor
from bot.desk.visits import VISIT_STATE_NAMES, when_ko
from bot.web import assets
from knowledge_base import places
from knowledge_base.korean import josa, korean_date, korean_time

routes = web.RouteTableDef()
# How a center was found (``bot.desk.routing``), as planners read it.
ROUTING_NAMES = {
    "returning_firm": "지난 접수", "named_planner": "회사가 찾은 플래너", "region": "지역",
    "same_center": "지역 후보", "ask_region": "지역 되묻기", "fallback": "공동 대기열",
}
_ACTORS = {"bot": "동행봇", "system": "자동", "customer": "회사", "erasure": "개인정보 삭제"}
VISITOR = web.RequestKey("desk_visitor", Visitor)
_STYLE = Path(__file__).parent / "desk.css"


def page(request: web.Request, name: str, *, status: int = 200, **values: Any) -> web.Response:
    """A page of the desk. It knows ``viewer``, ``csrf`` and ``here`` (the path) beside ``values``."""
    visitor = request.get(VISITOR)
    text = _pages().get_template(name).render(
        assets=f"/assets/{assets.version()}", style=f"/desk/assets/desk.css?{_style_name()}", here=request.path,
        viewer=visitor.viewer if visitor else None, has_account=bool(visitor and visitor.email),
        **{"csrf": visitor.csrf if visitor else "", **values})
    return web.Response(status=status, text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


def refused(request: web.Request, status: int, told: str) -> web.Response:
    """The page that says why something was not done and leads on."""
    return page(request, "refused.html", status=status, told=told)


def center_name(center_id: str | None) -> str:
    """A center's name, also where there is none yet or none any more."""
    known = places.places().centers.get(center_id or "")
    return known.name if known else (center_id or "센터 미정")


def who(actor: str) -> str:
    """Who did something, as people call them: accounts and tokens by their names, 동행봇 and the rest by theirs."""
    return _ACTORS.get(actor, actor.removeprefix("token:"))


@routes.get("/desk/assets/desk.css")
async def stylesheet(request: web.Request) -> web.Response:
    """The desk's own look, over the widget's tokens. Its address changes with its content."""
    return web.Response(text=_STYLE.read_text(encoding="utf-8"), content_type="text/css",
                        headers={"Cache-Control": "max-age=86400"})


@lru_cache(maxsize=1)
def _style_name() -> str:
    return hashlib.sha256(_STYLE.read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _pages() -> jinja2.Environment:
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True,
                              undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(
        when=lambda value: when_ko(_moment(value)), day=lambda value: korean_date(value),
        hour=lambda value: korean_time(_moment(value)), short=lambda value: short_time(_moment(value)),
        center=center_name, josa=josa, who=who,
        span=lambda visit: korean_span(visit.starts_at, visit.ends_at))
    made.globals.update(states=STATE_NAMES, visit_states=VISIT_STATE_NAMES, close_reasons=CLOSE_REASONS,
                        routing_names=ROUTING_NAMES)
    return made


def short_time(moment: datetime) -> str:
    """A moment as a dense list shows it: "11.23.(월) 14:05"."""
    return f"{moment.month}.{moment.day}.({'월화수목금토일'[moment.weekday()]}) {moment:%H:%M}"


def korean_span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when on one day, the half of the day said once where it is the same: "오전 10시~11시"."""
    begins, ends = korean_time(starts_at), korean_time(ends_at)
    half, _, rest = ends.partition(" ")
    return f"{begins}~{rest if rest and begins.startswith(f'{half} ') else ends}"


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
