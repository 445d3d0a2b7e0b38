"""The lead page: everything a planner needs to call and to visit, and what can be done with the lead."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.desk import calendar, conversations, handing_over, lead_actions, leads, marks, partners
from bot.desk.calendar import Opening, OpeningUnavailable
from bot.desk.calendar_models import Planner
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.lead_actions import MoveIncomplete
from bot.desk.lead_models import Lead
from bot.desk.lead_states import moves_from
from bot.desk.leads import Viewer
from bot.web.console.access import viewer_of
from bot.web.console.pages import page
from knowledge_base import clock, places
from knowledge_base.clock import KST
from knowledge_base.facts_said import describe

routes = web.RouteTableDef()
DONE = {
    "claim": "맡으셨어요. 첫 연락 기한을 확인해 주세요.", "move": "상태를 바꿨어요.", "note": "메모를 남겼어요.",
    "transfer": "다른 센터로 보냈어요.", "visit": "방문 시간을 정했어요. 회사에 안내가 나가요.",
    "mark": "판정 표시를 남겼어요.", "hand_over": "담당을 바꿨어요.",
}
# These have forms of their own, or happen by themselves.
_OWN_FORMS = ("claimed", "transferred", "closed", "withdrawn", "visit_scheduled")
_OFFERED, _REACH = 24, timedelta(days=14)


@routes.get("/desk/leads/{lead_id}")
async def show(request: web.Request) -> web.Response:
    """All of one lead; looking at contact data is written into the access log."""
    done = DONE.get(request.query.get("done", ""))
    return await _page(request, told=None, done=done)


@routes.post("/desk/leads/{lead_id}")
async def act(request: web.Request) -> web.Response:
    """Claim, move, hand over, transfer, annotate, or mark a verdict."""
    form = {key: str(value).replace("\x00", "") for key, value in (await request.post()).items()}
    viewer, lead_id = viewer_of(request), request.match_info["lead_id"]
    action = form.get("action", "")
    try:
        await asyncio.to_thread(_act, viewer, lead_id, action, form)
    except (NotFound, NotAllowed):
        raise
    except DeskError as refusal:
        return await _page(request, told=str(refusal), status=409, typed=form)
    # A lead sent to another center is not the planner's to see any more.
    gone = action == "transfer" and viewer.role != "administrator"
    raise web.HTTPSeeOther("/desk?done=transfer" if gone else f"/desk/leads/{lead_id}?done={action}")


@routes.get("/desk/leads/{lead_id}/visit")
async def visit_times(request: web.Request) -> web.Response:
    """Free times for a visit of this lead, from ``?from=YYYY-MM-DD`` on."""
    return await _times(request, told=None)


@routes.post("/desk/leads/{lead_id}/visit")
async def set_visit(request: web.Request) -> web.Response:
    """Book the visit or move the one there is."""
    opening = str((await request.post()).get("opening", ""))
    viewer, lead_id = viewer_of(request), request.match_info["lead_id"]
    try:
        if not opening:
            raise OpeningUnavailable("방문 시간을 하나 골라 주세요.")
        await asyncio.to_thread(_schedule, viewer, lead_id, opening)
    except (OpeningUnavailable, MoveIncomplete) as refusal:
        return await _times(request, told=str(refusal), status=409)
    raise web.HTTPSeeOther(f"/desk/leads/{lead_id}?done=visit")


async def _page(
    request: web.Request, *, told: str | None, done: str | None = None, status: int = 200,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> web.Response:
    """The lead; ``typed`` is a form that was refused, whose fields stay filled."""
    shown = await asyncio.to_thread(_shown, viewer_of(request), request.match_info["lead_id"])
    return page(request, "lead.html", status=status, told=told, done=done, typed=typed, **shown)


def _shown(viewer: Viewer, lead_id: str) -> dict[str, Any]:
    with transaction() as session:
        lead = leads.get(session, lead_id, viewer)
        document = leads.document(lead, viewer, purpose="lead page")
        inside = viewer.role != "partner"
        said = conversations.transcript(session, lead.conversation_id) if inside and lead.conversation_id else []
        moves = moves_from(lead.state, viewer.role)
        booked = (document["visit"] or {}).get("status") == "booked"
        fitting, other = _sorted(document["verdicts"])
        return {
            "lead": document, "situation": describe(document["facts"]), "transcript": said, "fitting": fitting,
            "other": other, "next_steps": _steps(document, fitting), "documents": _documents(document, fitting),
            "screening": lead.screening or {}, "inside": inside,
            "notes": lead_actions.notes(session, lead_id, viewer) if inside else [],
            "marks": marks.of_lead(session, lead_id, viewer) if inside else {}, "statuses": marks.STATUS_NAMES,
            "history": lead_actions.history(session, lead_id, viewer),
            "may": {move.to_state for move in moves} | ({"visit"} if _may_schedule(lead, viewer) else set()),
            "steps": [move.to_state for move in moves
                      if move.to_state not in _OWN_FORMS or (move.to_state == "visit_scheduled" and booked)],
            "colleagues": (handing_over.colleagues(session, lead)
                           if handing_over.may_hand_over(lead, viewer) else None),
            "centers": [one for one in places.centers() if one.id != lead.center_id],
            "planner": _planner_name(session, lead.planner_id), "partner": partners.name_of(session, lead.partner),
        }


def _planner_name(session: Session, planner_id: str | None) -> str | None:
    found = session.get(Planner, planner_id) if planner_id else None
    return found.name if found else None


def _sorted(verdicts: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The verdicts a planner talks about, and the rest."""
    fitting = [one for one in verdicts
               if one.get("status") in ("eligible", "possible", "check") and one.get("relevant", True)]
    return fitting, [one for one in verdicts if one not in fitting]


def _steps(document: dict[str, Any], fitting: list[dict[str, Any]]) -> list[str]:
    """What to check for the programs in question, each once: many programs share their conditions."""
    wanted = {one.get("program") for one in fitting}
    return list(dict.fromkeys(step["text"].removeprefix("확인: ") for step in document["next_steps"]
                              if step["program"] in wanted))


def _documents(document: dict[str, Any], fitting: list[dict[str, Any]]) -> list[str]:
    wanted = {paper for one in fitting for paper in one.get("documents", [])}
    return [paper for paper in document["documents"] if paper in wanted]


def _may_schedule(lead: Lead, viewer: Viewer) -> bool:
    return (viewer.sees_contact and lead.center_id is not None and lead.claimed_by is not None
            and lead.state in ("claimed", "contacted", "no_show", "visit_scheduled"))


def _act(viewer: Viewer, lead_id: str, action: str, form: Mapping[str, str]) -> None:
    with transaction() as session:
        if action == "claim":
            lead_actions.claim(session, lead_id, viewer)
        elif action == "note":
            lead_actions.note(session, lead_id, form.get("text", "")[:4000], viewer)
        elif action == "mark":
            lead_actions.mark_verdict(
                session, lead_id, form.get("program", ""), viewer, right=form.get("right") == "yes",
                reason=form.get("reason", "").strip()[:1000] or None,
                expected_status=form.get("expected") if form.get("expected") in marks.STATUS_NAMES else None)
        elif action == "hand_over":
            handing_over.hand_over(session, lead_id, form.get("to", ""), viewer,
                                   reason=form.get("reason", "").strip()[:1000] or None)
        elif action in ("move", "transfer"):
            lead_actions.move(
                session, lead_id, "transferred" if action == "transfer" else form.get("to_state", ""), viewer,
                reason=form.get("reason", "").strip()[:1000] or None, close_reason=form.get("close_reason") or None,
                center_id=form.get("center") or None, expected_state=form.get("from_state") or None)
        else:
            leads.get(session, lead_id, viewer)
            raise MoveIncomplete("무엇을 할지 다시 골라 주세요.")


def _schedule(viewer: Viewer, lead_id: str, opening: str) -> None:
    with transaction() as session:
        lead_actions.schedule_visit(session, lead_id, opening, viewer)


async def _times(request: web.Request, *, told: str | None, status: int = 200) -> web.Response:
    start = day_of(request.query.get("from")) or clock.today()
    shown = await asyncio.to_thread(_offer, viewer_of(request), request.match_info["lead_id"], start)
    return page(request, "visit_times.html", status=status, told=told, start=start, **shown)


def _offer(viewer: Viewer, lead_id: str, start: date) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        lead = leads.get(session, lead_id, viewer)
        if not viewer.sees_contact:
            raise NotAllowed()
        if lead.center_id is None:
            raise NotFound("센터가 정해지지 않은 접수예요. 먼저 맡을 센터로 보내 주세요.")
        return {"lead": {**leads.summary(lead), "wishes": (lead.wishes or "").splitlines()},
                "days": _free(session, lead.center_id, start), "following": start + _REACH,
                "call_window": lead.call_window}


def _free(session: Session, center_id: str, start: date) -> list[tuple[date, list[Opening]]]:
    window = {"start": datetime.combine(start, time(), KST), "end": datetime.combine(start + _REACH, time(), KST)}
    found = calendar.openings(session, center_id, window=window, limit=_OFFERED)
    return [(day, list(of_day)) for day, of_day in groupby(found, key=lambda one: one.starts_at.date())]


def day_of(text: str | None) -> date | None:
    """The day of "YYYY-MM-DD", or None for anything else (also years no calendar of ours knows)."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2020 <= day.year <= 2100 else None
