"""The benchmarks of screening run, and the interview they measure really is shorter than a form."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_interview_asks_far_less_than_a_form_in_a_fixed_order() -> None:
    averages = [float(number) for number in re.findall(r"average ([\d.]+)", _run("questions.py", "--firms", "60"))]
    best, fixed = averages
    assert best * 1.5 < fixed


def test_the_screening_table_names_what_was_measured() -> None:
    table = _run("screening.py", "--firms", "2000", "--alone")
    assert re.search(r"one screening of all programs, p50 / p95 +[\d.]+ ms / [\d.]+ ms", table)
    assert re.search(r"2,000 firms × \d+ programs on columns +[\d.]+ s = [\d,]+ firms/s", table)
