"""Tables of the calendar: planners, their hours, what closes them, and the visits that take their time."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text, Time, text

from bot.desk.base import Base, KoreanTime, new_id
from knowledge_base.clock import now

VISIT_STATES = ("held", "booked", "visited", "no_show", "cancelled", "expired", "released")
ACTIVE_VISIT_STATES = ("held", "booked")
CLOSURE_KINDS = ("leave", "blocked", "holiday")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class Planner(Base):
    """A person at a center who visits firms. ``seeded`` marks the one made for a center nobody has set up yet."""

    __tablename__ = "planners"
    id: str = Column(String(60), primary_key=True)
    center_id: str = Column(String(60), nullable=False, index=True)
    name: str = Column(String(80), nullable=False)
    email: str | None = Column(String(254))
    phone: str | None = Column(String(40))
    active: bool = Column(Boolean, nullable=False, default=True)
    seeded: bool = Column(Boolean, nullable=False, default=False)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    __table_args__ = (CheckConstraint("id NOT LIKE '%.%' AND center_id NOT LIKE '%.%'", name="no_dots"),)


class CenterSettings(Base):
    """How visits of one center are cut; a center without a row goes by ``defaults.yaml``. Minutes, hours, days."""

    __tablename__ = "center_settings"
    center_id: str = Column(String(60), primary_key=True)
    visit_minutes: int = Column(Integer, nullable=False)
    travel_minutes: int = Column(Integer, nullable=False)
    notice_hours: int = Column(Integer, nullable=False)
    horizon_days: int = Column(Integer, nullable=False)
    daily_cap: int = Column(Integer, nullable=False)
    cutoff_hours: int = Column(Integer, nullable=False)
    email: str | None = Column(String(254))
    __table_args__ = (
        CheckConstraint("visit_minutes > 0 AND visit_minutes % 30 = 0", name="visit_on_grid"),
        CheckConstraint("travel_minutes >= 0 AND travel_minutes % 30 = 0", name="travel_on_grid"),
        CheckConstraint("notice_hours >= 0 AND cutoff_hours >= 0", name="notice"),
        CheckConstraint("horizon_days > 0 AND daily_cap > 0", name="reach"),
    )


class WorkingHours(Base):
    """A stretch of a planner's week, in minutes after midnight KST; ``is_break`` takes time out again (lunch)."""

    __tablename__ = "working_hours"
    id: int = Column(Integer, primary_key=True)
    planner_id: str = Column(ForeignKey("planners.id", ondelete="CASCADE"), nullable=False, index=True)
    weekday: int = Column(Integer, nullable=False)
    starts: int = Column(Integer, nullable=False)
    ends: int = Column(Integer, nullable=False)
    is_break: bool = Column(Boolean, nullable=False, default=False)
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("0 <= starts AND starts < ends AND ends <= 1440", name="order"),
        CheckConstraint("starts % 30 = 0 AND ends % 30 = 0", name="on_grid"),
    )


class Closure(Base):
    """A time without visits: of one planner (leave), of one center, or everywhere (both empty)."""

    __tablename__ = "closures"
    id: str = Column(String(36), primary_key=True, default=new_id)
    center_id: str | None = Column(String(60), index=True)
    planner_id: str | None = Column(ForeignKey("planners.id", ondelete="CASCADE"), index=True)
    kind: str = Column(String(20), nullable=False)
    starts_at: datetime = Column(KoreanTime, nullable=False)
    ends_at: datetime = Column(KoreanTime, nullable=False)
    note: str | None = Column(String(200))
    created_by: str | None = Column(String(80))
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint(_one_of("kind", CLOSURE_KINDS), name="kind"),
        CheckConstraint("planner_id IS NULL OR center_id IS NULL", name="one_scope"),
    )


class Visit(Base):
    """A planner's time at a firm, first held and then booked. ``sequence`` counts its changes for invitations."""

    __tablename__ = "visits"
    id: str = Column(String(36), primary_key=True, default=new_id)
    center_id: str = Column(String(60), nullable=False)
    planner_id: str = Column(ForeignKey("planners.id"), nullable=False)
    starts_at: datetime = Column(KoreanTime, nullable=False)
    ends_at: datetime = Column(KoreanTime, nullable=False)
    busy_until: datetime = Column(KoreanTime, nullable=False)
    state: str = Column(String(20), nullable=False)
    expires_at: datetime | None = Column(KoreanTime)
    conversation_id: str | None = Column(String(120), index=True)
    lead_id: str | None = Column(ForeignKey("leads.id"), index=True)
    sequence: int = Column(Integer, nullable=False, default=0)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    updated_at: datetime = Column(KoreanTime, nullable=False, default=now, onupdate=now)
    __table_args__ = (
        CheckConstraint(_one_of("state", VISIT_STATES), name="state"),
        CheckConstraint("starts_at < ends_at AND ends_at <= busy_until", name="order"),
        CheckConstraint("(state = 'held') = (expires_at IS NOT NULL)", name="only_holds_expire"),
        CheckConstraint("state NOT IN ('booked', 'visited', 'no_show') OR lead_id IS NOT NULL", name="booked_for"),
        Index("ux_visits_active", "planner_id", "starts_at", unique=True,
              sqlite_where=text("state IN ('held', 'booked')"), postgresql_where=text("state IN ('held', 'booked')")),
        Index("ux_visits_one_per_lead", "lead_id", unique=True,
              sqlite_where=text("state = 'booked'"), postgresql_where=text("state = 'booked'")),
        Index("ux_visits_one_hold", "conversation_id", unique=True,
              sqlite_where=text("state = 'held'"), postgresql_where=text("state = 'held'")),
        Index("ix_visits_center_starts", "center_id", "starts_at"),
    )


class TakenTime(Base):
    """One half hour of a planner taken by an active visit or the way after it.

    The primary key is what forbids overlaps, also between visits cut to different lengths before and after
    a center changed its settings.
    """

    __tablename__ = "taken_times"
    planner_id: str = Column(ForeignKey("planners.id"), primary_key=True)
    at: datetime = Column(KoreanTime, primary_key=True)
    visit_id: str = Column(ForeignKey("visits.id", ondelete="CASCADE"), nullable=False, index=True)


class Waiting(Base):
    """A lead that wants a visit in a window that is full; ``opening_id`` is the time it was told of."""

    __tablename__ = "waiting"
    id: str = Column(String(36), primary_key=True, default=new_id)
    center_id: str = Column(String(60), nullable=False)
    starts_at: datetime = Column(KoreanTime, nullable=False)
    ends_at: datetime = Column(KoreanTime, nullable=False)
    daily_from: time | None = Column(Time)
    daily_until: time | None = Column(Time)
    lead_id: str = Column(ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True)
    state: str = Column(String(20), nullable=False, default="waiting")
    opening_id: str | None = Column(Text)
    told_at: datetime | None = Column(KoreanTime)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint(_one_of("state", ("waiting", "told", "left")), name="state"),
        CheckConstraint("(state = 'told') = (told_at IS NOT NULL)", name="told"),
        CheckConstraint("(daily_from IS NULL) = (daily_until IS NULL)", name="daily"),
        Index("ix_waiting_center", "center_id", "state", "created_at"),
    )
