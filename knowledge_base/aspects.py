"""What is asked about an item: the amount, who may have it, how long, by when, which papers, what happens if not …

Words decide first; where none is met, nearness of sentence vectors to example questions does. What to answer for
an aspect is composed in ``answers.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml
from numpy.typing import NDArray

from knowledge_base.search_text import normalised, pack
from knowledge_base.vectors import sentence_vector, sentence_vectors

Aspect = Literal[
    "amount",
    "eligibility",
    "duration",
    "deadline",
    "documents",
    "apply",
    "payment",
    "combination",
    "refusal",
    "penalty",
    "under5",
    "who_pays",
    "law",
    "contact",
    "definition",
    "general",
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
ASPECTS_FILE = Path(__file__).parent / "lexicon" / "aspects.yaml"
NEAR_ENOUGH = 0.62


@dataclass(frozen=True)
class Asked:
    """The aspect a question is about. ``by``: "words", "vector" or "none"; ``also``: further aspects met."""

    aspect: Aspect
    by: Literal["words", "vector", "none"]
    also: tuple[Aspect, ...] = ()


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Aspect, re.Pattern[str], float], ...]:
    document = yaml.safe_load(ASPECTS_FILE.read_text(encoding="utf-8"))
    return tuple(
        (cast(Aspect, aspect), re.compile(rule["words"]), float(rule.get("weight", 1)))
        for aspect, rules in document["words"].items()
        for rule in rules
    )


@lru_cache(maxsize=1)
def _examples() -> tuple[tuple[Aspect, ...], NDArray[Any]]:
    document = yaml.safe_load(ASPECTS_FILE.read_text(encoding="utf-8"))
    pairs = [(cast(Aspect, aspect), text) for aspect, texts in document["examples"].items() for text in texts]
    return tuple(aspect for aspect, _ in pairs), sentence_vectors([text for _, text in pairs])


@lru_cache(maxsize=2048)
def asked_about(text: str) -> Asked:
    """Which aspect ``text`` asks about. "general" where neither words nor nearness tell."""
    packed = pack(normalised(text)) + ("?" if "?" in text else "")
    sums: dict[Aspect, float] = {}
    for aspect, pattern, weight in _rules():
        if pattern.search(packed):
            sums[aspect] = sums.get(aspect, 0.0) + weight
    positive = {aspect: total for aspect, total in sums.items() if total > 0}
    if positive:
        ordered = sorted(positive, key=lambda aspect: (-positive[aspect], ASPECTS.index(aspect)))
        return Asked(ordered[0], "words", tuple(ordered[1:]))
    aspects, vectors = _examples()
    near = vectors @ sentence_vector(normalised(text))
    best = int(near.argmax())
    if float(near[best]) >= NEAR_ENOUGH:
        return Asked(aspects[best], "vector")
    return Asked("general", "none")
