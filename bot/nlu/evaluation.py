"""How well a trained model reads utterances it has never seen: acts, scope, calibration and speed.

Facts are compared in ``evaluation_facts``, models loaded in ``evaluation_models``, tables printed in
``evaluation_report``, and the utterances disturbed in ``perturbation``.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

VALIDATION = Path(__file__).resolve().parents[2] / "tests" / "nlu" / "validation"
CLOCK = "2026-11-23T10:00:00+09:00"  # the day the labels of the validation set are true for
FALLBACK = "nlu_fallback"
_BINS = (0.0, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)

Parse = Callable[[str], dict[str, Any]]
Disturber = Callable[["Utterance"], "str | None"]


class ValidationError(ValueError):
    """The validation set cannot be read; the message names the file."""


@dataclass(frozen=True)
class Utterance:
    """One labelled message. ``also`` holds acts that a fair reader might choose instead; ``maybe`` names facts that
    are neither right nor wrong here; ``facts``, ``negated`` and ``other`` give the normalised values by entity."""

    text: str
    intent: str
    also: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    negated: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    maybe: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """Whether the message is ours to answer under every fair reading of it."""
        return not any(act.startswith("oos_") for act in (self.intent, *self.also))


@dataclass(frozen=True)
class Reading:
    """What the model made of one utterance, and how long it took."""

    utterance: Utterance
    text: str
    intent: str
    confidence: float
    entities: list[dict[str, Any]]
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the act is the labelled one or one a fair reader might choose."""
        return self.intent == self.utterance.intent or self.intent in self.utterance.also


def load_validation(folder: Path = VALIDATION) -> list[Utterance]:
    """The labelled utterances of ``folder``/*.yml. Raises ValidationError for an empty folder or unknown keys."""
    found: list[Utterance] = []
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                item |= {key: tuple(item.get(key) or ()) for key in ("also", "maybe", "topic")}
                found.append(Utterance(**item))
            except TypeError as error:
                raise ValidationError(f"{path.name}: {error}. 허용된 항목만 쓰세요.") from error
    if not found:
        raise ValidationError(f"{folder}에 검증 문장이 없습니다. --validation 으로 폴더를 알려 주세요.")
    return found


def read_all(parse: Parse, utterances: Iterable[Utterance], disturb: Disturber | None = None) -> list[Reading]:
    """Every utterance as the model reads it; with ``disturb`` only those it changes, in their disturbed wording."""
    readings = []
    for utterance in utterances:
        text = utterance.text if disturb is None else disturb(utterance)
        if text is None or (disturb is not None and text == utterance.text):
            continue
        began = time.perf_counter()
        parsed = parse(text)
        seconds = time.perf_counter() - began
        intent = parsed.get("intent") or {}
        readings.append(Reading(utterance, text, str(intent.get("name")), float(intent.get("confidence") or 0.0),
                                list(parsed.get("entities") or []), seconds))
    return readings


@dataclass(frozen=True)
class ActScores:
    """Scores of acts, all between 0 and 1. ``strict`` ones take only the first label as right."""

    macro_f1: float
    accuracy: float
    strict_macro_f1: float
    strict_accuracy: float
    by_act: dict[str, tuple[float, float, float, int]]  # precision, recall, F1, utterances
    oos_recall: float  # out of scope and seen as out of scope, whichever kind
    oos_kind_recall: float  # ... and of the right kind
    turned_away: float  # in scope but called out of scope
    asked_back: float  # in scope but not understood (nlu_fallback)


def act_scores(readings: Sequence[Reading]) -> ActScores:
    """The scores of ``readings``; an act that a fair reader might choose counts as right, except in ``strict``."""
    truth = [reading.intent if reading.right else reading.utterance.intent for reading in readings]
    strict = [reading.utterance.intent for reading in readings]
    said = [reading.intent for reading in readings]
    by_act = _by_act(truth, said)
    strict_by_act = _by_act(strict, said)
    outside = [reading for reading in readings if reading.utterance.intent.startswith("oos_")]
    inside = [reading for reading in readings if reading.utterance.in_scope]
    return ActScores(
        macro_f1=_mean(score[2] for score in by_act.values()),
        accuracy=_mean(reading.right for reading in readings),
        strict_macro_f1=_mean(score[2] for score in strict_by_act.values()),
        strict_accuracy=_mean(one == other for one, other in zip(strict, said, strict=True)),
        by_act=by_act,
        oos_recall=_mean(reading.right or reading.intent.startswith("oos_") for reading in outside),
        oos_kind_recall=_mean(reading.right for reading in outside),
        turned_away=_mean(reading.intent.startswith("oos_") for reading in inside),
        asked_back=_mean(reading.intent == FALLBACK for reading in inside),
    )


def confusions(readings: Sequence[Reading]) -> list[tuple[str, str, int]]:
    """(labelled act, read act, how often), the most frequent mistakes first."""
    pairs = Counter((reading.utterance.intent, reading.intent) for reading in readings if not reading.right)
    return [(truth, said, count) for (truth, said), count in pairs.most_common()]


def worst(readings: Sequence[Reading], limit: int) -> list[Reading]:
    """Mistakes made with the most confidence: those the bot acts upon without asking back."""
    wrong = [reading for reading in readings if not reading.right]
    return sorted(wrong, key=lambda reading: -reading.confidence)[:limit]


@dataclass(frozen=True)
class Bin:
    """Readings whose confidence lies between ``low`` and ``high``: how sure they were and how often right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def calibration(readings: Sequence[Reading]) -> tuple[list[Bin], float]:
    """Confidence against being right, by bins, and the expected calibration error (0 is honest).

    A fallback carries no confidence in an act and is left out.
    """
    sure = [reading for reading in readings if reading.intent != FALLBACK]
    bins = []
    for low, high in itertools.pairwise(_BINS):
        inside = [reading for reading in sure if low < reading.confidence <= high]
        if inside:
            bins.append(Bin(low, high, len(inside), _mean(reading.confidence for reading in inside),
                            _mean(reading.right for reading in inside)))
    total = max(1, len(sure))
    return bins, sum(one.count / total * abs(one.confidence - one.accuracy) for one in bins)


def latency(readings: Sequence[Reading]) -> tuple[float, float]:
    """Median and 95th percentile of one parse, in milliseconds."""
    times = [reading.seconds * 1000 for reading in readings]
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def _by_act(truth: Sequence[str], said: Sequence[str]) -> dict[str, tuple[float, float, float, int]]:
    hits: dict[str, int] = defaultdict(int)
    for one, other in zip(truth, said, strict=True):
        hits[one] += one == other
    labelled, claimed = Counter(truth), Counter(said)
    scores = {}
    for act, count in sorted(labelled.items()):
        precision = hits[act] / claimed[act] if claimed[act] else 0.0
        recall = hits[act] / count
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores[act] = (precision, recall, f1, count)
    return scores


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return float(sum(listed) / len(listed)) if listed else 0.0
