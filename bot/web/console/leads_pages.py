"""The queue and the lead page: see, claim, move, write a note."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from bot.desk import conversations, lead_actions, leads
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError
from bot.desk.lead_states import CLOSE_REASONS, OPEN_STATES, STATE_NAMES, moves_from
from bot.desk.leads import Filter, Viewer
from bot.desk.visits import when_ko
from bot.web import assets
from bot.web.console.access import same_site, sign_in, sign_out, viewer_of
from knowledge_base.facts_said import describe

routes = web.RouteTableDef()
PAGES = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True,
                           undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
PAGES.filters["when"] = lambda value: when_ko(datetime.fromisoformat(value) if isinstance(value, str) else value)
_STYLE = Path(__file__).parent / "desk.css"
_SHOWN = 50


def page(name: str, *, status: int = 200, **values: Any) -> web.Response:
    """A page of the desk."""
    text = PAGES.get_template(name).render(assets=f"/assets/{assets.version()}", **values)
    return web.Response(status=status, text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


@routes.get("/desk/assets/desk.css")
async def stylesheet(request: web.Request) -> web.Response:
    """The desk's own look, over the widget's tokens."""
    return web.Response(text=_STYLE.read_text(encoding="utf-8"), content_type="text/css",
                        headers={"Cache-Control": "max-age=600"})


@routes.get("/desk/sign-in")
async def sign_in_page(request: web.Request) -> web.Response:
    """The door."""
    return page("sign_in.html", wrong=False)


@routes.post("/desk/sign-in")
async def signing_in(request: web.Request) -> web.Response:
    """Check the token."""
    form = await request.post()
    answer = await sign_in(request, str(form.get("token", "")).strip()) if same_site(request) else None
    return answer or page("sign_in.html", status=403, wrong=True)


@routes.post("/desk/sign-out")
async def signing_out(request: web.Request) -> web.Response:
    """Leave the desk."""
    return sign_out()


@routes.get("/desk")
async def queue(request: web.Request) -> web.Response:
    """The viewer's leads, newest first, with filters and counts."""
    viewer = await viewer_of(request)
    return await asyncio.to_thread(_queue, viewer, request.query)


def _queue(viewer: Viewer, query: Mapping[str, str]) -> web.Response:
    state = query.get("state", "")
    states = (state,) if state in STATE_NAMES else OPEN_STATES if state != "all" else ()
    chosen = Filter(states=states, search=query.get("q") or None)
    told = None
    with transaction(read_only=True) as session:
        try:
            found, following = leads.queue(session, viewer, chosen, limit=_SHOWN, after=query.get("after"))
        except DeskError as refusal:
            found, following, told = [], None, str(refusal)
        rows = [leads.document(lead, None) for lead in found]
    for row in rows:
        row["situation"] = " · ".join(describe(row["facts"]))
    return page("queue.html", viewer=viewer, rows=rows, following=following, told=told, state=state,
                search=query.get("q", ""), states=STATE_NAMES)


@routes.get("/desk/leads/{lead_id}")
async def lead_page(request: web.Request) -> web.Response:
    """All of one lead; looking at contact data is written into the access log."""
    viewer = await viewer_of(request)
    return await asyncio.to_thread(_lead, viewer, request.match_info["lead_id"], request.query.get("told"))


def _lead(viewer: Viewer, lead_id: str, told: str | None, *, status: int = 200) -> web.Response:
    try:
        with transaction() as session:
            lead = leads.get(session, lead_id, viewer)
            shown = leads.document(lead, viewer, purpose="lead page")
            said = conversations.transcript(session, lead.conversation_id) if lead.conversation_id else []
            return page(
                "lead.html", status=status, viewer=viewer, lead=shown, told=told, transcript=said,
                situation=describe(shown["facts"]), notes=lead_actions.notes(session, lead_id, viewer),
                history=lead_actions.history(session, lead_id, viewer), states=STATE_NAMES, reasons=CLOSE_REASONS,
                moves=[move for move in moves_from(lead.state, viewer.role) if move.to_state != "claimed"],
                may_claim=any(move.to_state == "claimed" for move in moves_from(lead.state, viewer.role)))
    except DeskError as refusal:
        return page("refused.html", status=404, told=str(refusal), viewer=viewer)


@routes.post("/desk/leads/{lead_id}")
async def act_on_lead(request: web.Request) -> web.Response:
    """Claim, move or annotate a lead."""
    viewer = await viewer_of(request)
    lead_id = request.match_info["lead_id"]
    if not same_site(request):
        return page("refused.html", status=403, told="다른 누리집에서 온 요청이라 처리하지 않았어요.", viewer=viewer)
    form = {key: str(value) for key, value in (await request.post()).items()}
    told = await asyncio.to_thread(_act, viewer, lead_id, form)
    if told is None:
        raise web.HTTPSeeOther(f"/desk/leads/{lead_id}")
    return await asyncio.to_thread(_lead, viewer, lead_id, told, status=409)


def _act(viewer: Viewer, lead_id: str, form: Mapping[str, str]) -> str | None:
    """What went wrong, in Korean; None when it is done."""
    try:
        with transaction() as session:
            if form.get("action") == "claim":
                lead_actions.claim(session, lead_id, viewer)
            elif form.get("action") == "note":
                lead_actions.note(session, lead_id, form.get("text", ""), viewer)
            else:
                lead_actions.move(session, lead_id, form.get("to_state", ""), viewer,
                                  reason=form.get("reason") or None, close_reason=form.get("close_reason") or None,
                                  expected_state=form.get("from_state") or None)
    except DeskError as refusal:
        return str(refusal)
    return None
