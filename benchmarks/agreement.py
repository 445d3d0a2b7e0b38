"""How far two annotators of the validation set agree, each having read alone: acts with Cohen's kappa, facts by kind.

    .venv/bin/python -m benchmarks.agreement

Both readings are kept as they were before they were compared, in ``tests/nlu/validation/two_readings``; the set itself
holds what came of the comparison. The second annotator's facts are scored against the first's exactly as a model's are.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml
from sklearn.metrics import cohen_kappa_score

from bot.nlu import evaluation, evaluation_facts
from bot.nlu.evaluation import ActScores, Reading, Utterance
from bot.nlu.evaluation_facts import FactScores

READINGS = evaluation.VALIDATION / "two_readings" / "labels.yml"
_SEVERAL = ("also", "maybe")
_ROLES = ("facts", "negated", "other")


@dataclass(frozen=True)
class Pair:
    """One utterance as each annotator labelled it."""

    first: Utterance
    second: Utterance


@dataclass(frozen=True)
class ActAgreement:
    """Agreement about the act: all shares between 0 and 1, kappa between -1 and 1."""

    utterances: int
    same: float  # both chose the same act first
    kappa: float  # ... beyond chance
    fair: float  # one's act is the other's, or one of those the other calls fair too


def pairs() -> list[Pair]:
    """Both readings of every utterance, as they were before the comparison."""
    items = yaml.safe_load(READINGS.read_text(encoding="utf-8"))
    return [Pair(_utterance(item["text"], item["first"]), _utterance(item["text"], item["second"])) for item in items]


def _utterance(text: str, labels: dict[str, Any]) -> Utterance:
    labelled: dict[str, Any] = {key: tuple(value) if key in _SEVERAL else value for key, value in labels.items()}
    return Utterance(text=text, **labelled)


def acts(found: Sequence[Pair]) -> ActAgreement:
    """Agreement about the act."""
    first, second = [pair.first.intent for pair in found], [pair.second.intent for pair in found]
    return ActAgreement(
        utterances=len(found),
        same=sum(one == other for one, other in zip(first, second, strict=True)) / len(found),
        kappa=float(cohen_kappa_score(first, second)),
        fair=sum(_fair(pair) for pair in found) / len(found),
    )


def _fair(pair: Pair) -> bool:
    return pair.first.intent in (pair.second.intent, *pair.second.also) or pair.second.intent in pair.first.also


def facts(found: Sequence[Pair], arguable: bool = False) -> FactScores:
    """The second annotator's facts against the first's. What either calls arguable (``maybe``) counts only with
    ``arguable``: then a fact told by one and merely allowed by the other is a disagreement too."""
    scores, _ = evaluation_facts.fact_scores([_as_model(pair, arguable) for pair in found])
    return scores


def ceiling(found: Sequence[Pair]) -> ActScores:
    """What the second annotator would score as a model against the first's labels: more cannot be asked of one."""
    return evaluation.act_scores([_as_model(pair) for pair in found])


def _as_model(pair: Pair, arguable: bool = False) -> Reading:
    first, second = pair.first, pair.second
    told = {entity for role in _ROLES for entity in getattr(second, role)}
    left_out = set() if arguable else set(second.maybe) - told
    expected = dataclasses.replace(
        first,
        facts=_without(first.facts, left_out),
        negated=_without(first.negated, left_out),
        other=_without(first.other, left_out),
        maybe=() if arguable else (*first.maybe, *second.maybe),
    )
    return Reading(expected, first.text, second.intent, 1.0, list(_entities(second)), 0.0)


def _without(labels: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    return {entity: value for entity, value in labels.items() if entity not in left_out}


def _entities(utterance: Utterance) -> Iterator[dict[str, Any]]:
    for role, labels in ((None, utterance.facts), ("negated", utterance.negated), ("other", utterance.other)):
        for entity, value in labels.items():
            for one in value if isinstance(value, list) else [value]:
                yield {"entity": entity, "role": role, "value": _stretch(one) if entity == "visit_window" else one}


def _stretch(window: dict[str, Any]) -> dict[str, str]:
    """A labelled window of days as the stretch of time a reader tells of."""
    after = date.fromisoformat(window["to"]) + timedelta(days=1)
    return {"start": f"{window['from']}T{window.get('hour', 0):02}:00:00", "end": f"{after}T00:00:00"}


def disagreements(found: Sequence[Pair]) -> list[tuple[str, str, int]]:
    """(first annotator's act, second's, how often), the most frequent first."""
    counted = Counter((pair.first.intent, pair.second.intent) for pair in found
                      if pair.first.intent != pair.second.intent)
    return [(one, other, count) for (one, other), count in counted.most_common()]


@dataclass(frozen=True)
class Changes:
    """How the labels that hold differ from the first reading's."""

    acts: int  # another act
    also: int  # another set of fair acts beside it
    facts: int  # a fact told, of another value, or no longer told (one for each entity and role)
    settled: int  # ... of these: told now, where the first reading called it arguable
    maybe: int  # a fact called arguable, or no longer (one for each entity)


def changes(found: Sequence[Pair]) -> Changes:
    """What came of the comparison: the first reading against the set as it is now."""
    held = {utterance.text: utterance for utterance in evaluation.load_validation()}
    both = [(pair.first, held[pair.first.text]) for pair in found if pair.first.text in held]
    return Changes(
        acts=sum(first.intent != now.intent for first, now in both),
        also=sum(first.intent == now.intent and set(first.also) != set(now.also) for first, now in both),
        facts=sum(getattr(first, role).get(entity) != getattr(now, role).get(entity)
                  for first, now in both for role in _ROLES for entity in {*getattr(first, role), *getattr(now, role)}),
        settled=sum(entity in first.maybe and entity not in getattr(first, role)
                    for first, now in both for role in _ROLES for entity in getattr(now, role)
                    if getattr(first, role).get(entity) != getattr(now, role)[entity]),
        maybe=sum(len(set(first.maybe) ^ set(now.maybe)) for first, now in both),
    )


def main() -> None:
    """Print the agreement and what came of it."""
    found = pairs()
    act, fact = acts(found), facts(found)
    print(f"{act.utterances} utterances: same act {act.same:.3f}, Cohen's kappa {act.kappa:.3f}, "
          f"same or fair for one of them {act.fair:.3f}")
    print(f"facts: agreement F1 {fact.f1:.3f} (both {fact.hits}, only the first {fact.missed}, "
          f"only the second {fact.spurious})")
    for entity, (both, second, first) in sorted(fact.by_entity.items()):
        print(f"  {entity:24} both {both:3}  only first {first:3}  only second {second:3}")
    strict = facts(found, arguable=True)
    print(f"facts, arguable ones counted too: agreement F1 {strict.f1:.3f} (both {strict.hits}, only the first "
          f"{strict.missed}, only the second {strict.spurious})")
    top = ceiling(found)
    print(f"the second scored as a model is: macro-F1 {top.macro_f1:.3f}, first label only {top.strict_macro_f1:.3f}")
    print("acts chosen differently by the first / the second:")
    for one, other, count in disagreements(found):
        print(f"  {one} / {other}: {count}")
    besides = [sum(bool(utterance.also) for utterance in side) for side in
               ([pair.first for pair in found], [pair.second for pair in found])]
    print(f"utterances with a second fair act: {besides[0]} for the first, {besides[1]} for the second")
    made = changes(found)
    print(f"changed in the set since: acts {made.acts}, fair acts beside them {made.also}, facts {made.facts} (of which "
          f"arguable before and asked for now {made.settled}), called arguable or no longer {made.maybe}")


if __name__ == "__main__":
    main()
