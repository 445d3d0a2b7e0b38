"""Fitting and measuring search on the question sets of ``tests/knowledge_base/questions``.

Only ``tune`` phrasings are used to fit; ``held_out`` ones are only measured. The fitted weights are kept in
``lexicon/search_weights.yaml``, so that nothing is fitted when the bot runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge_base.search import SIGNALS, SURE_SIGNS, WEIGHTS_FILE, Index, index, rank, sure_signs

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
    """How well search did: shares of questions whose right item came first or among three; milliseconds as a clock
    shows them (median, slowest hundredth) and of this thread's own work (``cpu_ms``, whatever else runs)."""

    count: int
    top1: float
    top3: float
    strict_top1: float
    median_ms: float
    slow_ms: float
    cpu_ms: float
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


def fresh(folder: Path = QUESTIONS) -> list[Phrasing]:
    """Questions written after everything was fitted, with what else answers them as in the other sets."""
    return _by_item("fresh", folder)


def owners(folder: Path = QUESTIONS, *, unseen: bool = False) -> list[Phrasing]:
    """Questions of owners and HR managers, read once and mended since (the file says what they told then); the
    ``unseen`` ones, written later and from further off, no word was ever changed for."""
    return _by_item("owners_unseen" if unseen else "owners", folder)


def _by_item(name: str, folder: Path) -> list[Phrasing]:
    also = {phrasing.item: phrasing.also for phrasing in phrasings("held_out", folder)}
    document: dict[str, list[Any]] = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    found: list[Phrasing] = []
    for item, texts in document.items():
        for asked in texts:
            extra = asked.get("also", ()) if isinstance(asked, dict) else ()
            text = asked["text"] if isinstance(asked, dict) else asked
            found.append(Phrasing(text, item, (*also[item], *extra), name))
    return found


def other_matters(split: Literal["tune", "held_out"], folder: Path = QUESTIONS) -> list[str]:
    """Questions the bot must not answer as if they were of this field."""
    document: dict[str, list[str]] = yaml.safe_load((folder / "other_matters.yaml").read_text(encoding="utf-8"))
    return document[split]


def measure(asked: Sequence[Phrasing], *, of: Index | None = None) -> Measured:
    """Search run over ``asked``, one by one, timed."""
    found = of or index()
    first = three = strict = 0
    wrong: list[tuple[Phrasing, tuple[str, ...]]] = []
    times: list[float] = []
    work: list[float] = []
    for phrasing in asked:
        started, busy = time.perf_counter(), time.thread_time()
        ranked = rank(phrasing.text, of=found)
        times.append((time.perf_counter() - started) * 1000)
        work.append((time.thread_time() - busy) * 1000)
        ids = [found.items[at].id for at, _ in ranked[:3]]
        right = {phrasing.item, *phrasing.also}
        strict += ids[0] == phrasing.item
        first += ids[0] in right
        three += bool(right & set(ids))
        if ids[0] not in right:
            wrong.append((phrasing, tuple(ids)))
    count = len(asked)
    return Measured(
        count,
        first / count,
        three / count,
        strict / count,
        float(np.median(times)),
        float(np.percentile(times, 99)),
        float(np.median(work)),
        tuple(wrong),
    )


def fit(asked: Sequence[Phrasing], *, of: Index | None = None) -> NDArray[Any]:
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

    def slope(weights: NDArray[Any]) -> NDArray[Any]:
        sums = measured @ weights
        share = np.exp(sums - sums.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("qif,qi->f", measured, share - wanted) / len(known))

    return _descend(slope, len(SIGNALS))


def fit_sureness(asked: Sequence[Phrasing], others: Sequence[str], by: NDArray[Any]) -> NDArray[Any]:
    """Weights of SURE_SIGNS that tell ``asked`` (of this field) from ``others``; both sides weigh the same."""
    signs = np.stack([sure_signs(text, by=by) for text in (*(p.text for p in asked), *others)])
    mine = np.array([1.0] * len(asked) + [0.0] * len(others))
    weight = np.where(mine == 1, 1 / len(asked), 1 / len(others)) / 2

    def slope(weights: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(signs.T @ (weight * (1 / (1 + np.exp(-signs @ weights)) - mine)))

    return _descend(slope, len(SURE_SIGNS))


def _descend(slope: Callable[[NDArray[Any]], NDArray[Any]], size: int) -> NDArray[Any]:
    """The weights at which ``slope`` with L2 decay is flat, by Adam from zero."""
    weights = np.zeros(size)
    mean, square = np.zeros(size), np.zeros(size)
    for step in range(1, _STEPS + 1):
        down = slope(weights) + _DECAY * weights
        mean, square = 0.9 * mean + 0.1 * down, 0.999 * square + 0.001 * down**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_and_store() -> str:
    """Fit on ``tune``, write ``lexicon/search_weights.yaml`` and say what came out."""
    asked = phrasings("tune")
    weights = fit(asked)
    sureness = fit_sureness(asked, other_matters("tune"), weights)
    stored = {
        "weights": {name: round(float(weight), 4) for name, weight in zip(SIGNALS, weights, strict=True)},
        "sureness": {name: round(float(weight), 4) for name, weight in zip(SURE_SIGNS, sureness, strict=True)},
    }
    text = yaml.safe_dump(stored, allow_unicode=True, sort_keys=False)
    WEIGHTS_FILE.write_text(
        "# donghaeng ask --fit 이 tune 질문으로 맞춘 가중치. 손으로 고치지 않습니다.\n" + text,
        encoding="utf-8",
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
