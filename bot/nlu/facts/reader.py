"""All facts of one message: every module reads it, then scope says whose they are and overlaps are settled."""

from __future__ import annotations

from datetime import datetime

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.normalisation import normalise


def read(text: str, now: datetime) -> list[Fact]:
    """The facts of ``text`` as typed, at the moment ``now`` (aware, KST), in the order they stand.

    Spans are those of ``text``. A resident registration number is told of, never carried.
    """
    normalised = normalise(text)
    said = Said(normalised.text, now)
    found: list[Fact] = []
    return [_placed(fact, text, normalised.span(fact.start, fact.end)) for fact in _settled(said, found)]


def _placed(fact: Fact, text: str, span: tuple[int, int]) -> Fact:
    start, end = span
    return fact.at(start, end, "" if fact.entity == "resident_number" else text[start:end])


def _settled(said: Said, found: list[Fact]) -> list[Fact]:
    return sorted(found, key=lambda fact: (fact.start, fact.end))
