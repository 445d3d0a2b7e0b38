"""Fair work among the planners of a center: who has the least open, and among equals who was served longest ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.desk.lead_models import Lead
from bot.desk.lead_states import OPEN_STATES


def fair_order(session: Session, planner_ids: Iterable[str]) -> dict[str, tuple[int, float, str]]:
    """For each planner a key that sorts the one to be served first to the front.

    The key is (open leads, time of the newest lead, id): the least work first, then the one who has waited longest.
    """
    ids = sorted(set(planner_ids))
    rows = session.execute(
        select(Lead.planner_id, func.count(), func.max(Lead.created_at))
        .where(Lead.planner_id.in_(ids), Lead.state.in_(OPEN_STATES)).group_by(Lead.planner_id))
    known: dict[str, tuple[int, datetime | None]] = {planner: (count, newest) for planner, count, newest in rows}
    return {name: _key(name, *known.get(name, (0, None))) for name in ids}


def _key(name: str, count: int, newest: datetime | None) -> tuple[int, float, str]:
    return count, newest.timestamp() if newest else 0.0, name
