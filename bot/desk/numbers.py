"""Counting leads: what waits in the queue, and what a center lead wants to know of load, speed and outcomes.

Everything is counted over the leads the viewer may see (``leads.visible``), without any contact data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.desk import leads
from bot.desk.business_hours import business_hours_between
from bot.desk.calendar_models import Planner
from bot.desk.errors import NotAllowed
from bot.desk.lead_models import Lead, LeadMove
from bot.desk.lead_states import OPEN_STATES, QUEUED_STATES
from bot.desk.leads import Viewer
from knowledge_base import clock, places

_PROMISING = ("eligible", "possible", "check")
ASKED_OF = 200


@dataclass(frozen=True)
class Waiting:
    """The counts above the queue: leads per state, open ones, the viewer's own open ones, and the overdue."""

    by_state: dict[str, int]
    open: int
    mine: int
    overdue: int


@dataclass(frozen=True)
class Week:
    """One week by its Monday: leads that came in, and business hours to the first contact (None: none yet)."""

    monday: date
    came: int
    hours: float | None


@dataclass(frozen=True)
class Numbers:
    """A center's numbers since a day. Pairs are (label or id, count), the largest first; hours are business hours."""

    total: int
    load: list[tuple[str, int, int]]
    weeks: list[Week]
    hours_median: float | None
    hours_slowest_tenth: float | None
    contacted_in_time: tuple[int, int]
    outcomes: list[tuple[str, int]]
    visits: dict[str, int]
    asked: list[tuple[str, int]]
    events: list[tuple[str, int]]
    wants: list[tuple[str, int]]
    partners: list[tuple[str, int]]


def waiting(session: Session, viewer: Viewer, *, now: datetime | None = None) -> Waiting:
    """What waits, in one query. Raises NotAllowed for a role without a queue."""
    now = now or clock.now()
    seen = leads.visible(viewer).with_only_columns(
        Lead.state, Lead.claimed_by, Lead.planner_id, Lead.contacted_at, Lead.contact_due_at).subquery()
    own = seen.c.claimed_by == viewer.name
    if viewer.planner_id:
        own = own | (seen.c.planner_id == viewer.planner_id)
    late = seen.c.contacted_at.is_(None) & (seen.c.contact_due_at < now) & seen.c.state.in_(
        (*QUEUED_STATES, "claimed"))
    rows = session.execute(select(
        seen.c.state, func.count(), func.sum(case((own, 1), else_=0)), func.sum(case((late, 1), else_=0)),
    ).group_by(seen.c.state)).all()
    return Waiting(
        by_state={state: count for state, count, _, _ in rows},
        open=sum(count for state, count, _, _ in rows if state in OPEN_STATES),
        mine=sum(mine for state, _, mine, _ in rows if state in OPEN_STATES),
        overdue=sum(overdue for _, _, _, overdue in rows))


def numbers(
    session: Session, viewer: Viewer, *, center_id: str | None = None, weeks: int = 12, now: datetime | None = None
) -> Numbers:
    """The numbers of the last ``weeks`` weeks; administrators may narrow them to a center.

    Raises NotAllowed for everybody but center leads and administrators.
    """
    if viewer.role not in ("center_lead", "administrator"):
        raise NotAllowed()
    now = now or clock.now()
    monday = now.date() - timedelta(days=now.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    query = leads.visible(viewer)
    if center_id:
        query = query.where(Lead.center_id == center_id)
    since = datetime.combine(first, datetime.min.time(), now.tzinfo)
    found = session.execute(query.with_only_columns(
        Lead.id, Lead.state, Lead.close_reason, Lead.created_at, Lead.contacted_at, Lead.contact_due_at, Lead.facts,
        Lead.partner).where(Lead.created_at >= since)).all()
    spent = {row.id: business_hours_between(row.created_at, row.contacted_at) for row in found if row.contacted_at}
    hours = sorted(spent.values())
    due = [row for row in found if row.contacted_at or row.contact_due_at < now]
    return Numbers(
        total=len(found), load=_load(session, query), weeks=_weeks(found, spent, first, weeks),
        hours_median=median(hours) if hours else None,
        hours_slowest_tenth=hours[int(len(hours) * 0.9)] if hours else None,
        contacted_in_time=(sum(bool(row.contacted_at and row.contacted_at <= row.contact_due_at) for row in due),
                           len(due)),
        outcomes=Counter(row.close_reason for row in found if row.close_reason).most_common(),
        visits=_visits(session, [row.id for row in found]), asked=_asked(session, query, since),
        events=_events(found),
        wants=Counter(want for row in found for want in row.facts.get("wants") or []).most_common(),
        partners=Counter(row.partner or "" for row in found).most_common())


def _load(session: Session, query: Any) -> list[tuple[str, int, int]]:
    """(who, open leads, of them not contacted yet), the most loaded first."""
    seen = query.with_only_columns(Lead.planner_id, Lead.state, Lead.contacted_at).where(
        Lead.state.in_(OPEN_STATES)).subquery()
    rows = session.execute(
        select(Planner.name, Planner.center_id, func.count(),
               func.sum(case((seen.c.contacted_at.is_(None), 1), else_=0)))
        .select_from(seen).outerjoin(Planner, Planner.id == seen.c.planner_id)
        .group_by(seen.c.planner_id, Planner.name, Planner.center_id)).all()
    several = len({center for _, center, _, _ in rows}) > 1
    named = [(f"{name} ({_center(center)})" if name and several else name or "담당 없음", count, waits)
             for name, center, count, waits in rows]
    return sorted(named, key=lambda row: -row[1])[:20]


def _center(center_id: str) -> str:
    known = places.places().centers.get(center_id)
    return known.name.removesuffix("고용센터") if known else center_id


def _weeks(found: Any, spent: dict[str, float], first: date, weeks: int) -> list[Week]:
    came: Counter[date] = Counter()
    hours: dict[date, list[float]] = defaultdict(list)
    for row in found:
        day = row.created_at.date()
        monday = day - timedelta(days=day.weekday())
        came[monday] += 1
        if row.id in spent:
            hours[monday].append(spent[row.id])
    mondays = [first + timedelta(weeks=step) for step in range(weeks)]
    return [Week(day, came[day], median(hours[day]) if hours[day] else None) for day in mondays]


def _visits(session: Session, lead_ids: list[str]) -> dict[str, int]:
    """How many of the leads ever reached a visit, missed one, or got a plan."""
    if not lead_ids:
        return {}
    rows = session.execute(
        select(LeadMove.to_state, func.count(func.distinct(LeadMove.lead_id)))
        .join(Lead, Lead.id == LeadMove.lead_id)
        .where(Lead.id.in_(lead_ids[:20_000]), LeadMove.to_state.in_(("visited", "no_show", "plan_delivered")))
        .group_by(LeadMove.to_state)).all()
    return {state: count for state, count in rows}


def _asked(session: Session, query: Any, since: datetime) -> list[tuple[str, int]]:
    """Programs that came into question, by how many of the newest ``ASKED_OF`` firms: screenings are large."""
    newest = query.with_only_columns(Lead.screening).where(Lead.created_at >= since, Lead.screening.is_not(None))
    counted: Counter[str] = Counter()
    for screening in session.execute(newest.order_by(Lead.created_at.desc()).limit(ASKED_OF)).scalars():
        for verdict in screening.get("verdicts", []):
            if verdict.get("status") in _PROMISING and verdict.get("relevant", True):
                counted[str(verdict.get("short_name") or verdict.get("name") or verdict.get("program"))] += 1
    return counted.most_common(12)


def _events(found: Any) -> list[tuple[str, int]]:
    return Counter(str(event["type"]) for row in found for event in row.facts.get("events") or []
                   if event.get("type")).most_common()
