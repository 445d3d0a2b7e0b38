"""Made-up firms for the benchmarks: small Korean firms with one event each, drawn from a fixed seed."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from knowledge_base.facts import Facts
from knowledge_base.firm_table import COVERS, GENDERS, INDUSTRIES, MODES, TYPES, FirmTable

AS_OF = date(2026, 11, 23)
REGIONS = np.array(["11680", "11530", "26110", "27110", "28200", "30170", "41110", "41590", "47190", "52110"])
# Which events firms come with, about as often as they ask a planner about them; nobody measured this.
EVENT_WEIGHTS = {
    "parental_leave": 0.40, "maternity_leave": 0.15, "childcare_reduced_hours": 0.14, "flexible_work": 0.08,
    "ten_oclock_start": 0.07, "spouse_maternity_leave": 0.05, "return_from_leave": 0.04, "reduced_hours": 0.03,
    "four_and_half_day": 0.02, "infertility_leave": 0.01, "miscarriage_leave": 0.01,
}


def table(n: int, seed: int = 1) -> FirmTable:
    """``n`` firms of which everything is known, as columns."""
    draw = np.random.default_rng(seed)
    headcount = np.minimum(np.round(np.exp(draw.normal(2.9, 1.2, n))) + 1, 900)
    start = np.datetime64(AS_OF) + draw.integers(-330, 330, n).astype("timedelta64[D]")
    age_days = draw.integers(-120, 13 * 365, n).astype("timedelta64[D]")
    insured = np.round(headcount * draw.uniform(0.8, 1.0, n))
    names, weights = list(EVENT_WEIGHTS), np.array(list(EVENT_WEIGHTS.values()))
    kinds = np.array([TYPES.index(name) for name in names], np.int8)
    birth = start - age_days
    return FirmTable(
        headcount_low=headcount, headcount_high=headcount, insured_low=insured, insured_high=insured,
        insured_told=insured, industry=draw.integers(0, len(INDUSTRIES), n).astype(np.int8),
        region=draw.choice(REGIONS, n), employment_insurance=(draw.random(n) < 0.98).astype(np.int8),
        large_group=(draw.random(n) < 0.01).astype(np.int8),
        public_institution=(draw.random(n) < 0.02).astype(np.int8),
        has_event=np.ones(n, np.bool_), type=draw.choice(kinds, n, p=weights / weights.sum()),
        mode=draw.integers(0, len(MODES), n).astype(np.int8), start=start,
        months=draw.choice([0.5, 1, 3, 6, 12, 12, 12, 18], n), birth_low=birth, birth_high=birth,
        worker_gender=draw.integers(0, 2, n).astype(np.int8), tenure=draw.integers(0, 120, n).astype(np.float64),
        cover=draw.integers(0, len(COVERS), n).astype(np.int8),
        cover_start=start - draw.integers(-30, 100, n).astype("timedelta64[D]"),
        coworker_allowance=draw.integers(0, 2, n).astype(np.int8), wants=np.zeros(n, np.int64),
    )


def documents(firms: FirmTable, rows: int) -> list[dict[str, Any]]:
    """The first ``rows`` firms as facts documents of the design's vocabulary."""
    found = []
    for i in range(rows):
        company = {
            "headcount": int(firms.headcount_low[i]), "insured_headcount": int(firms.insured_told[i]),
            "industry": INDUSTRIES[firms.industry[i]], "region": str(firms.region[i]),
            "employment_insurance": bool(firms.employment_insurance[i]), "large_group": bool(firms.large_group[i]),
            "public_institution": bool(firms.public_institution[i]),
        }
        event = {
            "type": TYPES[firms.type[i]], "mode": MODES[firms.mode[i]], "start": str(firms.start[i]),
            "months": float(firms.months[i]), "child_birth": str(firms.birth_low[i]),
            "worker_gender": GENDERS[firms.worker_gender[i]], "worker_tenure_months": int(firms.tenure[i]),
            "cover": COVERS[firms.cover[i]], "cover_start": str(firms.cover_start[i]),
            "coworker_allowance": bool(firms.coworker_allowance[i]),
        }
        found.append({"company": company, "events": [event], "wants": []})
    return found


def facts(firms: FirmTable, rows: int) -> list[Facts]:
    """The first ``rows`` firms as Facts."""
    return [Facts.read(document) for document in documents(firms, rows)]
