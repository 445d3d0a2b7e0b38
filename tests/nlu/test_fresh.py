"""Sets written before the reader was tried on any of them: their facts must not be lost again.

How each was read at first sight, before anything was mended, is in ``docs/understanding.md``; the floors here only keep
what was gained since.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import evaluation, evaluation_facts

FRESH = Path(__file__).parent / "fresh"
FLOORS = [
    ("first", 0.98), ("second", 0.97), ("third", 0.96), ("fourth", 0.96), ("fifth", 0.97), ("sixth", 0.96),
    ("seventh", 0.96), ("eighth", 0.94), ("ninth", 0.92), ("tenth", 0.93),
    ("eleventh", 0.92), ("twelfth", 0.93), ("thirteenth", 0.95), ("fourteenth", 0.97), ("fifteenth", 0.95),
    ("sixteenth", 0.97), ("seventeenth", 0.95), ("twentieth", 0.93), ("twenty_first", 0.97),
]


@pytest.mark.parametrize(("name", "floor"), FLOORS)
def test_facts_of_a_fresh_set_stay_read(name: str, floor: float) -> None:
    readings = evaluation.read_all(evaluation_facts.read, evaluation.load_validation(FRESH / name))
    assert evaluation_facts.fact_scores(readings)[0].f1 >= floor
