"""A center lead's numbers as charts, and what people in the widget did not like."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import conversations, leads, numbers
from bot.desk.database import session as transaction
from bot.desk.errors import NotAllowed, NotFound
from bot.desk.lead_models import Lead
from bot.desk.lead_states import CLOSE_REASONS
from bot.desk.leads import Viewer
from bot.desk.masking import mask_text
from bot.desk.numbers import Numbers
from bot.web.console.access import viewer_of
from bot.web.console.calendar_pages import choosable
from bot.web.console.charts import bars, line
from bot.web.console.pages import page
from knowledge_base import places
from knowledge_base.facts_said import value_of

routes = web.RouteTableDef()
_WEEKS = {"4": 4, "12": 12, "26": 26, "52": 52}
_OPINIONS = 200


@routes.get("/desk/numbers")
async def show(request: web.Request) -> web.Response:
    """Load, time to first contact, outcomes and what firms ask for, over ``?weeks=``."""
    viewer, weeks = viewer_of(request), _WEEKS.get(request.query.get("weeks", ""), 12)
    center = request.query.get("center", "") if viewer.role == "administrator" else ""
    if center and center not in places.places().centers:
        raise NotFound("그런 센터가 없어요.")
    found = await asyncio.to_thread(_numbers, viewer, center or None, weeks)
    return page(request, "numbers.html", numbers=found, charts=_charts(found), weeks=weeks, choices=_WEEKS.values(),
                center=center or viewer.center_id, centers=choosable(viewer))


@routes.get("/desk/feedback")
async def feedback(request: web.Request) -> web.Response:
    """Thumbs down with their reasons; numbers and addresses that people typed are masked."""
    found = await asyncio.to_thread(_opinions, viewer_of(request))
    return page(request, "feedback.html", opinions=found)


def _numbers(viewer: Viewer, center: str | None, weeks: int) -> Numbers:
    with transaction(read_only=True) as session:
        return numbers.numbers(session, viewer, center_id=center, weeks=weeks)


def _charts(found: Numbers) -> dict[str, Any]:
    days = [f"{week.monday.month}.{week.monday.day}." for week in found.weeks]
    came = [(day, float(week.came)) for day, week in zip(days, found.weeks, strict=True)]
    hours = [(day, week.hours) for day, week in zip(days, found.weeks, strict=True)]
    return {
        "load": bars([(who, float(count), f"{count}건 (연락 전 {waits})") for who, count, waits in found.load],
                     seconds=[float(waits) for _, _, waits in found.load]),
        "came": line(came, f"주별 새 접수: {', '.join(f'{day} {int(count)}건' for day, count in came)}"),
        "hours": line(hours, "주별 첫 연락까지 걸린 업무시간: " + ", ".join(
            f"{day} {hour:.1f}시간" for day, hour in hours if hour is not None)),
        "outcomes": _counted(found.outcomes, CLOSE_REASONS), "asked": _counted(found.asked, {}),
        "events": _counted([(value_of("event.type", name), count) for name, count in found.events], {}),
        "wants": _counted([(value_of("wants", name), count) for name, count in found.wants], {}),
        "partners": _counted(found.partners, {"": "우리 누리집"}),
    }


def _counted(rows: list[tuple[str, int]], names: dict[str, str]) -> Any:
    return bars([(names.get(name, name), float(count), f"{count}건") for name, count in rows[:12]]) if rows else ""


def _opinions(viewer: Viewer) -> list[dict[str, Any]]:
    if viewer.role not in ("center_lead", "administrator"):
        raise NotAllowed()
    with transaction(read_only=True) as session:
        found = conversations.feedback(session, rating="down", limit=_OPINIONS)
        known = _leads_of(session, viewer, [one.session_id for one, _ in found])
        # A conversation belongs to a center only once it has become a lead there.
        return [{"at": one.at, "reason": one.reason, "comment": mask_text(one.comment or ""),
                 "said": mask_text(said.text) if said else None, "lead": known.get(one.session_id)}
                for one, said in found if viewer.role == "administrator" or one.session_id in known]


def _leads_of(session: Session, viewer: Viewer, conversation_ids: list[str]) -> dict[str, tuple[str, str]]:
    seen = leads.visible(viewer).with_only_columns(Lead.id).subquery()
    rows = session.execute(select(Lead.conversation_id, Lead.id, Lead.number).join(seen, seen.c.id == Lead.id)
                           .where(Lead.conversation_id.in_(conversation_ids)))
    return {row.conversation_id: (row.id, row.number) for row in rows}
