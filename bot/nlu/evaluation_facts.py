"""Whether the facts read are the labelled ones, by normalised value: what counts as the same, and the scores.

Not counted either way: references to knowledge (``program``, ``right``), facts of a condition ("hypothetical"), bare
numbers and places that only a question makes sense of (unless labelled), facts named under ``maybe``, and in
questions the event or wish asked about, and the time named when arranging a visit or call (unless labelled).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.nlu.evaluation import CLOCK, Reading, Utterance
from bot.nlu.facts import reader

_NOT_FACTS = {"program", "right", "put_right", "another_event", "earlier_event", "impossible", "life_at_risk",
              "cover_if_asked", "allowance_if_asked", "no_child_if_asked",
              "choice_if_asked"}
_ONLY_IF_LABELLED = {"number", "region_if_asked", "date"}
_ASKED_ABOUT = {"event_type", "flexible_mode", "want"}
_ARRANGING = {"book_visit", "change_visit", "cancel_visit", "lookup_visit", "request_callback"}
_ASKING = ("ask", "oos_", "annoyed", "distress")
_AGE_LEEWAY = 12  # months: "세 살" may be counted in two ways


@dataclass
class FactScores:
    """True and false positives and misses, in total and by entity."""

    hits: int = 0
    spurious: int = 0
    missed: int = 0
    by_entity: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    @property
    def precision(self) -> float:
        """Share of the facts read that are true."""
        return self.hits / max(1, self.hits + self.spurious)

    @property
    def recall(self) -> float:
        """Share of the labelled facts that were read."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def count(self, entity: str, hits: int, spurious: int, missed: int) -> None:
        """Add to the totals and to the entity's own."""
        self.hits += hits
        self.spurious += spurious
        self.missed += missed
        for at, number in enumerate((hits, spurious, missed)):
            self.by_entity[entity][at] += number


@dataclass(frozen=True)
class FactMiss:
    """What is wrong with the facts of one reading."""

    reading: Reading
    missed: tuple[str, ...]
    spurious: tuple[str, ...]


def read(text: str) -> dict[str, Any]:
    """A parse of ``text`` with its facts alone, on the day the labels are true for; no trained model is needed."""
    return {"entities": [fact.to_entity() for fact in reader.read(text, datetime.fromisoformat(CLOCK))]}


def fact_scores(readings: Sequence[Reading], skip: frozenset[str] = frozenset()) -> tuple[FactScores, list[FactMiss]]:
    """Scores over ``readings`` and what went wrong in which; entities of ``skip`` are not counted."""
    scores, misses = FactScores(), []
    for reading in readings:
        missed, spurious = _compare(reading, scores, skip)
        if missed or spurious:
            misses.append(FactMiss(reading, tuple(missed), tuple(spurious)))
    return scores, misses


def _compare(reading: Reading, scores: FactScores, skip: frozenset[str]) -> tuple[list[str], list[str]]:
    left = _counted(reading, skip)
    missed = []
    for role, labels in _labelled(reading.utterance):
        for entity, expected in labels:
            if entity in skip:
                continue
            hit = next((found for found in left if found["entity"] == entity and found.get("role") == role
                        and same(entity, expected, found)), None)
            if hit is None:
                missed.append(f"{role or ''} {entity}={expected}".strip())
                scores.count(entity, 0, 0, 1)
            else:
                left.remove(hit)
                scores.count(entity, 1, 0, 0)
    spurious = [found for found in left if not _excused(found, reading.utterance)]
    for found in spurious:
        scores.count(str(found["entity"]), 0, 1, 0)
    return missed, [f"{found.get('role') or ''} {found['entity']}={found.get('value')}".strip() for found in spurious]


def _labelled(utterance: Utterance) -> list[tuple[str | None, list[tuple[str, Any]]]]:
    def flat(labels: dict[str, Any]) -> list[tuple[str, Any]]:
        return [(entity, one) for entity, value in labels.items()
                for one in (value if isinstance(value, list) else [value])]

    return [(None, flat(utterance.facts)), ("negated", flat(utterance.negated)), ("other", flat(utterance.other))]


def _counted(reading: Reading, skip: frozenset[str]) -> list[dict[str, Any]]:
    """The facts read, each once, without what is no fact of the speaker's."""
    kept: dict[str, dict[str, Any]] = {}
    for found in reading.entities:
        entity, role = str(found["entity"]), found.get("role")
        if entity in _NOT_FACTS or entity in skip or role == "hypothetical":
            continue
        kept.setdefault(f"{entity} {role} {found.get('value')}", found)
    return list(kept.values())


def _excused(found: dict[str, Any], utterance: Utterance) -> bool:
    entity = found["entity"]
    if entity in utterance.maybe or entity in _ONLY_IF_LABELLED:
        return True
    if entity == "visit_window" and utterance.intent in _ARRANGING:
        return True
    return entity in _ASKED_ABOUT and utterance.intent.startswith(_ASKING)


def same(entity: str, expected: Any, found: dict[str, Any]) -> bool:
    """Whether the fact ``found`` (a Rasa entity) has the labelled value."""
    value = found.get("value")
    if value is None and found.get("min") is not None:
        value = found["min"]
    compare = _SAME.get(entity)
    try:
        return compare(expected, value) if compare else _plain(expected, value)
    except (TypeError, ValueError, KeyError, AttributeError):
        return False


def _plain(expected: Any, value: Any) -> bool:
    if isinstance(expected, bool) or isinstance(value, bool):
        return expected is value
    return bool(expected == value)


def _present(expected: Any, value: Any) -> bool:
    return bool(value)


def _date(expected: str, value: Any) -> bool:
    """A label of a month ("2027-02") takes any day in it; a day must be that day."""
    return str(value)[: len(expected)] == expected


def _age(expected: dict[str, int], value: Any) -> bool:
    low, high = value.get("min"), value.get("max")
    low = high if low is None else low
    high = low if high is None else high
    return bool(low <= expected["max"] and high >= expected["min"]
                and low >= expected["min"] - _AGE_LEEWAY and high <= expected["max"] + _AGE_LEEWAY)


def _window(expected: dict[str, Any], value: Any) -> bool:
    start, end = datetime.fromisoformat(value["start"]), datetime.fromisoformat(value["end"])
    first, last = date.fromisoformat(expected["from"]), date.fromisoformat(expected["to"])
    if not (first <= start.date() and (end - timedelta(seconds=1)).date() <= last):
        return False
    return "hour" not in expected or start.hour == expected["hour"]


def _company(expected: str, value: Any) -> bool:
    def bare(name: str) -> str:
        return re.sub(r"주식회사|유한회사|\(주\)|㈜|\s", "", name)

    return bare(expected) == bare(str(value))


def _phone(expected: str, value: Any) -> bool:
    return re.sub(r"\D", "", expected) == re.sub(r"\D", "", str(value))


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "region_ambiguous": _present, "region_if_asked": _present, "resident_number": _present,
    "event_start": _date, "cover_start": _date, "child_birth": _date,
    "child_age_months": _age, "visit_window": _window, "company_name": _company, "phone": _phone,
    "event_months": lambda expected, value: float(expected) == float(value),
}
