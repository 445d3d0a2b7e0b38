"""Facts the tests of rules and screening start from: one plain firm and one plain leave, changed per test."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge_base.facts import Event, Facts
from knowledge_base.screening import Screening, screen
from knowledge_base.situation import Situation

TODAY = date(2026, 11, 23)
FIRM = {
    "headcount": 25, "insured_headcount": 25, "industry": "C", "region": "28200", "employment_insurance": True,
    "large_group": False, "public_institution": False,
}
LEAVE = {
    "type": "parental_leave", "start": "2026-12-01", "months": 12, "child_birth": "2024-05-01",
    "worker_gender": "female", "cover": "hire", "cover_start": "2026-12-01",
}


def facts(company: dict[str, Any] | None = None, *events: dict[str, Any], wants: tuple[str, ...] = ()) -> Facts:
    """Facts of a firm and its events as given; None fields are left out."""
    document = {"company": _known(company or {}), "events": [_known(event) for event in events], "wants": list(wants)}
    return Facts.read(document)


def usual(company: dict[str, Any] | None = None, **event: Any) -> Facts:
    """The plain firm with the plain leave, changed by ``company`` and ``event``."""
    return facts({**FIRM, **(company or {})}, {**LEAVE, **event})


def situation(company: dict[str, Any] | None = None, as_of: date = TODAY, **event: Any) -> Situation:
    """One event of a firm with nothing known but what is given."""
    known = facts(company, event) if event else facts(company)
    return Situation(known, known.events[0] if event else Event.parse_obj({}), as_of)


def screened(known: Facts, as_of: date = TODAY, *unknowable: str) -> Screening:
    """The screening of ``known`` on ``as_of``."""
    return screen(known, as_of=as_of, unknowable=frozenset(unknowable))


def _known(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value is not None}
