"""A visit by its link: what the firm sees of it, changing and cancelling it, and the invitation for a calendar.

The token in the address is the only key, so these pages are neither indexed nor named in a Referer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.desk import booking, calendar, invitation, visits
from bot.desk.calendar import Opening
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotFound
from bot.desk.visits import VisitDetails
from bot.web.embedding import page
from knowledge_base import places
from knowledge_base.clock import KST, now
from knowledge_base.korean import korean_date, korean_time

routes = web.RouteTableDef()

_OFFERED = 12
_REACH_DAYS = 14
_PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}


@dataclass(frozen=True)
class _Choice:
    """The free times of one day, for the page."""

    label: str
    times: list[tuple[str, str]]


# Before the page's route, which would take "….ics" for a token.
@routes.get("/visits/{token}/invitation.ics")
@routes.get("/visits/{token}.ics")
async def ics(request: web.Request) -> web.Response:
    """The visit for a calendar."""
    body = await asyncio.to_thread(_invitation, request.match_info["token"])
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers={
        **_PRIVATE, "Content-Disposition": 'attachment; filename="donghaeng-visit.ics"'})


@routes.get("/visits/{token}")
async def show(request: web.Request) -> web.Response:
    """The visit, with free times to move it to from ``?from=YYYY-MM-DD`` on."""
    return await _page(request, told=None)


@routes.post("/visits/{token}")
async def act(request: web.Request) -> web.Response:
    """Carry out ``action`` change (with ``opening``) or cancel, and show what became of it."""
    form = await request.post()
    action, opening, reason = (str(form.get(name, "")) for name in ("action", "opening", "reason"))

    def change(session: Session, details: VisitDetails) -> str:
        if not opening:
            raise DeskError("옮길 시간을 하나 골라 주세요.")
        booking.change(session, details.visit_id or "", opening)
        return "방문 시간을 바꿨어요."

    def cancel(session: Session, details: VisitDetails) -> str:
        booking.cancel(session, details.visit_id or "", reason=" ".join(reason.split())[:200] or None)
        return "방문을 취소했어요. 다시 필요하시면 언제든 상담창에서 예약해 주세요."

    doing = {"change": change, "cancel": cancel}.get(action)
    if doing is None:
        return await _page(request, told="무엇을 할지 다시 골라 주세요.", failed=True)
    try:
        told = await asyncio.to_thread(_do, request.match_info["token"], doing)
    except NotFound:
        return await _page(request, told=None)
    except DeskError as error:
        return await _page(request, told=str(error), failed=True)
    return await _page(request, told=told)


async def _page(request: web.Request, *, told: str | None, failed: bool = False) -> web.Response:
    start = _day(request.query.get("from"))
    try:
        shown = await asyncio.to_thread(_shown, request.match_info["token"], start)
    except NotFound as error:
        response = page(request, "visit.html", status=404, details=None, told=str(error), failed=True)
    else:
        response = page(request, "visit.html", told=told, failed=failed, **shown)
    response.headers.update(_PRIVATE)
    return response


def _shown(token: str, start: date | None) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        details = visits.look_up_link(session, token)
        choices, following = _choices(session, details, start) if details.can_change else ([], None)
        return {"details": details, "choices": choices, "following": following,
                "center": places.center(details.center_id) if details.center_id else None, "token": token,
                "until": f"{korean_date(details.change_until.date())} {korean_time(details.change_until)}"
                if details.change_until else None}


def _choices(session: Session, details: VisitDetails, start: date | None) -> tuple[list[_Choice], str | None]:
    """Free times from ``start`` (tomorrow) on within two weeks, and the day from which to look further."""
    first = start or now().date()
    end = first + timedelta(days=_REACH_DAYS)
    window = {"start": datetime.combine(first, time(), KST), "end": datetime.combine(end, time(), KST)}
    found = calendar.openings(session, details.center_id or "", window=window, limit=_OFFERED)
    free = [one for one in found if one.starts_at != details.starts_at]
    days = [_Choice(korean_date(day), [(one.id, korean_time(one.starts_at)) for one in of_day])
            for day, of_day in groupby(free, key=_day_of)]
    return days, end.isoformat()


def _day_of(opening: Opening) -> date:
    return opening.starts_at.date()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _do(token: str, doing: Callable[[Session, VisitDetails], str]) -> str:
    with transaction() as session:
        return doing(session, visits.look_up_link(session, token))


def _invitation(token: str) -> bytes:
    with transaction(read_only=True) as session:
        details = visits.look_up_link(session, token)
        if details.status not in ("booked", "visited", "cancelled"):
            raise NotFound("달력에 넣을 방문 예약이 없어요.")
        return invitation.invitation(invitation.Appointment.of(details))
