"""What a lead keeps of its screening: enough for the planner and the audit, without what every firm is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.desk import database, handoff
from bot.desk.handoff import HandOff
from bot.desk.models import Lead
from knowledge_base.facts import Facts
from knowledge_base.screening import screen
from tests.desk.conftest import NOW

FACTS: dict[str, Any] = {
    "company": {"headcount": 25, "industry": "C", "region": "41110"},
    "events": [{"type": "parental_leave", "start": "2026-12-14", "cover": "hire"}], "wants": ["replacement", "subsidy"]}
# What design and lead.v1 promise of a verdict.
PROMISED = ("program", "status", "amounts", "reasons", "asks", "to_check", "would_change", "deadline", "documents",
            "apply", "excludes", "checked_on", "caution")


def _stored(request_of: Callable[..., HandOff], screening: dict[str, Any]) -> dict[str, Any]:
    with database.session() as session:
        lead = session.get(Lead, handoff.hand_off(session, request_of(facts=FACTS, screening=screening)).lead_id)
        return dict(lead.screening)


def test_a_lead_keeps_everything_promised_of_a_verdict(
    sqlite_desk: str, request_of: Callable[..., HandOff]
) -> None:
    whole = screen(Facts.read(FACTS), as_of=NOW.date()).to_document(only_relevant=True)
    stored = _stored(request_of, whole)
    assert {**stored, "verdicts": None} == {**whole, "verdicts": None}
    for kept, told in zip(stored["verdicts"], whole["verdicts"], strict=True):
        assert {name: kept[name] for name in PROMISED} == {name: told[name] for name in PROMISED}


def test_a_lead_keeps_less_than_was_screened(sqlite_desk: str, request_of: Callable[..., HandOff]) -> None:
    whole = screen(Facts.read(FACTS), as_of=NOW.date()).to_document(only_relevant=True)
    stored = _stored(request_of, whole)
    assert len(json.dumps(stored)) < 0.85 * len(json.dumps(whole))


def test_exclusions_stay_between_programs_in_question_only(
    sqlite_desk: str, request_of: Callable[..., HandOff]
) -> None:
    stored = _stored(request_of, screen(Facts.read(FACTS), as_of=NOW.date()).to_document(only_relevant=True))
    programs = {verdict["program"] for verdict in stored["verdicts"]}
    excluding = {verdict["program"]: {one["program"] for one in verdict["exclusions"]} for verdict in stored["verdicts"]}
    assert "parental_leave_grant" in excluding["replacement_worker_grant"]
    assert all(others <= programs for others in excluding.values())
