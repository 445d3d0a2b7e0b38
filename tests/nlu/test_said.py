"""What tired owners type, sentence by sentence: all the facts in it, with their values, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.nlu.reading import told
from tests.nlu.test_reading import KINDS

SAID = Path(__file__).parent / "said"
SENTENCES = [
    (text, facts)
    for path in sorted(SAID.glob("*.yml"))
    for text, facts in yaml.safe_load(path.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_facts_of_a_sentence(text: str, expected: list[str]) -> None:
    assert told(text, *KINDS, "region_if_asked") == expected
