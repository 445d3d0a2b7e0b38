"""The shape of what the reading modules find, and the message they all read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from kiwipiepy import Token
from spacy.tokens import Doc

from bot.nlu import pipeline
from knowledge_base.morphemes import morphemes


@dataclass(frozen=True)
class Fact:
    """One fact with its span in the text read.

    ``role`` is None for what the speaker asserts of the own firm, else "negated", "other" (somebody else's) or
    "hypothetical" (a condition or a question about rules). ``extra`` holds what goes beside it ("min", "grain").
    """

    entity: str
    value: Any
    start: int
    end: int
    role: str | None = None
    confidence: float = 1.0
    extra: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    def to_entity(self) -> dict[str, Any]:
        """The fact as a Rasa entity."""
        entity = {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "confidence": self.confidence,
            **self.extra,
        }
        if self.role:
            entity["role"] = self.role
        return entity

    def overlaps(self, other: Fact) -> bool:
        """Whether the spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Said:
    """A normalised message at a moment (aware, KST), with its morphemes."""

    text: str
    now: datetime

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Kiwi's morphemes."""
        return morphemes(self.text)

    @cached_property
    def doc(self) -> Doc:
        """The spaCy document whose tokens are the morphemes."""
        return pipeline.read(self.text)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where morphemes begin."""
        return frozenset(token.start for token in self.tokens)

    def before(self, at: int, width: int = 12) -> str:
        """The text just before a place."""
        return self.text[max(0, at - width) : at]

    def after(self, at: int, width: int = 12) -> str:
        """The text just after a place."""
        return self.text[at : at + width]

    @cached_property
    def is_bare(self) -> bool:
        """Whether the message is one short answer (a few words, no question)."""
        return len(re.sub(r"\s", "", self.text)) <= 14 and "?" not in self.text
