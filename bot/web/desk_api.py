"""The desk API: leads, their moves and visits, for programs with a bearer token and for the console's session.

What a viewer may see and do is decided in ``bot.desk``; this module reads requests and writes responses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import lead_actions, lead_schema, leads, tokens
from bot.desk.calendar_models import Visit
from bot.desk.database import session as transaction
from bot.desk.lead_models import Lead
from bot.desk.lead_states import STATES
from bot.desk.leads import Filter, Viewer
from bot.desk.visits import VISIT_STATE_NAMES, when_ko
from bot.web.keys import SETTINGS
from bot.web.problems import Problem
from bot.web.reading import bearer, field, json_object
from knowledge_base.clock import KST

routes = web.RouteTableDef()

# The console puts a function here that knows its own signed-in people; without a console only tokens count.
SessionViewer = Callable[[web.Request], Awaitable[Viewer | None]]
CONSOLE_VIEWER: web.AppKey[SessionViewer] = web.AppKey("console_viewer")

_MOST = 200
_SHOWN_VISITS = tuple(state for state in VISIT_STATE_NAMES if state not in ("held", "expired", "released"))


@routes.get("/api/desk/leads")
async def list_leads(request: web.Request) -> web.Response:
    """A page of leads, the newest first: ``?state=new&state=claimed&center=&partner=&overdue=1&search=&after=``."""
    viewer = await viewer_of(request)
    query = request.query
    states = tuple(query.getall("state", []))
    if unknown := [state for state in states if state not in STATES]:
        raise Problem(422, "unknown-state", f"그런 상태는 없어요: {unknown[0]}. 쓸 수 있는 값: {', '.join(STATES)}")
    chosen = Filter(states=states, mine=_flag(query.get("mine")), overdue=_flag(query.get("overdue")),
                    center_id=_word(query.get("center")), partner=_word(query.get("partner")),
                    search=_word(query.get("search")))
    limit, after = _limit(query.get("limit")), _word(query.get("after"))

    def read() -> dict[str, Any]:
        with transaction() as session:
            found, following = leads.queue(session, viewer, chosen, limit=limit, after=after)
            return {"leads": [leads.document(lead, viewer, purpose="desk_api") for lead in found], "next": following}

    return web.json_response(await asyncio.to_thread(read), headers={"Cache-Control": "no-store"})


@routes.get("/api/desk/leads/{lead_id}")
async def get_lead(request: web.Request) -> web.Response:
    """One lead as ``lead.v1``."""
    viewer = await viewer_of(request)
    lead_id = _word(request.match_info["lead_id"]) or ""

    def read() -> dict[str, Any]:
        with transaction() as session:
            return leads.document(leads.get(session, lead_id, viewer), viewer, purpose="desk_api")

    return web.json_response(await asyncio.to_thread(read), headers={"Cache-Control": "no-store"})


@routes.post("/api/desk/leads/{lead_id}/transitions")
async def move_lead(request: web.Request) -> web.Response:
    """Move a lead: ``{"to", "reason"?, "close_reason"?, "center_id"?, "expected_state"?}`` → the lead then."""
    viewer = await viewer_of(request)
    document = await json_object(request, seconds=request.app[SETTINGS].body_seconds)
    lead_id = _word(request.match_info["lead_id"]) or ""
    to_state = field(document, "to", longest=30)
    if to_state not in STATES:
        raise Problem(422, "unknown-state", f"to에는 다음 가운데 하나를 적어 주세요: {', '.join(STATES)}", field="to")
    reason, close_reason, center_id, expected = (
        _word(field(document, name, longest=500))
        for name in ("reason", "close_reason", "center_id", "expected_state"))

    def write() -> dict[str, Any]:
        with transaction() as session:
            lead = lead_actions.move(session, lead_id, to_state, viewer, reason=reason, close_reason=close_reason,
                                     center_id=center_id, expected_state=expected)
            return leads.document(lead, viewer, purpose="desk_api")

    return web.json_response(await asyncio.to_thread(write), headers={"Cache-Control": "no-store"})


@routes.get("/api/desk/visits")
async def list_visits(request: web.Request) -> web.Response:
    """Visits in order of time: ``?from=YYYY-MM-DD&to=YYYY-MM-DD&center=&state=&limit=``; both days are included."""
    viewer = await viewer_of(request)
    query = request.query
    state = _word(query.get("state"))
    if state is not None and state not in _SHOWN_VISITS:
        raise Problem(422, "unknown-state", f"쓸 수 있는 방문 상태: {', '.join(_SHOWN_VISITS)}")
    first, last = _day(query.get("from"), "from"), _day(query.get("to"), "to")
    center, limit = _word(query.get("center")), _limit(query.get("limit"))

    def read() -> dict[str, Any]:
        with transaction(read_only=True) as session:
            return {"visits": [_visit_document(visit, lead)
                               for visit, lead in _visits(session, viewer, first, last, center, state, limit)]}

    return web.json_response(await asyncio.to_thread(read), headers={"Cache-Control": "no-store"})


@routes.get("/schemas/lead.v1.json")
async def schema(_request: web.Request) -> web.Response:
    """The JSON Schema of ``lead.v1``."""
    return web.json_response(lead_schema.json_schema(), content_type="application/schema+json",
                             headers={"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"})


async def viewer_of(request: web.Request) -> Viewer:
    """Who is asking, by bearer token or by console session. Raises Problem 401."""
    if "Authorization" not in request.headers and CONSOLE_VIEWER in request.app:
        signed_in = await request.app[CONSOLE_VIEWER](request)
        if signed_in is not None:
            return signed_in
    token = bearer(request)

    def check() -> Viewer | None:
        with transaction(read_only=True) as session:
            return tokens.authenticate(session, token)

    viewer: Viewer | None = await asyncio.to_thread(check)
    if viewer is None:
        raise Problem(401, "wrong-token", "쓸 수 없는 토큰이에요. 데스크 관리자에게 새 토큰을 받아 주세요.",
                      headers={"WWW-Authenticate": "Bearer"})
    return viewer


def _visits(
    session: Session, viewer: Viewer, first: date | None, last: date | None, center: str | None, state: str | None,
    limit: int,
) -> list[tuple[Visit, Lead]]:
    seen = leads.visible(viewer).subquery()
    query = (select(Visit, Lead).join(Lead, Visit.lead_id == Lead.id).join(seen, seen.c.id == Lead.id)
             .where(Visit.state.in_((state,) if state else _SHOWN_VISITS)))
    if first:
        query = query.where(Visit.starts_at >= datetime.combine(first, time(), KST))
    if last:
        query = query.where(Visit.starts_at < datetime.combine(last, time(), KST) + timedelta(days=1))
    if center:
        query = query.where(Visit.center_id == center)
    return [(visit, lead) for visit, lead in session.execute(query.order_by(Visit.starts_at, Visit.id).limit(limit))]


def _visit_document(visit: Visit, lead: Lead) -> dict[str, Any]:
    return {"id": visit.id, "lead_id": lead.id, "number": lead.number, "state": visit.state,
            "state_ko": VISIT_STATE_NAMES[visit.state], "center_id": visit.center_id, "planner_id": visit.planner_id,
            "starts_at": visit.starts_at.isoformat(), "ends_at": visit.ends_at.isoformat(),
            "when_ko": when_ko(visit.starts_at), "partner": lead.partner}


def _word(text: str | None) -> str | None:
    cleaned = text.replace("\x00", "").encode("utf-8", "ignore").decode() if text else ""
    return cleaned or None


def _flag(text: str | None) -> bool:
    return (text or "").lower() in ("1", "true", "yes")


def _limit(text: str | None) -> int:
    if text is None:
        return 50
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
        raise Problem(422, "wrong-limit", f"limit은 1부터 {_MOST}까지의 수여야 해요.", field="limit")
    return int(text)


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        # The ends of the calendar have no day before or after them to compare with.
        if not 1900 < day.year < 9000:
            raise ValueError(text)
    except ValueError as error:
        raise Problem(422, "wrong-day", f"{name}은(는) YYYY-MM-DD 꼴의 날짜여야 해요.", field=name) from error
    return day
