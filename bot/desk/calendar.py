"""Which visit times are free: working hours, breaks, leave, public holidays, notice, daily cap and visits made.

Everything is computed in KST. An opening only says that a time *was* free; ``booking`` takes it, and the database
decides who got it. Changing hours and closures is ``calendar_edits``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot.desk import load
from bot.desk.calendar_models import CenterSettings, Closure, Planner, Visit, WorkingHours
from bot.desk.errors import DeskError
from bot.desk.settings import CenterRules, defaults
from knowledge_base import clock, places
from knowledge_base.clock import KST
from knowledge_base.contacts import holiday_name
from knowledge_base.korean import josa, korean_date

GRID = timedelta(minutes=30)
_PARTS = {"morning": (time(0, 0), time(12)), "afternoon": (time(12), time(18)), "evening": (time(17), time(23, 59))}


class OpeningUnavailable(DeskError):
    """The time asked for cannot be had. ``alternatives`` are the nearest that can, possibly none."""

    default = "그 시간은 예약할 수 없어요. 다른 시간을 골라 주세요."

    def __init__(self, message: str | None = None, alternatives: tuple[Opening, ...] = ()) -> None:
        super().__init__(message)
        self.alternatives = alternatives


class OpeningUnknown(OpeningUnavailable):
    """No planner's calendar has this time: a made-up id, or hours that have changed since it was offered."""

    default = "그런 방문 시간은 없어요. 다른 시간을 골라 주세요."


class OpeningPast(OpeningUnavailable):
    """The time lies in the past."""

    default = "이미 지난 시간이에요. 다른 시간을 골라 주세요."


class OpeningTooSoon(OpeningUnavailable):
    """The time is nearer than the center's notice."""

    default = "준비할 시간이 모자라 그 시간은 예약할 수 없어요. 조금 더 뒤의 시간을 골라 주세요."


class OpeningTooFar(OpeningUnavailable):
    """The time is beyond the center's horizon."""

    default = "아직 그때 일정은 열리지 않았어요. 더 가까운 날을 골라 주세요."


class OpeningOnHoliday(OpeningUnavailable):
    """The day is a public holiday."""


class OpeningClosed(OpeningUnavailable):
    """The planner is on leave, the center has blocked the time, or the day is full."""

    default = "그 시간에는 플래너가 방문할 수 없어요. 다른 시간을 골라 주세요."


class OpeningOfOtherCenter(OpeningUnavailable):
    """The opening belongs to another center than the one in charge."""

    default = "관할이 아닌 센터의 시간이에요. 관할 센터의 시간 가운데 골라 주세요."


@dataclass(frozen=True)
class Opening:
    """A free visit time. ``id`` is an opaque stable string; times are aware, KST; ``busy_until`` counts the way."""

    id: str
    center_id: str
    planner_id: str
    starts_at: datetime
    ends_at: datetime
    busy_until: datetime

    @property
    def half_hours(self) -> list[datetime]:
        """The half hours of the planner that a visit here takes, in order."""
        count = (self.busy_until - self.starts_at) // GRID
        return [self.starts_at + GRID * step for step in range(count)]


@dataclass(frozen=True)
class Window:
    """When somebody would like a visit: from ``start`` (included) to ``end`` (not included), aware, KST.

    ``daily`` narrows each day of it ("다음 주 오후": a week, every day from 12:00 to 18:00).
    """

    start: datetime
    end: datetime
    daily: tuple[time, time] | None = None

    @classmethod
    def read(cls, value: Window | Mapping[str, Any]) -> Window:
        """A window from an entity's ``{"start", "end"}`` (ISO); ``part`` may be morning, afternoon or evening.

        Raises OpeningUnavailable when the times cannot be read.
        """
        if isinstance(value, Window):
            return value
        try:
            start, end = _moment(value["start"]), _moment(value["end"])
        except (KeyError, TypeError, ValueError) as error:
            raise OpeningUnavailable("언제가 좋으신지 모르겠어요. “다음 주 화요일”처럼 말씀해 주세요.") from error
        return cls(start, max(end, start + GRID), _PARTS.get(str(value.get("part"))))

    def holds(self, moment: datetime) -> bool:
        """Whether a visit may start at ``moment``."""
        within_day = self.daily is None or self.daily[0] <= moment.timetz().replace(tzinfo=None) < self.daily[1]
        return self.start <= moment < self.end and within_day


def openings(
    session: Session, center_id: str, *, window: Window | Mapping[str, Any] | None = None, limit: int = 3,
    now: datetime | None = None, planner_id: str | None = None, spread: bool = True,
) -> list[Opening]:
    """Up to ``limit`` free times of a center in order of time, one per start time, spread over days and hours.

    Where several planners are free at a time, the one with the least work is offered; ``planner_id`` narrows to
    one. ``window`` narrows to what the person asked for; an empty list means that nothing there is free.
    """
    agenda = Agenda.load(session, center_id, now=now, planner_id=planner_id)
    wanted = Window.read(window) if window is not None else None
    asked_for = (item for item in agenda.free() if wanted is None or wanted.holds(item.starts_at))
    free = _one_planner_each(session, asked_for)
    return _spread(free, limit) if spread else free[:limit]


def nearest(
    session: Session, center_id: str, moment: datetime, *, limit: int = 3, now: datetime | None = None,
    besides: str | None = None,
) -> tuple[Opening, ...]:
    """The free times nearest to ``moment``, in order of time, without the opening ``besides``."""
    found = _one_planner_each(session, (
        opening for opening in Agenda.load(session, center_id, now=now).free() if opening.id != besides))
    nearby = sorted(found, key=lambda opening: (abs(opening.starts_at - moment), opening.starts_at))[:limit]
    return tuple(sorted(nearby, key=lambda opening: opening.starts_at))


def opening_of(
    session: Session, opening_id: str, *, center_id: str | None = None, now: datetime | None = None
) -> Opening:
    """The opening of an id, if the calendar still has it; whether a visit is there is not looked at.

    Raises the OpeningUnavailable that fits, with alternatives where there are any.
    """
    now = now or clock.now()
    named_center, planner_id, starts_at = _read_id(opening_id)
    if center_id is not None and named_center != center_id:
        raise OpeningOfOtherCenter(alternatives=tuple(openings(session, center_id, now=now)))
    try:
        return Agenda.load(session, named_center, now=now, planner_id=planner_id).opening(planner_id, starts_at)
    except OpeningUnavailable as refusal:
        refusal.alternatives = nearest(session, named_center, max(starts_at, now), now=now, besides=opening_id)
        raise


def may_open(
    session: Session, center_id: str, window: Window | Mapping[str, Any], *, now: datetime | None = None
) -> bool:
    """Whether anything of a window could ever come free: not on holidays, outside working hours or within the notice.

    What lies beyond the horizon can: its days open one by one.
    """
    agenda, wanted = Agenda.load(session, center_id, now=now), Window.read(window)
    first = max(wanted.start, agenda.earliest)
    days = (first.date() + timedelta(days=step) for step in range((wanted.end - first).days + 2))
    return any(
        first <= opening.starts_at and wanted.holds(opening.starts_at)
        for day in days if holiday_name(day) is None
        for planner in agenda.planners for opening in agenda.times_of(planner.id, day))


def rules_of(session: Session, center_id: str) -> CenterRules:
    """The working rules of a center: its own, or the defaults."""
    own = session.get(CenterSettings, center_id)
    if own is None:
        return defaults().center
    return CenterRules(**{name: getattr(own, name) for name in CenterRules.__fields__})


def seed(session: Session) -> None:
    """Give every center that has no planner one with the default week."""
    staffed = set(session.execute(select(Planner.center_id).distinct()).scalars())
    for center in places.centers():
        if center.id not in staffed:
            session.add(Planner(id=f"{center.id}-1", center_id=center.id, name=defaults().planner.name, seeded=True))


@dataclass
class Agenda:
    """All that decides what is free at a center, read in five queries."""

    center_id: str
    now: datetime
    rules: CenterRules
    planners: list[Planner]
    hours: Mapping[str, list[WorkingHours]]
    closures: list[Closure]
    visits: Mapping[str, list[tuple[datetime, datetime]]]

    @classmethod
    def load(
        cls, session: Session, center_id: str, *, now: datetime | None = None, planner_id: str | None = None
    ) -> Agenda:
        """The agenda of a center (or of one planner there) from ``now`` to its horizon."""
        now = (now or clock.now()).astimezone(KST)
        rules = rules_of(session, center_id)
        chosen = select(Planner).where(Planner.center_id == center_id, Planner.active).order_by(Planner.id)
        planners = list(session.execute(
            chosen.where(Planner.id == planner_id) if planner_id else chosen).scalars())
        ids = [planner.id for planner in planners]
        hours: dict[str, list[WorkingHours]] = defaultdict(list)
        for row in session.execute(select(WorkingHours).where(WorkingHours.planner_id.in_(ids))).scalars():
            hours[row.planner_id].append(row)
        until = now + timedelta(days=rules.horizon_days + 2)
        closures = list(session.execute(select(Closure).where(
            Closure.ends_at > now, Closure.starts_at < until,
            or_(Closure.planner_id.in_(ids), Closure.center_id == center_id,
                and_(Closure.planner_id.is_(None), Closure.center_id.is_(None))))).scalars())
        return cls(center_id, now, rules, planners, hours, closures, _visits(session, ids, now, until))

    @property
    def earliest(self) -> datetime:
        """The first moment at which a visit may start."""
        return self.now + timedelta(hours=self.rules.notice_hours)

    @property
    def last_day(self) -> date:
        """The last day on which a visit may start."""
        return self.now.date() + timedelta(days=self.rules.horizon_days)

    def free(self) -> Iterator[Opening]:
        """Every free opening up to the horizon, by day, planner and time."""
        day = self.earliest.date()
        while day <= self.last_day:
            if holiday_name(day) is None:
                for planner in self.planners:
                    yield from (opening for opening in self.times_of(planner.id, day) if self._is_free(opening))
            day += timedelta(days=1)

    def opening(self, planner_id: str, starts_at: datetime) -> Opening:
        """The opening of a planner at a time, visits left out of account. Raises OpeningUnavailable."""
        day = starts_at.date()
        if starts_at <= self.now:
            raise OpeningPast()
        if name := holiday_name(day):
            raise OpeningOnHoliday(
                f"{josa(korean_date(day), '은/는')} 공휴일({name})이라 방문할 수 없어요. 다른 날을 골라 주세요.")
        if day > self.last_day:
            raise OpeningTooFar()
        if not any(planner.id == planner_id for planner in self.planners):
            raise OpeningUnknown()
        found = next((item for item in self.times_of(planner_id, day) if item.starts_at == starts_at), None)
        if found is None:
            raise OpeningUnknown()
        if starts_at < self.earliest:
            raise OpeningTooSoon()
        if self._closed(found):
            raise OpeningClosed()
        return found

    def day_is_full(self, planner_id: str, day: date) -> bool:
        """Whether the planner's active visits of a day have reached the cap."""
        made = sum(start.date() == day for start, _ in self.visits.get(planner_id, ()))
        return made >= int(self.rules.daily_cap)

    def _is_free(self, opening: Opening) -> bool:
        return (
            opening.starts_at >= self.earliest
            and not self._closed(opening)
            and not self.day_is_full(opening.planner_id, opening.starts_at.date())
            and not any(start < opening.busy_until and opening.starts_at < busy_until
                        for start, busy_until in self.visits.get(opening.planner_id, ()))
        )

    def _closed(self, opening: Opening) -> bool:
        way = timedelta(minutes=self.rules.travel_minutes)
        return any(
            closure.planner_id in (None, opening.planner_id)
            and closure.starts_at < opening.ends_at + way and opening.starts_at - way < closure.ends_at
            for closure in self.closures
        )

    def times_of(self, planner_id: str, day: date) -> Iterator[Opening]:
        """The times into which a planner's working day is cut, free or not."""
        visit = timedelta(minutes=self.rules.visit_minutes)
        way = timedelta(minutes=self.rules.travel_minutes)
        midnight = datetime.combine(day, time(), tzinfo=KST)
        for begins, ends in _stretches(self.hours.get(planner_id), day.weekday()):
            starts_at = midnight + timedelta(minutes=begins) + way
            while starts_at + visit + way <= midnight + timedelta(minutes=ends):
                yield Opening(
                    f"{self.center_id}.{planner_id}.{starts_at:%Y%m%dT%H%M}", self.center_id, planner_id,
                    starts_at, starts_at + visit, starts_at + visit + way)
                starts_at += visit + way


def _visits(
    session: Session, planner_ids: list[str], now: datetime, until: datetime
) -> dict[str, list[tuple[datetime, datetime]]]:
    """Start and end (way included) of the active visits of each planner; holds that have run out do not count."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = session.execute(select(Visit.planner_id, Visit.starts_at, Visit.busy_until).where(
        Visit.planner_id.in_(planner_ids), Visit.starts_at > now - timedelta(days=1), Visit.starts_at < until,
        or_(Visit.state == "booked", and_(Visit.state == "held", Visit.expires_at > now))))
    for planner_id, starts_at, busy_until in rows:
        found[planner_id].append((starts_at, busy_until))
    return found


def _stretches(own: list[WorkingHours] | None, weekday: int) -> list[tuple[int, int]]:
    """The working stretches of a weekday in minutes after midnight, breaks taken out."""
    if own:
        work = [(row.starts, row.ends) for row in own if row.weekday == weekday and not row.is_break]
        breaks = [(row.starts, row.ends) for row in own if row.weekday == weekday and row.is_break]
    else:
        week = defaults().planner
        work = [_minutes(week.work)] if weekday in week.weekdays else []
        breaks = [_minutes(week.lunch)]
    for pause_from, pause_to in breaks:
        work = [
            piece for begins, ends in work
            for piece in ((begins, min(ends, pause_from)), (max(begins, pause_to), ends)) if piece[0] < piece[1]
        ]
    return sorted(work)


def _minutes(span: tuple[time, time]) -> tuple[int, int]:
    return span[0].hour * 60 + span[0].minute, span[1].hour * 60 + span[1].minute


def _one_planner_each(session: Session, found: Iterable[Opening]) -> list[Opening]:
    """One opening per start time, of the planner with the least work; in order of time."""
    by_start: dict[datetime, list[Opening]] = defaultdict(list)
    for opening in found:
        by_start[opening.starts_at].append(opening)
    candidates = {opening.planner_id for same in by_start.values() for opening in same}
    order = load.fair_order(session, candidates) if len(candidates) > 1 else {name: 0 for name in candidates}
    return [min(by_start[start], key=lambda item: order[item.planner_id]) for start in sorted(by_start)]


def _spread(free: list[Opening], limit: int) -> list[Opening]:
    """``limit`` of the free times: day after day a different hour, so that the choice is a real one."""
    days: dict[date, list[Opening]] = defaultdict(list)
    for opening in free:
        days[opening.starts_at.date()].append(opening)
    chosen: list[Opening] = []
    turn = 0
    while len(chosen) < limit and any(days.values()):
        for day in list(days):
            if days[day] and len(chosen) < limit:
                chosen.append(days[day].pop(turn % len(days[day])))
                turn += 1
    return sorted(chosen, key=lambda opening: opening.starts_at)


def opening_starts_at(opening_id: str) -> datetime:
    """When the opening of an id begins (KST), whether it is free or not. Raises OpeningUnknown."""
    return _read_id(opening_id)[2]


def _read_id(opening_id: str) -> tuple[str, str, datetime]:
    try:
        center_id, planner_id, stamp = opening_id.split(".")
        return center_id, planner_id, datetime.strptime(stamp, "%Y%m%dT%H%M").replace(tzinfo=KST)
    except ValueError as error:
        raise OpeningUnknown() from error


def _moment(value: datetime | str) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value.replace("Z", "+00:00"))
    return moment.replace(tzinfo=KST) if moment.tzinfo is None else moment.astimezone(KST)
