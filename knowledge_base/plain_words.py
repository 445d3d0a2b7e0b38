"""쉬운 말: the same answer shorter and in easier words, for those who ask for it.

Only brackets and asides go and hard words are swapped for easy ones; figures and dates stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base.polite import split_sentences

WORDS_FILE = Path(__file__).parent / "lexicon" / "easy_words.yaml"
MOST_SENTENCES = 3


@lru_cache(maxsize=1)
def _easy() -> tuple[tuple[str, str], ...]:
    table: dict[str, str] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))["words"]
    return tuple(sorted(table.items(), key=lambda pair: -len(pair[0])))


def easier(paragraphs: Sequence[str]) -> str:
    """The first sentences of ``paragraphs`` without brackets, in easy words; lists keep four lines."""
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    listed = [simple(line) for line in lines if line.startswith(("•", "✓", "✕"))][:4]
    told = [sentence for line in lines if not line.startswith(("•", "✓", "✕")) for sentence in split_sentences(line)]
    said = [simple(sentence) for sentence in told][: 1 if listed else MOST_SENTENCES]
    return "\n".join([" ".join(said), *listed]).strip()


def simple(text: str) -> str:
    """One sentence without its brackets, hard words swapped."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\s*\(([^()]{13,}|[^()]*(제\d+조|[12]차|\d{4}-)[^()]*)\)", "", text)
    for hard, easy in _easy():
        text = text.replace(hard, easy)
    text = re.sub(r"([가-힣 ]{2,})\(\1\)", r"\1", text)  # 알림(고지) has become 알림(알림)
    return re.sub(r"\s+", " ", text).strip()
