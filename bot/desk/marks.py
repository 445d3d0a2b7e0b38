"""Planners' marks on the bot's verdicts, and the wrong ones as screening cases ready for the knowledge's tests.

Setting a mark is ``lead_actions.mark_verdict``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import leads
from bot.desk.errors import NotAllowed
from bot.desk.lead_models import Lead, VerdictMark
from bot.desk.leads import Viewer
from bot.desk.masking import mask_text

STATUS_NAMES = {"eligible": "받을 수 있음", "possible": "조건에 따라 받을 수 있음", "check": "사람이 확인해야 함",
                "ineligible": "받을 수 없음", "not_in_force": "시행 기간 밖"}


@dataclass(frozen=True)
class Mark:
    """A mark with its verdict. ``said`` is the status the bot gave, ``expected`` the planner's, if any."""

    lead_id: str
    number: str
    program: str
    program_name: str
    right: bool
    said: str
    expected: str | None
    reason: str | None
    author: str
    at: datetime
    as_of: str | None
    facts: dict[str, Any]


def of_lead(session: Session, lead_id: str, viewer: Viewer) -> dict[str, VerdictMark]:
    """The marks on a lead's verdicts by program. Raises NotFound, NotAllowed."""
    lead = leads.get(session, lead_id, viewer)
    _not_for_partners(viewer)
    rows = session.execute(select(VerdictMark).where(VerdictMark.lead_id == lead.id)).scalars()
    return {row.program: row for row in rows}


def marks(session: Session, viewer: Viewer, *, right: bool | None = None, limit: int = 500) -> list[Mark]:
    """The marks on leads the viewer may see, the newest first. Raises NotAllowed for partners."""
    _not_for_partners(viewer)
    seen = leads.visible(viewer).with_only_columns(Lead.id).subquery()
    query = (select(VerdictMark, Lead).join(Lead, Lead.id == VerdictMark.lead_id).join(seen, seen.c.id == Lead.id)
             .order_by(VerdictMark.at.desc(), VerdictMark.id).limit(limit))
    if right is not None:
        query = query.where(VerdictMark.right.is_(right))
    return [_mark(mark, lead) for mark, lead in session.execute(query)]


def as_cases(wrong: list[Mark]) -> str:
    """Wrong verdicts as YAML in the format of the screening cases: name, as_of, facts, expect.

    Where the planner did not say what it should have been, every status but the bot's is expected. Facts hold no
    contact data, and what planners wrote is masked all the same.
    """
    cases: list[dict[str, Any]] = []
    for mark in wrong:
        reason = mask_text(" ".join((mark.reason or "").split()))
        expected: str | list[str] = mark.expected or [name for name in STATUS_NAMES if name != mark.said]
        cases.append({
            "name": f"{mark.number} {mark.program_name}: {reason}",
            "as_of": date.fromisoformat(mark.as_of) if mark.as_of else mark.at.date(),
            "facts": mark.facts, "expect": {"program": mark.program, "status": expected}})
    head = "# 플래너가 틀렸다고 표시한 판정. 확인한 뒤 제도별 사례 파일로 옮긴다.\n\n"
    return head + (str(yaml.safe_dump(cases, allow_unicode=True, sort_keys=False, width=110)) if cases else "[]\n")


def _mark(mark: VerdictMark, lead: Lead) -> Mark:
    screening = lead.screening or {}
    verdict: dict[str, Any] = next(
        (one for one in screening.get("verdicts", []) if one.get("program") == mark.program), {})
    return Mark(lead.id, lead.number, mark.program, str(verdict.get("short_name") or verdict.get("name")
                or mark.program), mark.right, str(verdict.get("status", "")), mark.expected_status, mark.reason,
                mark.author, mark.at, screening.get("as_of"), lead.facts)


def _not_for_partners(viewer: Viewer) -> None:
    if viewer.role == "partner":
        raise NotAllowed()
