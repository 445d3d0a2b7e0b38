"""A visit by its link: what the firm sees of it, booking, changing and cancelling it, waiting for a time, and the
invitation for a calendar.

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

from bot.desk import booking, calendar, handoff, invitation, visits, waiting
from bot.desk.calendar import Opening, Window
from bot.desk.contact_data import normal_email
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotFound
from bot.desk.lead_models import Lead
from bot.desk.visits import VisitDetails
from bot.web.embedding import page
from knowledge_base import places
from knowledge_base.clock import KST, now
from knowledge_base.korean import korean_date, korean_time

routes = web.RouteTableDef()

_OFFERED = 12
_REACH_DAYS = 14
# The wording of the page's question whether to be told. A new wording needs a new version.
_WAITING_WORDING = "visit page 2026-11-23"
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
    """Carry out ``action`` (book or change to ``opening``, cancel, wait, leave) and show what became of it."""
    form = await request.post()
    action, opening, reason = (str(form.get(name, "")) for name in ("action", "opening", "reason"))

    def book(session: Session, details: VisitDetails) -> str:
        if not opening:
            raise DeskError("방문 시간을 하나 골라 주세요.")
        if not details.can_book:
            raise booking.NotBooked("여기서는 예약할 수 없어요. 이미 예약됐거나 끝난 상담이에요.")
        booking.book(session, session.get(Lead, details.lead_id), opening, actor="customer")
        return "방문을 예약했어요."

    def wait(session: Session, details: VisitDetails) -> str:
        if not form.get("agreed"):
            raise DeskError("자리가 나면 알려 드리는 데 동의해 주셔야 대기할 수 있어요.")
        if not (details.can_book or details.can_change) or details.center_id is None:
            raise DeskError("지금은 대기할 수 없어요. 아래 상태를 확인해 주세요.")
        lead = session.get(Lead, details.lead_id)
        if email := str(form.get("email", "")).strip():
            lead.email = normal_email(email)
        handoff.consent(session, lead, handoff.WAITING_CONSENT, _WAITING_WORDING)
        waiting.wait(session, details.center_id, _window(_day(str(form.get("from", "")))), lead.id)
        how = "이메일로" if lead.email else "플래너가 전화로"
        return f"대기 신청을 받았어요. 자리가 나면 {how} 알려 드려요. 자리를 따로 잡아 두지는 않아요."

    def leave(session: Session, details: VisitDetails) -> str:
        visits.stop_waiting(session, details.lead_id, str(form.get("waiting", "")))
        return "대기를 그만뒀어요."

    def change(session: Session, details: VisitDetails) -> str:
        if not opening:
            raise DeskError("옮길 시간을 하나 골라 주세요.")
        booking.change(session, details.visit_id or "", opening)
        return "방문 시간을 바꿨어요."

    def cancel(session: Session, details: VisitDetails) -> str:
        booking.cancel(session, details.visit_id or "", reason=" ".join(reason.split())[:200] or None)
        return "방문을 취소했어요. 다시 필요하시면 언제든 상담창에서 예약해 주세요."

    doing = {"book": book, "change": change, "cancel": cancel, "wait": wait, "leave": leave}.get(action)
    if doing is None:
        return await _page(request, told="무엇을 할지 다시 골라 주세요.", failed=True)
    try:
        told = await asyncio.to_thread(_do, request.match_info["token"], doing)
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
        open_to_choose = details.can_change or details.can_book
        choices, following = _choices(session, details, start) if open_to_choose else ([], None)
        lead = session.get(Lead, details.lead_id)
        return {"details": details, "choices": choices, "following": following, "has_email": bool(lead.email),
                "start": (start or now().date()).isoformat(), "window": waiting.said(_window(start), now()),
                "center": places.center(details.center_id) if details.center_id else None, "token": token,
                "until": f"{korean_date(details.change_until.date())} {korean_time(details.change_until)}"
                if details.change_until else None}


def _choices(session: Session, details: VisitDetails, start: date | None) -> tuple[list[_Choice], str | None]:
    """Free times from ``start`` (tomorrow) on within two weeks, and the day from which to look further."""
    window = _window(start)
    found = calendar.openings(session, details.center_id or "", window=window, limit=_OFFERED)
    free = [one for one in found if one.starts_at != details.starts_at]
    days = [_Choice(korean_date(day), [(one.id, korean_time(one.starts_at)) for one in of_day])
            for day, of_day in groupby(free, key=_day_of)]
    return days, window.end.date().isoformat()


def _window(start: date | None) -> Window:
    """Two weeks from ``start`` (today)."""
    first = start or now().date()
    last = first + timedelta(days=_REACH_DAYS)
    return Window(datetime.combine(first, time(), KST), datetime.combine(last, time(), KST))


def _day_of(opening: Opening) -> date:
    return opening.starts_at.date()


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day is not None and 2020 <= day.year <= 2100 else None


def _do(token: str, doing: Callable[[Session, VisitDetails], str]) -> str:
    with transaction() as session:
        return doing(session, visits.look_up_link(session, token))


def _invitation(token: str) -> bytes:
    with transaction(read_only=True) as session:
        details = visits.look_up_link(session, token)
        if details.status not in ("booked", "visited", "cancelled"):
            raise NotFound("달력에 넣을 방문 예약이 없어요.")
        return invitation.invitation(invitation.Appointment.of(details))
