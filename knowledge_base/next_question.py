"""The next best question: the fact whose answer settles the most of what the user cares about, or none.

A fact is worth asking only if a relevant verdict is still open on it: Kleene logic has already left out what
cannot matter. Facts nearly every firm meets (고용보험 가입, 공공기관 아님 …) are left for a person to check. The
region is asked last, and only where a local program could add something.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.facts import Facts
from knowledge_base.rules import value_of
from knowledge_base.verdict import Verdict

# Where two facts settle as much, the one people answer more easily comes first.
_ORDER = (
    "event.type", "event.cover", "company.headcount", "event.mode", "event.child_birth", "company.industry",
    "company.insured_headcount", "event.start", "event.months", "event.worker_tenure_months", "event.worker_gender",
    "event.cover_start", "event.coworker_allowance",
)
_STATUS, _MONEY = 1.0, 0.4
_TELLS_NO_EVENT = {"subsidy", "local", "replacement"}  # wants that leave open what is happening at the firm


def next_question(verdicts: Sequence[Verdict], facts: Facts, unknowable: frozenset[str]) -> str | None:
    """The dotted name of the fact to ask for next; None where no answer can change what the user cares about."""
    if _event_is_open(facts) and "event.type" not in unknowable:
        return "event.type"
    weight: dict[str, float] = {}
    for verdict in verdicts:
        if verdict.relevant and verdict.status not in ("ineligible", "not_in_force"):
            _weigh(verdict, weight)
    worth = [name for name in weight if name not in unknowable and name != "company.region"]
    if worth:
        return max(worth, key=lambda name: (weight[name], -_place(name)))
    if "company.region" not in unknowable and facts.company.region is None and any(map(_local_is_open, verdicts)):
        return "company.region"
    return None


def settles(verdicts: Sequence[Verdict], fact: str) -> tuple[str, ...]:
    """The ids of the relevant programs on which the answer to ``fact`` bears; for "왜 물어봐요?"."""
    return tuple(v.program.id for v in verdicts if fact in v.asks and (v.relevant or _local_is_open(v)))


def _event_is_open(facts: Facts) -> bool:
    return not any(event.type for event in facts.events) and set(facts.wants) <= _TELLS_NO_EVENT


def _weigh(verdict: Verdict, weight: dict[str, float]) -> None:
    status = {name for decision in verdict.decisions if decision.outcome == "unknown" and decision.asking
              for name in decision.asks}
    for names, each in ((status, _STATUS), (verdict.money.asks, _MONEY)):
        for name in names:
            if value_of(name, verdict.situation) is None:  # a rough head count that was told is not asked again
                weight[name] = weight.get(name, 0) + each


def _local_is_open(verdict: Verdict) -> bool:
    region = verdict.region
    return verdict.concerned and region is not None and region.outcome == "unknown" and verdict.status == "possible"


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
