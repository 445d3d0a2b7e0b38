"""The bulk path decides as the single one does: the same statuses for sampled firms, whole or with facts missing."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.bulk import STATUSES, UnknownOperatorError, screen_all
from knowledge_base.facts import Facts
from knowledge_base.firm_table import COVERS, INDUSTRIES, MODES, TYPES, WANTS, FirmTable, OneEventEachError
from knowledge_base.program_schema import programs
from knowledge_base.screening import screen

AS_OF = date(2026, 11, 23)
REGIONS = ["11680", "26110", "12240", "28200", "30170", "41110", "41590", "47190", "52110"]
HEADCOUNTS = [0, 1, 4, 5, 19, 20, 28, 29, 30, 31, 49, 50, 99, 100, 101, 200, 201, 300, 301, 500, 501, 900]
CASES = Path(__file__).parent / "cases"


def _firm(draw: random.Random, gaps: float) -> Facts:
    """A firm with each fact missing with probability ``gaps``."""
    headcount = draw.choice(HEADCOUNTS)
    start = date(2024, 6, 20) + timedelta(days=draw.randrange(1200))
    company: dict[str, Any] = {
        "headcount": headcount, "insured_headcount": draw.randint(0, headcount), "industry": draw.choice(INDUSTRIES),
        "region": draw.choice(REGIONS), "employment_insurance": draw.random() < 0.9,
        "large_group": draw.random() < 0.1, "public_institution": draw.random() < 0.1,
    }
    if draw.random() < 0.15:
        around = draw.randint(0, 30)
        company["headcount_range"] = {"min": max(0, headcount - around), "max": headcount + around}
    event: dict[str, Any] = {
        "type": draw.choice(TYPES), "mode": draw.choice(MODES), "start": start,
        "months": draw.choice([0.5, 0.9, 1, 2, 3, 6, 11.5, 12, 18]), "worker_gender": draw.choice(["female", "male"]),
        "worker_tenure_months": draw.randint(0, 30), "cover": draw.choice(COVERS),
        "cover_start": start - timedelta(days=draw.randint(-90, 220)), "coworker_allowance": draw.random() < 0.5,
        "child_birth": start - timedelta(days=draw.randint(-200, 15 * 366)),
    }
    if draw.random() < 0.2:
        youngest = draw.randint(0, 170)
        event |= {"child_age_months": {"min": youngest, "max": youngest + draw.randint(0, 40)}, "child_age_on": AS_OF}
        del event["child_birth"]
    kept = [{n: v for n, v in facts.items() if draw.random() >= gaps} for facts in (company, event)]
    events = [kept[1]] if draw.random() < 0.9 else []
    return Facts.read({"company": kept[0], "events": events, "wants": draw.sample(WANTS, draw.choice([0, 0, 1, 2]))})


@pytest.mark.parametrize("gaps", [0.0, 0.2, 0.6])
def test_bulk_statuses_are_those_of_the_single_screening(gaps: float) -> None:
    draw = random.Random(f"firms with gaps {gaps}")
    firms = [_firm(draw, gaps) for _ in range(300)]
    found = screen_all(FirmTable.of(firms, AS_OF), as_of=AS_OF)
    apart = [
        (verdict.program.id, verdict.status, found.status(verdict.program.id, row), facts.to_document())
        for row, facts in enumerate(firms) for verdict in screen(facts, as_of=AS_OF).verdicts
        if verdict.status != found.status(verdict.program.id, row)
    ]
    assert not apart, f"{len(apart)}: {apart[:3]}"


def test_bulk_decides_the_planners_cases_too() -> None:
    files = sorted(CASES.glob("*.yaml"))
    cases = [case for path in files for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    compared = 0
    for case in cases:
        facts = Facts.read(case["facts"])
        if len(facts.events) > 1:
            continue
        program = {case["expect"]["program"]: programs()[case["expect"]["program"]]}
        single = screen(facts, as_of=case["as_of"], of=program).verdicts[0].status
        bulk = screen_all(FirmTable.of([facts], case["as_of"]), as_of=case["as_of"], of=program)
        assert bulk.status(case["expect"]["program"], 0) == single, case["name"]
        compared += 1
    assert compared > 400


def test_every_status_is_counted_once_a_firm() -> None:
    draw = random.Random("counts")
    firms = [_firm(draw, 0.2) for _ in range(50)]
    counts = screen_all(FirmTable.of(firms, AS_OF), as_of=AS_OF).counts()
    assert set(counts) == set(programs())
    assert all(sum(counted.values()) == 50 and set(counted) == set(STATUSES) for counted in counts.values())


def test_a_firm_with_two_events_is_refused() -> None:
    two = Facts.read({"events": [{"type": "parental_leave"}, {"type": "maternity_leave"}]})
    with pytest.raises(OneEventEachError, match="사건이 하나"):
        FirmTable.of([two], AS_OF)


def test_an_operator_it_does_not_know_is_an_error_not_a_guess() -> None:
    program = programs()["worklife_45_project"]
    odd = program.conditions[0].copy(update={"op": "rhymes_with"})
    firms = FirmTable.of([_firm(random.Random(1), 0.0)], AS_OF)
    with pytest.raises(UnknownOperatorError, match="rhymes_with"):
        screen_all(firms, as_of=AS_OF, of={program.id: program.copy(update={"conditions": (odd,)})})
