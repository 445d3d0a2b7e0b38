"""The queue: leads with counts and filters, and the search, whose words never stand in an address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import calendar_edits, leads, numbers, partners, waiting_list
from bot.desk.calendar_models import Planner, Visit
from bot.desk.database import session as transaction
from bot.desk.lead_models import Lead
from bot.desk.lead_states import OPEN_STATES, STATE_NAMES
from bot.desk.leads import Filter, Viewer
from bot.web.console.access import viewer_of
from bot.web.console.pages import page
from knowledge_base import places
from knowledge_base.facts_said import describe

routes = web.RouteTableDef()
_SHOWN = 50
_VISITS = ("booked", "visited", "no_show")
_TELLING_COMPANY = ("region", "industry", "headcount")
_TELLING_EVENT = ("type", "mode", "start", "cover")
# The filters an address may hold; none of them says anything about a person.
FILTERS = ("state", "mine", "overdue", "center", "partner")


@routes.get("/desk")
async def queue(request: web.Request) -> web.Response:
    """The viewer's leads, the newest first."""
    query = {name: request.query.get(name, "") for name in (*FILTERS, "after")}
    done = "다른 센터로 보냈어요." if request.query.get("done") == "transfer" else None
    return page(request, "queue.html", done=done, **await asyncio.to_thread(_queue, viewer_of(request), query, ""))


@routes.post("/desk/search")
async def search(request: web.Request) -> web.Response:
    """Leads by number, phone or firm. A form and not an address: addresses are kept and sent around."""
    words = " ".join(str((await request.post()).get("q", "")).replace("\x00", "").split())[:120]
    if not words:
        raise web.HTTPSeeOther("/desk")
    query = {**dict.fromkeys((*FILTERS, "after"), ""), "state": "all"}
    return page(request, "queue.html", done=None, **await asyncio.to_thread(_queue, viewer_of(request), query, words))


def chosen_filter(query: Mapping[str, str], search_words: str = "") -> Filter:
    """The filter of an address; words that are no state mean: all that are open."""
    state = query.get("state", "")
    states = (state,) if state in STATE_NAMES else () if state == "all" else OPEN_STATES
    return Filter(states=states, mine=bool(query.get("mine")), overdue=bool(query.get("overdue")),
                  center_id=query.get("center") or None, partner=query.get("partner") or None,
                  search=search_words or None)


def _queue(viewer: Viewer, query: dict[str, str], words: str) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        found, following = leads.queue(session, viewer, chosen_filter(query, words), limit=_SHOWN,
                                       after=query["after"] or None, light=True)
        return {
            "rows": rows_of(session, found), "waiting": (counts := numbers.waiting(session, viewer)), "query": query,
            "todo": [] if words else _todo(session, viewer, counts),
            "search": words, "following": _address({**query, "after": following}) if following else None,
            "first": _address({**query, "after": ""}), "chips": _chips(query),
            "partners": [] if viewer.role == "partner" else [
                (one.id, one.name) for one in partners.everyone(session)],
            "filters": {name: query[name] for name in FILTERS if query[name]},
            "centers": [(one.id, one.name) for one in places.centers()] if viewer.role == "administrator" else [],
        }


def _todo(session: Session, viewer: Viewer, counts: numbers.Waiting) -> list[tuple[str, str, bool]]:
    """What cannot wait, as (address, words, late): calls that are late, today's visits, freed times to be told."""
    if viewer.role == "partner":
        return []
    visits = len(calendar_edits.visits_of_day(session, viewer, viewer.center_id)) if viewer.center_id else 0
    calls = waiting_list.count_to_call(session, viewer)
    return [one for number, one in (
        (counts.overdue, ("/desk?overdue=1", f"늦은 연락 {counts.overdue}건", True)),
        (visits, ("/desk/visits", f"오늘 방문 {visits}건", False)),
        (calls, ("/desk/waiting", f"빈자리를 전화로 알릴 분 {calls}명", True))) if number]


def rows_of(session: Session, found: Iterable[Lead]) -> list[dict[str, Any]]:
    """What a list shows of leads: their summaries with situation, next visit and planner, in five queries."""
    listed = list(found)
    ids = [lead.id for lead in listed]
    # A booked visit comes last, so that it is the one shown beside an earlier one that was missed.
    visits = {row.lead_id: row for row in session.execute(
        select(Visit.lead_id, Visit.starts_at, Visit.state).where(Visit.lead_id.in_(ids), Visit.state.in_(_VISITS))
        .order_by(Visit.state == "booked", Visit.starts_at))}
    names = {row.id: row.name for row in session.execute(select(Planner.id, Planner.name).where(
        Planner.id.in_({lead.planner_id for lead in listed if lead.planner_id})))}
    waits, sites = waiting_list.waiting_leads(session, ids), partners.names(session)
    return [{**leads.summary(lead), "waits": lead.id in waits, "situation": describe(_shortly(lead.facts)),
             "visit": visits.get(lead.id), "planner": names.get(lead.planner_id or ""),
             "partner_name": sites.get(lead.partner or "", lead.partner),
             "erased": lead.erased_at is not None} for lead in listed]


def _shortly(facts: dict[str, Any]) -> dict[str, Any]:
    """What tells one firm from another at a glance; all of it stands on the lead's page."""
    company, events = facts.get("company") or {}, facts.get("events") or [{}]
    return {"company": {name: company[name] for name in _TELLING_COMPANY if name in company},
            "events": [{name: events[0][name] for name in _TELLING_EVENT if name in events[0]}] if events else [],
            "wants": facts.get("wants") or []}


def _chips(query: Mapping[str, str]) -> dict[str, str]:
    """The address of each state's list with the other filters kept."""
    kept = {name: query[name] for name in FILTERS if name != "state"}
    return {state: _address({**kept, "state": state}) for state in ("", "all", *STATE_NAMES)}


def _address(query: Mapping[str, str]) -> str:
    told = urlencode({name: value for name, value in query.items() if value})
    return f"/desk?{told}" if told else "/desk"
