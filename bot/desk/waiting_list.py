"""The waiting list as the desk sees it: which leads wait for which times, and whom a planner has to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import leads, waiting
from bot.desk.calendar_models import Waiting
from bot.desk.errors import NotAllowed
from bot.desk.lead_models import Lead
from bot.desk.leads import Viewer
from bot.desk.waiting import Wish
from knowledge_base import clock


@dataclass(frozen=True)
class Row:
    """A lead and one wish of it. ``to_call`` says that a time is free and nobody but a planner can tell them."""

    lead: Lead
    wish: Wish
    by_mail: bool

    @property
    def to_call(self) -> bool:
        """Whether a planner has to call."""
        return self.wish.told_at is not None and not self.by_mail


def listing(session: Session, viewer: Viewer, *, now: datetime | None = None) -> list[Row]:
    """Everybody the viewer may see who waits for a time ahead: first whom to call, then who has waited longest.

    Raises NotAllowed for partners.
    """
    if viewer.role == "partner":
        raise NotAllowed()
    mine = leads.visible(viewer).with_only_columns(Lead.id)
    found = session.execute(
        select(Waiting, Lead, Lead.email.is_not(None)).join(Lead, Lead.id == Waiting.lead_id)
        .options(*leads.LIGHT).where(
            Lead.id.in_(mine), Waiting.state.in_(("waiting", "told")), Waiting.ends_at > (now or clock.now()))
        .order_by(Waiting.created_at, Waiting.id)).all()
    rows = [Row(lead, waiting.wish(entry), by_mail) for entry, lead, by_mail in found]
    return sorted(rows, key=lambda row: not row.to_call)


def waiting_leads(session: Session, lead_ids: Iterable[str], *, now: datetime | None = None) -> set[str]:
    """Which of these leads wait for a time or have been told of one."""
    return set(session.execute(select(Waiting.lead_id).where(
        Waiting.lead_id.in_(list(lead_ids)), Waiting.state.in_(("waiting", "told")),
        Waiting.ends_at > (now or clock.now()))).scalars())


def count_to_call(session: Session, viewer: Viewer, *, now: datetime | None = None) -> int:
    """How many the viewer may see have to be told of a freed time by a call."""
    # Few are on the list: first they, then which of them are the viewer's, instead of all leads of a center.
    told = session.execute(select(Waiting.lead_id).where(
        Waiting.state == "told", Waiting.ends_at > (now or clock.now())).distinct()).scalars().all()
    mine = leads.visible(viewer).with_only_columns(Lead.id).where(Lead.id.in_(told), Lead.email.is_(None))
    return len(session.execute(mine).all()) if told else 0
