"""Fitting and measuring search on the question sets of ``tests/knowledge_base/questions``.

Only ``tune`` phrasings are used to fit; ``held_out`` ones are only measured. The fitted weights are kept in
``lexicon/search_weights.yaml``, so that nothing is fitted when the bot runs.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml

from knowledge_base.search import SIGNALS, WEIGHTS_FILE, Index, index, rank

QUESTIONS = Path(__file__).parent.parent / "tests" / "knowledge_base" / "questions"
_STEPS, _RATE, _DECAY, _ALSO = 1500, 0.05, 0.002, 0.5


@dataclass(frozen=True)
class Phrasing:
    """A question as somebody types it. ``item`` is what it was written for, ``also`` what answers it as well."""

    text: str
    item: str
    also: tuple[str, ...]
    set: str


@dataclass(frozen=True)
class Measured:
    """How well search did: shares of questions whose right item came first or among three; milliseconds."""

    count: int
    top1: float
    top3: float
    strict_top1: float
    median_ms: float
    slow_ms: float
    wrong: tuple[tuple[Phrasing, tuple[str, ...]], ...]


def phrasings(split: Literal["tune", "held_out"], folder: Path = QUESTIONS) -> list[Phrasing]:
    """The phrasings of one split over all sets. Raises FileNotFoundError where the sets are not shipped."""
    found: list[Phrasing] = []
    for path in (folder / "faq.yaml", folder / "programs.yaml", folder / "rights.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for identifier, entry in document.items():
            for asked in entry[split]:
                extra = asked.get("also", ()) if isinstance(asked, dict) else ()
                text = asked["text"] if isinstance(asked, dict) else asked
                found.append(Phrasing(text, identifier, (*entry.get("also", ()), *extra), path.stem))
    return found


def measure(asked: Sequence[Phrasing], *, of: Index | None = None) -> Measured:
    """Search run over ``asked``, one by one, timed."""
    found = of or index()
    first = three = strict = 0
    wrong: list[tuple[Phrasing, tuple[str, ...]]] = []
    times: list[float] = []
    for phrasing in asked:
        started = time.perf_counter()
        ranked = rank(phrasing.text, of=found)
        times.append((time.perf_counter() - started) * 1000)
        ids = [found.items[at].id for at, _ in ranked[:3]]
        right = {phrasing.item, *phrasing.also}
        strict += ids[0] == phrasing.item
        first += ids[0] in right
        three += bool(right & set(ids))
        if ids[0] not in right:
            wrong.append((phrasing, tuple(ids)))
    count = len(asked)
    return Measured(
        count, first / count, three / count, strict / count, float(np.median(times)), float(np.percentile(times, 99)),
        tuple(wrong),
    )


def fit(asked: Sequence[Phrasing], *, of: Index | None = None) -> np.ndarray:
    """Weights of SIGNALS under which the right items of ``asked`` get the greatest share of belief (Adam, L2)."""
    found = of or index()
    known = [phrasing for phrasing in asked if found.has(phrasing.item)]
    measured = np.stack([found.signals(phrasing.text) for phrasing in known])
    wanted = np.zeros(measured.shape[:2])
    for row, phrasing in enumerate(known):
        others = [identifier for identifier in phrasing.also if found.has(identifier)]
        wanted[row, found.position(phrasing.item)] = 1.0
        for identifier in others:
            wanted[row, found.position(identifier)] += _ALSO / len(others)
        wanted[row] /= wanted[row].sum()
    weights = np.zeros(len(SIGNALS))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        sums = measured @ weights
        share = np.exp(sums - sums.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        slope = np.einsum("qif,qi->f", measured, share - wanted) / len(known) + _DECAY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_and_store() -> str:
    """Fit on ``tune``, write ``lexicon/search_weights.yaml`` and say what came out."""
    weights = fit(phrasings("tune"))
    stored: dict[str, Any] = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    stored["weights"] = {name: round(float(weight), 4) for name, weight in zip(SIGNALS, weights, strict=True)}
    text = yaml.safe_dump(stored, allow_unicode=True, sort_keys=False)
    WEIGHTS_FILE.write_text(
        "# donghaeng ask --fit 이 tune 질문으로 맞춘 가중치. 손으로 고치지 않습니다.\n" + text, encoding="utf-8",
    )
    return text


def report() -> str:
    """The figures of ``donghaeng ask --evaluate`` as a small table."""
    lines = [f"{'질문 모음':<22}{'수':>5}{'1위':>8}{'3위 안':>8}{'원래 항목 1위':>12}{'중앙 ms':>9}{'99% ms':>8}"]
    splits: tuple[Literal["tune", "held_out"], ...] = ("tune", "held_out")
    for split in splits:
        asked = phrasings(split)
        for name in (*dict.fromkeys(phrasing.set for phrasing in asked), "전체"):
            part = [phrasing for phrasing in asked if name in ("전체", phrasing.set)]
            found = measure(part)
            lines.append(
                f"{split + ' ' + name:<24}{found.count:>5}{found.top1:>9.3f}{found.top3:>9.3f}"
                f"{found.strict_top1:>13.3f}{found.median_ms:>10.1f}{found.slow_ms:>9.1f}"
            )
    return "\n".join(lines)
