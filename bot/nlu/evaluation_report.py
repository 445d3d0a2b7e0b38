"""The evaluation as text: Markdown tables, the same on the terminal and in ``docs/understanding.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlu import evaluation, evaluation_facts, perturbation
from bot.nlu.evaluation import Parse, Reading, Utterance
from bot.nlu.evaluation_facts import FactMiss, FactScores

_EVERY = 1


@dataclass(frozen=True)
class Cost:
    """What one kind of disturbance costs, in points of 100, on the utterances it changes."""

    kind: str
    utterances: int
    accuracy_before: float
    accuracy: float
    facts_before: float
    facts: float

    @property
    def act_points(self) -> float:
        """Points of act accuracy lost (negative where it helped)."""
        return (self.accuracy_before - self.accuracy) * 100

    @property
    def fact_points(self) -> float:
        """Points of facts F1 lost (negative where it helped)."""
        return (self.facts_before - self.facts) * 100


def costs(parse: Parse, plain: Sequence[Reading], every: int = _EVERY) -> list[Cost]:
    """The cost of every kind of disturbance against the same utterances undisturbed; ``every`` n-th is taken."""
    found = []
    for kind in perturbation.KINDS:
        chosen = plain[::every]
        disturbed = evaluation.read_all(parse, [reading.utterance for reading in chosen], _disturber(kind))
        changed = {id(reading.utterance) for reading in disturbed}
        same = [reading for reading in chosen if id(reading.utterance) in changed]
        skip = perturbation.NAMES if kind in perturbation.SLIPS else frozenset[str]()
        found.append(Cost(
            kind, len(disturbed), _accuracy(same), _accuracy(disturbed),
            evaluation_facts.fact_scores(same, skip)[0].f1, evaluation_facts.fact_scores(disturbed, skip)[0].f1,
        ))
    return found


def _disturber(kind: str) -> evaluation.Disturber:
    def disturb(utterance: Utterance) -> str | None:
        return perturbation.disturb(kind, utterance)

    return disturb


def _accuracy(readings: Sequence[Reading]) -> float:
    return sum(reading.right for reading in readings) / max(1, len(readings))


def summary(readings: Sequence[Reading]) -> str:
    """Acts, scope, facts and speed in one table, with the aims beside them."""
    acts = evaluation.act_scores(readings)
    facts, _ = evaluation_facts.fact_scores(readings)
    middle, slow = evaluation.latency(readings)
    _, error = evaluation.calibration(readings)
    rows = [
        ("act, macro-F1", f"{acts.macro_f1:.3f}", "≥ 0.93"),
        ("act, macro-F1, first label only", f"{acts.strict_macro_f1:.3f}", ""),
        ("act, accuracy", f"{acts.accuracy:.3f}", ""),
        ("out of scope: recall", f"{acts.oos_recall:.3f}", "≥ 0.90"),
        ("out of scope: recall of the right kind", f"{acts.oos_kind_recall:.3f}", ""),
        ("in scope but turned away", f"{acts.turned_away:.1%}", "≤ 4 %"),
        ("in scope but asked back (nlu_fallback)", f"{acts.asked_back:.1%}", ""),
        ("facts, F1", f"{facts.f1:.3f}", "≥ 0.95"),
        ("facts, precision", f"{facts.precision:.3f}", ""),
        ("facts, recall", f"{facts.recall:.3f}", ""),
        ("calibration error", f"{error:.3f}", ""),
        ("one parse, median", f"{middle:.1f} ms", ""),
        ("one parse, p95", f"{slow:.1f} ms", "≤ 30 ms"),
    ]
    return _table(("measure", "value", "aim"), rows, f"{len(readings)} utterances")


def by_act(readings: Sequence[Reading]) -> str:
    """Precision, recall and F1 of every act, the weakest first."""
    scores = sorted(evaluation.act_scores(readings).by_act.items(), key=lambda item: item[1][2])
    rows = [(act, f"{p:.2f}", f"{r:.2f}", f"{f:.2f}", str(n)) for act, (p, r, f, n) in scores]
    return _table(("act", "precision", "recall", "F1", "utterances"), rows, "By act")


def confusion(readings: Sequence[Reading], limit: int) -> str:
    """Which act is read as which, the most frequent mistakes first."""
    rows = [(truth, said, str(count)) for truth, said, count in evaluation.confusions(readings)[:limit]]
    return _table(("labelled", "read as", "times"), rows, "Confusion")


def worst(readings: Sequence[Reading], limit: int) -> str:
    """The mistakes made with the most confidence."""
    rows = [(reading.utterance.text.replace("\n", " / ")[:60], reading.utterance.intent, reading.intent,
             f"{reading.confidence:.2f}") for reading in evaluation.worst(readings, limit)]
    return _table(("utterance", "labelled", "read as", "confidence"), rows, "Worst utterances")


def reliability(readings: Sequence[Reading]) -> str:
    """Confidence against being right."""
    bins, error = evaluation.calibration(readings)
    rows = [(f"{one.low:.2f}–{one.high:.2f}", str(one.count), f"{one.confidence:.2f}", f"{one.accuracy:.2f}")
            for one in bins]
    return _table(("confidence", "utterances", "mean confidence", "right"), rows,
                  f"Calibration (expected error {error:.3f})")


def facts(scores: FactScores) -> str:
    """Facts by entity: found, invented, missed, and the scores these make; the most frequent facts first."""
    rows = [
        (entity, *(str(number) for number in counts), f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}")
        for entity, counts in sorted(scores.by_entity.items(), key=lambda item: -item[1][0] - item[1][2])
        for one in (FactScores(counts[0], counts[1], counts[2]),)
    ]
    return _table(("fact", "right", "spurious", "missed", "precision", "recall", "F1"), rows,
                  f"Facts: precision {scores.precision:.3f}, recall {scores.recall:.3f}, F1 {scores.f1:.3f}")


def fact_misses(misses: Sequence[FactMiss], limit: int) -> str:
    """Readings whose facts are wrong."""
    rows = [(miss.reading.text.replace("\n", " / ")[:60], "; ".join(miss.missed), "; ".join(miss.spurious))
            for miss in misses[:limit]]
    return _table(("utterance", "missed", "spurious"), rows, "Facts read wrongly")


def robustness(found: Sequence[Cost]) -> str:
    """What every kind of disturbance costs."""
    rows = [(cost.kind, str(cost.utterances), f"{cost.accuracy_before:.3f} → {cost.accuracy:.3f}",
             f"{cost.act_points:+.1f}", f"{cost.facts_before:.3f} → {cost.facts:.3f}", f"{cost.fact_points:+.1f}")
            for cost in found]
    return _table(("disturbance", "utterances", "act accuracy", "cost", "facts F1", "cost"), rows,
                  "Robustness: what a disturbance costs, in points (aim ≤ 4)")


def fact_robustness(found: Sequence[Cost]) -> str:
    """What every kind of disturbance costs the facts."""
    rows = [(cost.kind, str(cost.utterances), f"{cost.facts_before:.3f} → {cost.facts:.3f}",
             f"{cost.fact_points:+.1f}") for cost in found]
    return _table(("disturbance", "utterances", "facts F1", "cost"), rows,
                  "Facts: what a disturbance costs, in points (aim ≤ 4)")


def comparison(rows: Sequence[tuple[str, Sequence[Reading], float]]) -> str:
    """Pipelines trained on the same data in the same run: (name, readings, seconds of training)."""
    lines = []
    for name, readings, seconds in rows:
        acts = evaluation.act_scores(readings)
        middle, slow = evaluation.latency(readings)
        lines.append((name, f"{acts.macro_f1:.3f}", f"{acts.accuracy:.3f}", f"{1 - acts.accuracy:.3f}",
                      f"{acts.oos_recall:.3f}", f"{acts.turned_away:.1%}", f"{acts.asked_back:.1%}",
                      f"{seconds:.0f} s", f"{middle:.1f} / {slow:.1f} ms"))
    head = ("pipeline", "macro-F1", "accuracy", "error", "OOS recall", "turned away", "asked back", "training",
            "parse p50 / p95")
    return _table(head, lines, "Against Rasa's default pipeline")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> str:
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in escaped] or ["| " + " | ".join("–" for _ in head) + " |"]
    return "\n".join(lines) + "\n"
