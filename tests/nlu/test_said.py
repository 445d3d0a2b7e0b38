"""What tired owners type, sentence by sentence: all the facts in it, with their values, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.nlu.reading import told

SAID = Path(__file__).parent / "said"
NOT_COUNTED = ("program", "right")
SENTENCES = [
    (text, facts)
    for path in sorted(SAID.glob("*.yml"))
    for text, facts in yaml.safe_load(path.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_facts_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [fact for fact in told(text) if not fact.startswith(NOT_COUNTED)] == expected
