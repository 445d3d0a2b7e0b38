"""How many questions an interview takes: the next best question against a fixed order, over 1,000 made-up firms.

    .venv/bin/python benchmarks/questions.py [--firms 1000] [--unknowing 0.1]

Everybody opens with what is happening ("직원이 육아휴직을 간대요"). Both interviews stop as soon as no answer could
change a verdict; the fixed order is that of a form. ``--unknowing`` is the share of questions answered with
"모르겠어요".
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections import Counter
from typing import Any

from firms import AS_OF, documents, table

from knowledge_base.facts import Facts
from knowledge_base.screening import Screening, screen

FORM = (
    "company.region", "company.industry", "company.headcount", "company.insured_headcount", "event.mode",
    "event.start", "event.months", "event.worker_gender", "event.worker_tenure_months", "event.child_birth",
    "event.cover", "event.cover_start", "event.coworker_allowance",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--firms", type=int, default=1000)
    arguments.add_argument("--unknowing", type=float, default=0.1)
    given = arguments.parse_args()
    best, fixed, asked = [], [], Counter[str]()
    apart = 0
    for number, firm in enumerate(documents(table(given.firms, seed=3), given.firms)):
        draw = random.Random(number)
        unknown = {name for name in FORM if draw.random() < given.unknowing}
        questions, ended = interview(firm, unknown, best_order=True)
        form, ended_form = interview(firm, unknown, best_order=False)
        best.append(len(questions))
        fixed.append(len(form))
        asked.update(questions)
        apart += _relevant(ended) != _relevant(ended_form)
    print(f"{given.firms} firms, {given.unknowing:.0%} of questions answered with '모르겠어요'\n")
    for name, counts in (("next best question", best), ("fixed order, stopping when settled", fixed)):
        spread = statistics.quantiles(counts, n=20)
        print(f"{name:<36} average {statistics.mean(counts):.2f}, median {statistics.median(counts):.0f}, "
              f"95th percentile {spread[18]:.0f}, most {max(counts)}")
    print(f"{'a form without stopping':<36} {len(FORM)}")
    print(f"\n{apart} firms end with another verdict by the form, which also asks what nearly every firm meets "
          "(start, length, tenure); the interview leaves that for a person to check")
    print("asked most: " + ", ".join(f"{name} {count / given.firms:.0%}" for name, count in asked.most_common(8)))


def interview(firm: dict[str, Any], unknown: set[str], *, best_order: bool) -> tuple[list[str], Screening]:
    """The questions put to one firm until nothing more matters, and how its screening ended."""
    told: dict[str, Any] = {"company": {}, "events": [{"type": firm["events"][0]["type"]}], "wants": []}
    asked: list[str] = []
    screening = screen(Facts.read(told), as_of=AS_OF)
    form = iter(FORM)
    while screening.next_question is not None:
        name = screening.next_question if best_order else next(form)
        asked.append(name)
        where, fact = name.split(".")
        if name not in unknown:
            source, target = (firm, told) if where == "company" else (firm["events"][0], told["events"][0])
            if where == "company":
                source, target = source["company"], target["company"]
            target[fact] = source[fact]
        unknowable = frozenset(name for name in asked if name in unknown)
        screening = screen(Facts.read(told), as_of=AS_OF, unknowable=unknowable)
    return asked, screening


def _relevant(screening: Screening) -> dict[str, str]:
    return {verdict.program.id: verdict.status for verdict in screening.relevant}


if __name__ == "__main__":
    main()
