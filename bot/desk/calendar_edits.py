"""Changing the calendar from the desk: planners, weekly hours, leave, closed days and how visits are cut.

Nothing here moves a visit: what a change runs into is given back, so that somebody calls the firm first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.desk import waiting
from bot.desk.audit import record
from bot.desk.calendar_models import CLOSURE_KINDS, CenterSettings, Closure, Planner, Visit, WorkingHours
from bot.desk.contact_data import normal_email
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.leads import Viewer
from bot.desk.settings import CenterRules
from knowledge_base import clock, places

_WEEKDAYS = "월화수목금토일"


class CalendarInvalid(DeskError):
    """Hours, rules or closures that cannot be; the message names what to change."""


@dataclass(frozen=True)
class Hours:
    """One working stretch (or, with ``is_break``, one break) of a weekday (Monday is 0), in KST on half hours."""

    weekday: int
    starts: time
    ends: time
    is_break: bool = False


def add_planner(session: Session, viewer: Viewer, center_id: str, name: str, *, email: str | None = None) -> Planner:
    """Add a planner to a center. The planner made for a center nobody had set up stops taking visits."""
    _may_edit(viewer, center_id)
    if center_id not in places.places().centers:
        raise NotFound("그런 센터가 없어요.")
    if not name.strip():
        raise CalendarInvalid("플래너 이름을 적어 주세요.")
    same_center = session.execute(select(Planner).where(Planner.center_id == center_id)).scalars().all()
    for planner in same_center:
        planner.active = planner.active and not planner.seeded
    number = max((int(planner.id.rsplit("-", 1)[1]) for planner in same_center), default=0) + 1
    added: Planner = Planner(id=f"{center_id}-{number}", center_id=center_id, name=name.strip(),
                    email=normal_email(email) if email else None)
    session.add(added)
    session.flush()
    record(session, viewer.name, "planner.added", added.id)
    waiting.tell_all(session, center_id)
    return added


def edit_planner(
    session: Session, viewer: Viewer, planner_id: str, *, name: str | None = None, email: str | None = None,
    active: bool | None = None,
) -> Planner:
    """Change a planner's name or address, or stop (start) offering visits. Visits already made stay."""
    planner = _planner(session, viewer, planner_id)
    if name is not None and name.strip():
        planner.name, planner.seeded = name.strip(), False
    if email is not None:
        planner.email = normal_email(email) if email.strip() else None
    if active is not None:
        planner.active = active
        session.flush()
        waiting.tell_all(session, planner.center_id)
    record(session, viewer.name, "planner.edited", planner_id, {"active": planner.active})
    return planner


def set_hours(session: Session, viewer: Viewer, planner_id: str, week: Sequence[Hours]) -> list[Visit]:
    """Replace a planner's week and give the visits ahead that no longer lie in it. Raises CalendarInvalid."""
    planner = _planner(session, viewer, planner_id)
    if not any(not hours.is_break for hours in week):
        raise CalendarInvalid("근무 시간이 하나도 없어요. 방문을 쉬려면 플래너를 ‘쉼’으로 바꿔 주세요.")
    rows = [_row(planner_id, hours) for hours in week]
    session.execute(delete(WorkingHours).where(WorkingHours.planner_id == planner_id))
    session.add_all(rows)
    session.flush()
    record(session, viewer.name, "hours.set", planner_id, {"rows": len(rows)})
    waiting.tell_all(session, planner.center_id)
    return [visit for visit in _ahead(session, Visit.planner_id == planner.id) if not _inside(visit, rows)]


def close(
    session: Session, viewer: Viewer, starts_at: datetime, ends_at: datetime, *, kind: str = "blocked",
    planner_id: str | None = None, center_id: str | None = None, note: str | None = None,
) -> tuple[Closure, list[Visit]]:
    """Close a time for a planner (leave), a center, or, for administrators, everywhere; gives the visits in it."""
    if kind not in CLOSURE_KINDS or starts_at >= ends_at:
        raise CalendarInvalid("쉬는 시간의 시작이 끝보다 앞이어야 해요.")
    if planner_id is not None:
        _planner(session, viewer, planner_id)
        scope, center_id = Visit.planner_id == planner_id, None
    elif center_id is not None:
        _may_edit(viewer, center_id)
        scope = Visit.center_id == center_id
    elif viewer.role == "administrator":
        scope = Visit.id.is_not(None)
    else:
        raise NotAllowed()
    closure = Closure(center_id=center_id, planner_id=planner_id, kind=kind, starts_at=starts_at, ends_at=ends_at,
                      note=note, created_by=viewer.name)
    session.add(closure)
    session.flush()
    record(session, viewer.name, "closure.added", closure.id, {"kind": kind})
    hit = [visit for visit in _ahead(session, scope) if visit.starts_at < ends_at and starts_at < visit.ends_at]
    return closure, hit


def reopen(session: Session, viewer: Viewer, closure_id: str) -> None:
    """Take a closure back, and tell who waits for a time in it. Raises NotFound."""
    closure = session.get(Closure, closure_id)
    if closure is None:
        raise NotFound("그런 휴무가 없어요. 이미 지워졌을 수 있어요.")
    if closure.planner_id is not None:
        _planner(session, viewer, closure.planner_id)
    else:
        _may_edit(viewer, closure.center_id)
    session.delete(closure)
    session.flush()
    record(session, viewer.name, "closure.removed", closure_id)
    if closure.planner_id is not None:
        reached = [_planner(session, viewer, closure.planner_id).center_id]
    else:
        reached = [closure.center_id] if closure.center_id else waiting.centers_waited_for(session)
    for center_id in reached:
        waiting.tell_all(session, center_id)


def set_rules(
    session: Session, viewer: Viewer, center_id: str, rules: CenterRules, *, email: str | None = None
) -> CenterSettings:
    """Set how visits of a center are cut; visits already made keep their times. ``email`` gets the center's mail."""
    _may_edit(viewer, center_id)
    settings: CenterSettings = session.get(CenterSettings, center_id) or CenterSettings(center_id=center_id)
    for name, value in rules.dict().items():
        setattr(settings, name, value)
    settings.email = normal_email(email) if email else None
    session.add(settings)
    session.flush()
    record(session, viewer.name, "rules.set", center_id, rules.dict())
    waiting.tell_all(session, center_id)
    return settings


def week_of(session: Session, viewer: Viewer, center_id: str, starts_at: datetime, ends_at: datetime) -> list[Visit]:
    """The booked, made and missed visits of a center between two moments, in order of time."""
    if viewer.role == "partner":
        raise NotAllowed()
    if viewer.role != "administrator" and viewer.center_id != center_id:
        raise NotFound("그런 센터가 없어요.")
    return list(session.execute(select(Visit).where(
        Visit.center_id == center_id, Visit.starts_at >= starts_at, Visit.starts_at < ends_at,
        Visit.state.in_(("booked", "visited", "no_show"))).order_by(Visit.starts_at, Visit.planner_id)).scalars())


def visits_of_day(session: Session, viewer: Viewer, center_id: str, *, now: datetime | None = None) -> list[Visit]:
    """The visits of a center on the day of ``now``, in order of time."""
    midnight = datetime.combine((now or clock.now()).date(), time(), clock.KST)
    return week_of(session, viewer, center_id, midnight, midnight + timedelta(days=1))


def _may_edit(viewer: Viewer, center_id: str | None) -> None:
    if viewer.role == "administrator" or (
            viewer.role == "center_lead" and center_id is not None and viewer.center_id == center_id):
        return
    raise NotAllowed()


def _planner(session: Session, viewer: Viewer, planner_id: str) -> Planner:
    planner: Planner | None = session.get(Planner, planner_id)
    if planner is None:
        raise NotFound("그런 플래너가 없어요.")
    if not (viewer.role == "planner" and viewer.planner_id == planner_id):
        _may_edit(viewer, planner.center_id)
    return planner


def _row(planner_id: str, hours: Hours) -> WorkingHours:
    starts, ends = (value.hour * 60 + value.minute for value in (hours.starts, hours.ends))
    if not 0 <= hours.weekday <= 6 or starts >= ends or starts % 30 or ends % 30:
        day = _WEEKDAYS[hours.weekday] if 0 <= hours.weekday <= 6 else "?"
        raise CalendarInvalid(f"{day}요일 시간은 30분 단위로, 시작이 끝보다 앞이어야 해요.")
    row: WorkingHours = WorkingHours(
        planner_id=planner_id, weekday=hours.weekday, starts=starts, ends=ends, is_break=hours.is_break)
    return row


def _ahead(session: Session, scope: object) -> list[Visit]:
    return list(session.execute(select(Visit).where(
        scope, Visit.state == "booked", Visit.starts_at > clock.now()).order_by(Visit.starts_at)).scalars())


def _inside(visit: Visit, rows: list[WorkingHours]) -> bool:
    begins = visit.starts_at.hour * 60 + visit.starts_at.minute
    ends = visit.ends_at.hour * 60 + visit.ends_at.minute
    day = [row for row in rows if row.weekday == visit.starts_at.weekday()]
    return any(row.starts <= begins and ends <= row.ends for row in day if not row.is_break) and not any(
        row.starts < ends and begins < row.ends for row in day if row.is_break)
