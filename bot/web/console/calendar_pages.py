"""A center's week, and the visits of one day as a sheet to take along."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.desk import calendar_edits, leads
from bot.desk.calendar_models import Closure, Planner, Visit
from bot.desk.database import session as transaction
from bot.desk.errors import NotAllowed, NotFound
from bot.desk.lead_models import Lead
from bot.desk.leads import Viewer
from bot.web.console.access import viewer_of
from bot.web.console.lead_pages import day_of
from bot.web.console.pages import page
from knowledge_base import clock, places
from knowledge_base.clock import KST
from knowledge_base.contacts import holiday_name
from knowledge_base.facts_said import describe

routes = web.RouteTableDef()
_WEEK = timedelta(days=7)


@routes.get("/desk/calendar")
async def week(request: web.Request) -> web.Response:
    """The week of ``?week=YYYY-MM-DD`` (any day of it) at a center, by day and planner."""
    day = day_of(request.query.get("week")) or clock.today()
    monday = day - timedelta(days=day.weekday())
    shown = await asyncio.to_thread(_week, viewer_of(request), request.query.get("center", ""), monday)
    return page(request, "calendar.html", monday=monday, before=monday - _WEEK, after=monday + _WEEK,
                today=clock.today(), **shown)


@routes.get("/desk/visits")
async def visits(request: web.Request) -> web.Response:
    """The visits of ``?day=`` (today), with what a planner needs on the way. Each is a look at contact data."""
    day = day_of(request.query.get("day")) or clock.today()
    shown = await asyncio.to_thread(_sheet, viewer_of(request), request.query.get("center", ""), day)
    return page(request, "visits.html", day=day, before=day - timedelta(days=1), after=day + timedelta(days=1),
                **shown)


def center_of(session: Session, viewer: Viewer, asked: str) -> str:
    """The center to show: the viewer's own; for administrators the one asked for, else the one with most visits.

    Raises NotAllowed for partners, NotFound for a center that is none or not the viewer's.
    """
    if viewer.role == "partner":
        raise NotAllowed()
    if viewer.role != "administrator":
        if asked and asked != viewer.center_id:
            raise NotFound("그런 센터가 없어요.")
        return viewer.center_id or ""
    if asked:
        if asked not in places.places().centers:
            raise NotFound("그런 센터가 없어요.")
        return asked
    busiest = session.execute(select(Visit.center_id).where(Visit.state == "booked").group_by(Visit.center_id)
                              .order_by(func.count().desc()).limit(1)).scalar_one_or_none()
    return str(busiest or places.centers()[0].id)


def choosable(viewer: Viewer) -> list[tuple[str, str]]:
    """The centers a viewer may switch between; empty for those who have one."""
    return [(one.id, one.name) for one in places.centers()] if viewer.role == "administrator" else []


def _week(viewer: Viewer, asked: str, monday: date) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        center = center_of(session, viewer, asked)
        start, end = _midnight(monday), _midnight(monday + _WEEK)
        found = calendar_edits.week_of(session, viewer, center, start, end)
        planners = list(session.execute(
            select(Planner).where(Planner.center_id == center).order_by(Planner.id)).scalars())
        titles = _titles(session, [visit.lead_id for visit in found])
        closures = list(session.execute(select(Closure).where(
            Closure.starts_at < end, Closure.ends_at > start,
            Closure.planner_id.in_([one.id for one in planners]) | (Closure.center_id == center)
            | (Closure.planner_id.is_(None) & Closure.center_id.is_(None))).order_by(Closure.starts_at)).scalars())
        days = [_day(monday + timedelta(days=step), found, closures) for step in range(7)]
        # A weekend without visits is not worth two columns.
        return {"days": days if any(day["visits"] for day in days[5:]) else days[:5], "center": center,
                "centers": choosable(viewer), "planners": {one.id: one.name for one in planners},
                "titles": titles, "total": len(found)}


def _day(day: date, found: list[Visit], closures: list[Closure]) -> dict[str, Any]:
    start, end = _midnight(day), _midnight(day + timedelta(days=1))
    return {"day": day, "holiday": holiday_name(day),
            "visits": [visit for visit in found if visit.starts_at.date() == day],
            "closures": [one for one in closures if one.starts_at < end and start < one.ends_at]}


def _titles(session: Session, lead_ids: list[str | None]) -> dict[str, tuple[str, str | None]]:
    rows = session.execute(select(Lead.id, Lead.number, Lead.company_name).where(Lead.id.in_(lead_ids)))
    return {row.id: (row.number, row.company_name) for row in rows}


def _sheet(viewer: Viewer, asked: str, day: date) -> dict[str, Any]:
    with transaction() as session:
        center = center_of(session, viewer, asked)
        found = calendar_edits.week_of(session, viewer, center, _midnight(day), _midnight(day + timedelta(days=1)))
        names = dict(session.execute(select(Planner.id, Planner.name).where(Planner.center_id == center)).all())
        # A lead may have gone to another center with a visit kept here; then it is not shown.
        seen = {lead.id: lead for lead in session.execute(leads.visible(viewer).where(
            Lead.id.in_([visit.lead_id for visit in found]))).scalars()}
        rows = []
        for visit in found:
            if visit.lead_id in seen:
                document = leads.document(seen[visit.lead_id], viewer, purpose="visit sheet")
                fitting = [one for one in document["verdicts"] if one.get("relevant", True)
                           and one.get("status") in ("eligible", "possible", "check")]
                rows.append({"visit": visit, "lead": document, "planner": names.get(visit.planner_id, ""),
                             "situation": describe(document["facts"]), "fitting": fitting[:6]})
        return {"rows": rows, "center": center, "centers": choosable(viewer)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KST)
