"""How fast screening is: loading, one firm, 100,000 firms on columns, beside OpenFisca on an equal set of rules.

    .venv/bin/python benchmarks/screening.py [--firms 100000] [--alone]

Single firms and columns are given in CPU time of one core, so that a busy machine changes little; loading is what a
watch would say. OpenFisca is fetched by uv into an environment of its own; where that fails, the table says so
and goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from firms import AS_OF, facts, table

from knowledge_base.bulk import ELIGIBLE, screen_all
from knowledge_base.definitions import definitions
from knowledge_base.firm_table import COVERS, INDUSTRIES, TYPES, FirmTable
from knowledge_base.program_schema import programs
from knowledge_base.screening import screen

HERE = Path(__file__).parent
SINGLE = 300
LOADING = """
import time; began = time.perf_counter()
import datetime
import knowledge_base.screening as screening
from knowledge_base.facts import Facts
imported = time.perf_counter()
screening.screen(Facts(), as_of=datetime.date(2026, 11, 23))
print(imported - began, time.perf_counter() - imported)
"""
COMPARED = "replacement_worker_grant"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--firms", type=int, default=100_000)
    arguments.add_argument("--alone", action="store_true", help="leave OpenFisca out (it needs the package index)")
    given = arguments.parse_args()
    n: int = given.firms
    rows: list[tuple[str, str, str]] = []
    for name, measure, aim in (
        ("loading the knowledge and the first screening (new process)", loading, "1 s"),
        ("one screening of all programs, p50 / p95", single, "5 ms"),
        ("one screening with its whole document, p50 / p95", with_document, "-"),
    ):
        rows.append((name, measure(), aim))
    firms = table(n)
    name = f"{n:,} firms × {len(programs())} programs on columns"
    rows.append((name, rate(n, lambda: screen_all(firms, as_of=AS_OF)), "-"))
    if not given.alone:
        rows += beside_openfisca(firms)
    width = max(len(name) for name, _, _ in rows)
    print(f"as of {AS_OF}, {len(programs())} programs, {os.cpu_count()} cores\n")
    for name, found, aim in rows:
        print(f"{name:<{width}}  {found}" + (f"  (aim: {aim})" if aim != "-" else ""))


def loading() -> str:
    """Seconds to import and to read every file, medians of three new processes."""
    command = [sys.executable, "-c", LOADING]
    found = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
    imports, reading = (statistics.median(float(run[part]) for run in found) for part in (0, 1))
    return f"{reading:.2f} s (and {imports:.2f} s of imports)"


def single() -> str:
    return _percentiles(lambda firm: screen(firm, as_of=AS_OF))


def with_document() -> str:
    return _percentiles(lambda firm: screen(firm, as_of=AS_OF).to_document())


def _percentiles(run: Callable[[object], object]) -> str:
    spent = []
    for firm in facts(table(SINGLE, seed=2), SINGLE):
        began = time.process_time()
        run(firm)
        spent.append((time.process_time() - began) * 1000)
    p50, p95 = np.percentile(spent, [50, 95])
    return f"{p50:.2f} ms / {p95:.2f} ms"


def rate(n: int, run: Callable[[], object]) -> str:
    """Firms a second, the best of three runs."""
    spent = min(_seconds(run) for _ in range(3))
    return f"{spent:.2f} s = {n / spent:,.0f} firms/s"


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def beside_openfisca(firms: FirmTable) -> list[tuple[str, str, str]]:
    """Both on the conditions of 대체인력지원금 alone, with whether they find the same firms."""
    name = "대체인력지원금 alone"
    of = {COMPARED: programs()[COMPARED]}
    ours = rate(len(firms), lambda: screen_all(firms, as_of=AS_OF, of=of))
    eligible = int((screen_all(firms, as_of=AS_OF, of=of).codes[COMPARED] == ELIGIBLE).sum())
    one = facts(table(SINGLE, seed=2), SINGLE)
    spent = [_seconds(lambda firm=firm: screen(firm, as_of=AS_OF, of=of)) * 1000 for firm in one]
    p50, p95 = np.percentile(spent, [50, 95])
    rows = [(f"{name}: ours, on columns", f"{ours}, {eligible:,} eligible", "-"),
            (f"{name}: ours, one firm p50 / p95", f"{p50:.2f} ms / {p95:.2f} ms", "-")]
    theirs = _openfisca(firms)
    if isinstance(theirs, str):
        return [*rows, (f"{name}: OpenFisca", theirs, "-")]
    same = "the same firms" if theirs["eligible"] == eligible else "NOT THE SAME NUMBER OF FIRMS"
    many = f"{theirs['bulk']:.2f} s = {len(firms) / theirs['bulk']:,.0f} firms/s, {theirs['eligible']:,.0f} eligible"
    few = f"{theirs['p50'] * 1000:.2f} ms / {theirs['p95'] * 1000:.2f} ms"
    return [*rows, (f"{name}: OpenFisca, on columns", f"{many} ({same})", "-"),
            (f"{name}: OpenFisca, one firm p50 / p95", few, "-")]


def _openfisca(firms: FirmTable) -> dict[str, float] | str:
    """OpenFisca's figures, or why there are none."""
    candidates = (shutil.which("uv"), str(HERE.parent / ".uv/bin/uv"))
    uv = next((found for found in candidates if found and _runs(found)), None)
    if uv is None:
        return "not measured: uv was not found"
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "firms.npz"
        np.savez(
            data, headcount=firms.headcount_low, industry=firms.industry.astype(np.int32),
            employment_insurance=firms.employment_insurance == 1, large_group=firms.large_group == 1,
            public_institution=firms.public_institution == 1, event_type=firms.type.astype(np.int32),
            start=firms.start, months=firms.months, cover=firms.cover.astype(np.int32), cover_start=firms.cover_start,
        )
        command = [uv, "run", "--isolated", "--no-project", "--python", sys.executable, "--with", "openfisca-core",
                   "python", str(HERE / "openfisca_rules.py"), str(data), json.dumps(_words())]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            return f"not measured: openfisca-core could not be installed or run ({said[-1] if said else error})"
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _runs(uv: str) -> bool:
    try:
        return subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _words() -> dict[str, object]:
    definition = definitions()["priority_support_enterprise"]
    named = {limit.ksic: limit.max for limit in definition.headcount_by_industry}
    other = definition.other_industries.max if definition.other_industries else 0
    until_2024 = ("maternity_leave", "miscarriage_leave", "childcare_reduced_hours")
    return {
        "limits": [named.get(letter, other) for letter in INDUSTRIES],
        "events": {"until_2024": [TYPES.index(name) for name in until_2024],
                   "since_2025": [TYPES.index(name) for name in (*until_2024, "parental_leave")]},
        "covers": {name: COVERS.index(name) for name in ("hire", "dispatch")},
    }


if __name__ == "__main__":
    main()
