"""Editing a center's calendar: how visits are cut, planners, their week, leave and closed times."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, time
from types import MappingProxyType
from typing import Any

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import calendar, calendar_edits
from bot.desk.calendar_edits import CalendarInvalid, Hours
from bot.desk.calendar_models import CenterSettings, Closure, Planner, Visit, WorkingHours
from bot.desk.contact_data import ContactInvalid
from bot.desk.database import session as transaction
from bot.desk.leads import Viewer
from bot.desk.settings import CenterRules, defaults
from bot.web.console.access import viewer_of
from bot.web.console.calendar_pages import center_of, choosable
from bot.web.console.pages import page
from knowledge_base import clock
from knowledge_base.clock import KST

routes = web.RouteTableDef()

RULES = {
    "visit_minutes": "방문 시간(분)", "travel_minutes": "이동 시간(분)", "notice_hours": "가장 빨라도 몇 시간 뒤",
    "horizon_days": "며칠 뒤까지 열기", "daily_cap": "플래너마다 하루 방문 수",
    "cutoff_hours": "회사가 바꿀 수 있는 마지막(시간 전)",
}
_OF_DAY = ("begins", "ends", "pause_from", "pause_to")
DONE = {"planner": "플래너를 고쳤어요.", "hours": "근무 시간을 바꿨어요.", "closure": "휴무를 넣었어요.",
        "reopen": "휴무를 지웠어요.", "rules": "방문 규칙을 바꿨어요.",
        "added": "플래너를 더했어요. 이름 없이 임시로 열어 둔 달력이 있었다면 방문을 더 받지 않아요."}


@routes.get("/desk/calendar/settings")
async def show(request: web.Request) -> web.Response:
    """The settings of a center's calendar."""
    return await _page(request, told=None, done=DONE.get(request.query.get("done", "")))


@routes.post("/desk/calendar/settings")
async def change(request: web.Request) -> web.Response:
    """Carry out one change; visits it runs into are shown, to be moved by a call."""
    form = {name: str(value).replace("\x00", "") for name, value in (await request.post()).items()}
    try:
        done, hit = await asyncio.to_thread(_change, viewer_of(request), form)
    except (CalendarInvalid, ContactInvalid) as refusal:
        return await _page(request, told=str(refusal), status=409, typed=form)
    if hit:
        return await _page(request, told=None, done=DONE[done], hit=hit)
    center = f"&center={request.query['center']}" if "center" in request.query else ""
    raise web.HTTPSeeOther(f"/desk/calendar/settings?done={done}{center}")


async def _page(
    request: web.Request, *, told: str | None, done: str | None = None, hit: list[Visit] | None = None,
    status: int = 200, typed: Mapping[str, str] = MappingProxyType({}),
) -> web.Response:
    """The settings; ``typed`` is a form that was refused, whose fields stay filled."""
    shown = await asyncio.to_thread(_shown, viewer_of(request), request.query.get("center", ""))
    if typed.get("action") == "hours" and typed.get("planner") in shown["weeks"]:
        shown["weeks"][typed["planner"]] = [
            {name: typed.get(f"{name}{day}", "") for name in _OF_DAY} for day in range(7)]
    return page(request, "calendar_settings.html", status=status, told=told, done=done, hit=hit or [],
                rule_names=RULES, typed=typed, **shown)


def _shown(viewer: Viewer, asked: str) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        center = center_of(session, viewer, asked)
        planners = list(session.execute(
            select(Planner).where(Planner.center_id == center).order_by(Planner.id)).scalars())
        own = session.get(CenterSettings, center)
        senior = viewer.role in ("center_lead", "administrator")
        return {
            "center": center, "centers": choosable(viewer), "planners": planners, "senior": senior,
            "editable": {one.id for one in planners if senior or one.id == viewer.planner_id},
            "weeks": {one.id: _week_of(session, one.id) for one in planners},
            "closures": _closures(session, center, planners),
            "rules": calendar.rules_of(session, center).dict(), "email": own.email if own else None,
            "today": clock.today(),
        }


def _week_of(session: Session, planner_id: str) -> list[dict[str, str]]:
    """Seven rows of begins, ends, pause_from, pause_to ("09:00" or ""), the defaults where nothing was set."""
    rows = list(session.execute(select(WorkingHours).where(
        WorkingHours.planner_id == planner_id).order_by(WorkingHours.starts)).scalars())
    usual = defaults().planner
    week = []
    for day in range(7):
        work = [row for row in rows if row.weekday == day and not row.is_break]
        pause = [row for row in rows if row.weekday == day and row.is_break]
        if not rows and day in usual.weekdays:
            named = [f"{one:%H:%M}" for one in (*usual.work, *usual.lunch)]
        else:
            named = [_clock(work[0].starts) if work else "", _clock(work[-1].ends) if work else "",
                     _clock(pause[0].starts) if pause else "", _clock(pause[0].ends) if pause else ""]
        week.append(dict(zip(_OF_DAY, named, strict=True)))
    return week


def _closures(session: Session, center: str, planners: list[Planner]) -> list[Closure]:
    return list(session.execute(select(Closure).where(
        Closure.ends_at > clock.now(),
        Closure.planner_id.in_([one.id for one in planners]) | (Closure.center_id == center)
        | (Closure.planner_id.is_(None) & Closure.center_id.is_(None))).order_by(Closure.starts_at)).scalars())


def _change(viewer: Viewer, form: Mapping[str, str]) -> tuple[str, list[Visit]]:
    action = form.get("action", "")
    with transaction() as session:
        if action == "hours":
            return action, calendar_edits.set_hours(session, viewer, form.get("planner", ""), _hours(form))
        if action == "closure":
            planner, center = form.get("planner") or None, form.get("center") or None
            closure = calendar_edits.close(
                session, viewer, _moment(form, "from"), _moment(form, "until"), kind=form.get("kind", ""),
                planner_id=planner, center_id=None if planner else center or viewer.center_id,
                note=form.get("note", "").strip()[:200] or None)
            return action, closure[1]
        if action == "reopen":
            calendar_edits.reopen(session, viewer, form.get("closure", ""))
        elif action == "planner":
            calendar_edits.edit_planner(session, viewer, form.get("planner", ""), name=form.get("name", "")[:80],
                                        email=form.get("email", ""), active=form.get("active") == "1")
        elif action == "added":
            calendar_edits.add_planner(session, viewer, form.get("center", ""), form.get("name", "")[:80],
                                       email=form.get("email") or None)
        elif action == "rules":
            calendar_edits.set_rules(session, viewer, form.get("center", ""), _rules(form),
                                     email=form.get("email") or None)
        else:
            raise CalendarInvalid("무엇을 바꿀지 다시 골라 주세요.")
        return action, []


def _hours(form: Mapping[str, str]) -> list[Hours]:
    week = []
    for day in range(7):
        work = _span(form, day, "begins", "ends")
        if work:
            week.append(Hours(day, *work))
            pause = _span(form, day, "pause_from", "pause_to")
            if pause:
                week.append(Hours(day, *pause, is_break=True))
    return week


def _span(form: Mapping[str, str], day: int, first: str, last: str) -> tuple[time, time] | None:
    texts = [form.get(f"{name}{day}", "").strip() for name in (first, last)]
    if not any(texts):
        return None
    try:
        starts, ends = (time.fromisoformat(text) for text in texts)
    except ValueError as error:
        name = "월화수목금토일"[day]
        raise CalendarInvalid(f"{name}요일의 시작과 끝을 모두 09:00처럼 적거나, 모두 비워 주세요.") from error
    return starts, ends


def _rules(form: Mapping[str, str]) -> CenterRules:
    try:
        return CenterRules(**{name: form.get(name, "") for name in RULES})
    except ValidationError as error:
        wrong = ", ".join(RULES[str(one["loc"][0])] for one in error.errors())
        raise CalendarInvalid(f"다음 값을 확인해 주세요: {wrong}. 방문과 이동 시간은 30분 단위여야 해요.") from error


def _moment(form: Mapping[str, str], name: str) -> datetime:
    try:
        return datetime.fromisoformat(form.get(name, "")).replace(tzinfo=KST)
    except ValueError as error:
        raise CalendarInvalid("쉬는 시간의 시작과 끝을 날짜와 시각까지 적어 주세요.") from error


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
