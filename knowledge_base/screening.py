"""Screening: every program's verdict for a firm's facts, as of each event's date, with the next question.

How open things are modelled: a fact that nearly every firm has right (고용보험 가입, 공공기관·대기업집단 아님,
30일 이상) is ``if_unknown: check`` in the program's file. Unknown, it makes the verdict ``check`` instead of
``eligible`` and stands in ``to_check``; it never drives a question. Any other unknown condition makes the verdict
``possible``. A program whose decisive conditions only a person can check (승인, 예산, 공고) is ``check`` at best, and
so is an event that begins after the last day the knowledge confirms. An amount that hangs on a missing fact leaves
the status alone but is never certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge_base import clock
from knowledge_base.combination import WAYS, Best, best, either
from knowledge_base.facts import Event, Facts
from knowledge_base.loading import knowledge_version
from knowledge_base.next_question import next_question, settles
from knowledge_base.program_schema import Program, programs
from knowledge_base.rules import Decision, all_of, decide, waiting_day
from knowledge_base.situation import Situation
from knowledge_base.support import SupportType, support_type
from knowledge_base.verdict import RegionDecision, Status, Verdict

_RANK = {"eligible": 0, "check": 1, "possible": 2, "ineligible": 3, "not_in_force": 4}


@dataclass(frozen=True)
class Screening:
    """All verdicts, relevant ones first, and what to ask next."""

    as_of: date
    knowledge_version: str
    verdicts: tuple[Verdict, ...]
    next_question: str | None
    support: SupportType
    best: Best | None

    @property
    def relevant(self) -> tuple[Verdict, ...]:
        """The verdicts the user cares about, in the order to show them."""
        return tuple(verdict for verdict in self.verdicts if verdict.relevant)

    @property
    def question_settles(self) -> tuple[str, ...]:
        """The programs on which the answer to the next question bears."""
        return settles(self.verdicts, self.next_question) if self.next_question else ()

    def verdict(self, program: str) -> Verdict:
        """The verdict of one program by id. Raises KeyError for an id that is not there."""
        for verdict in self.verdicts:
            if verdict.program.id == program:
                return verdict
        raise KeyError(program)

    def to_document(self, *, only_relevant: bool = False) -> dict[str, Any]:
        """The JSON-like document of ``donghaeng screen``."""
        shown = self.relevant if only_relevant else self.verdicts
        paid = {v.program.id: v.money.total for v in self.relevant if v.money.counted and v.status in (
            "eligible", "check")}
        return {
            "as_of": self.as_of.isoformat(), "knowledge_version": self.knowledge_version,
            "next_question": self.next_question, "question_settles": list(self.question_settles),
            "support_type": self.support.id, "support_type_ko": self.support.name,
            "best_combination": self.best.to_document() if self.best else None, "totals": paid,
            "verdicts": [verdict.to_document() for verdict in shown],
        }

    def to_card(self) -> dict[str, Any]:
        """The relevant verdicts as a ``verdicts`` card; of the exclusions only those between programs on it."""
        found = self.best
        refused = ("ineligible", "not_in_force")
        at_hand = {verdict.program.id for verdict in self.relevant if verdict.status not in refused}
        cards = [verdict.to_card() for verdict in self.relevant]
        for card in cards:
            card["excludes"] = [entry for entry in card["excludes"] if entry["program"] in at_hand]
        return {
            "v": 1, "type": "verdicts", "as_of": self.as_of.isoformat(), "knowledge_version": self.knowledge_version,
            "verdicts": cards,
            "best": {"text": found.text, "total": found.total, "lines": list(found.lines)} if found else None,
        }


def screen(
    facts: Facts, *, as_of: date | None = None, unknowable: frozenset[str] = frozenset(),
    of: Mapping[str, Program] | None = None,
) -> Screening:
    """Verdicts of all programs for ``facts``.

    ``as_of`` is today in Korea unless given; each event is judged by the rules of its own start. ``unknowable`` are
    dotted facts the person does not know: they are never asked again and their verdicts stay possible. ``of`` are
    the programs to screen (all of the knowledge unless given).
    """
    today = as_of or clock.today()
    all_of_them = programs() if of is None else of
    names = {identifier: program.short_name for identifier, program in all_of_them.items()}
    at_hand = [Situation(facts, event, today) for event in facts.events]
    no_event = Situation(facts, Event.parse_obj({}), today)
    # A wish for 유연근무 is taken to be of a worker talked of: what is known of the child or the mode counts.
    wishing = facts.events or (no_event.event,)
    wished = [Situation(facts, event.copy(update={"type": "flexible_work"}), today) for event in wishing]
    verdicts = []
    for program in all_of_them.values():
        concerned: list[tuple[int | None, Situation]] = [
            (index, at) for index, at in enumerate(at_hand) if at.event.type in program.events
        ]
        concerned = concerned or _stand_ins(program, facts, at_hand, no_event, wished)
        judged = [_judge(program, at, index, names) for index, at in concerned]
        verdicts.append(min(judged, key=lambda verdict: (_RANK[verdict.status], not verdict.relevant)))
    ordered = tuple(sorted(_without_ground(verdicts), key=_place))
    asked = next_question(ordered, facts, unknowable)
    found = _best(ordered, facts, today)
    return Screening(today, knowledge_version(), ordered, asked, support_type(facts), found)


def _best(verdicts: tuple[Verdict, ...], facts: Facts, today: date) -> Best | None:
    """The best combination; while it is open how the one place is filled, what each paying way adds up to."""
    found = best(verdicts)
    open_ = any(v.relevant and v.status == "possible" and "event.cover" in v.asks for v in verdicts)
    if found is None or not open_ or len(facts.events) != 1:
        return found
    relevant = {verdict.program.id: verdict.program for verdict in verdicts if verdict.relevant}
    ways: dict[str, Best] = {}
    for cover in WAYS:
        filled = facts.events[0].copy(update={"cover": cover, "coworker_allowance": cover == "coworkers" or None})
        way = screen(facts.copy(update={"events": (filled,)}), as_of=today, of=relevant).best
        if way is not None and way.total is not None:
            ways[cover] = way
    return either(found, ways) if len(ways) == len(WAYS) and _differ(ways) else found


def _differ(ways: Mapping[str, Best]) -> bool:
    return len({way.programs for way in ways.values()}) > 1


def _without_ground(verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts, those turned to "no" whose prerequisite is one."""
    refused = {v.program.id for v in verdicts if v.status in ("ineligible", "not_in_force")}
    found = []
    for verdict in verdicts:
        missing = next((p for p in verdict.program.prerequisites if p.program in refused), None)
        if missing is not None and verdict.program.id not in refused:
            verdict = replace(verdict, status="ineligible", blocked_by=missing)
        found.append(verdict)
    return found


def _place(verdict: Verdict) -> tuple[bool, bool, int, str]:
    return not verdict.relevant, _RANK[verdict.status] >= 3, verdict.program.order, verdict.program.id


def _stand_ins(
    program: Program, facts: Facts, at_hand: list[Situation], no_event: Situation, wished: list[Situation],
) -> list[tuple[int | None, Situation]]:
    """What to judge a program by that none of the events concerns: a wish for 유연근무, the firm alone, or the
    events at hand (which its conditions then mostly refuse)."""
    if "flexible_work" in facts.wants and "flexible_work" in program.events:
        return [(None, at) for at in wished]
    if not at_hand or not program.events:
        return [(None, no_event)]
    return list(enumerate(at_hand))


def _judge(program: Program, at: Situation, index: int | None, names: dict[str, str]) -> Verdict:
    region = _region(program, at)
    concerned = _concerned(program, at)
    relevant = concerned and (region is None or region.outcome == "met")
    decisions = _decisions(program, at)
    status = _status(program, at, decisions, region)
    flips = _flips_on(program, at, decisions) if relevant and status in ("ineligible", "not_in_force") else None
    return Verdict(program, status, relevant, concerned, index, at, decisions, region, flips, names)


def _decisions(program: Program, at: Situation) -> tuple[Decision, ...]:
    found = (decide(condition, at) for condition in program.conditions)
    return tuple(decision for decision in found if decision is not None)


def _status(program: Program, at: Situation, decisions: Iterable[Decision], region: RegionDecision | None) -> Status:
    if not any(period.covers(at.day) for period in program.in_force):
        return "not_in_force"
    outcomes = {(decision.outcome, decision.asking) for decision in decisions}
    if ("unmet", False) in outcomes or (region and region.outcome == "unmet"):
        return "ineligible"
    if ("unknown", True) in outcomes or (region and region.outcome == "unknown"):
        return "possible"
    decisive = any(check.decisive and all_of(check.when, at) == "met" for check in program.conditions_to_check)
    start_matters = at.start is None and program.hangs_on_start
    if ("unknown", False) in outcomes or decisive or start_matters or at.day > program.confirmed_until:
        return "check"
    return "eligible"


def _region(program: Program, at: Situation) -> RegionDecision | None:
    if program.scope.kind == "national":
        return None
    place, code = program.scope.place or "", at.company.region
    if code is None:
        return RegionDecision("unknown", place)
    return RegionDecision("met" if code.startswith(program.scope.codes) else "unmet", place)


def _concerned(program: Program, at: Situation) -> bool:
    """Whether the user cares, wherever the firm is: the program concerns the event or a want."""
    if program.scope.kind == "local" and "local" in at.facts.wants:
        return True
    return program.concerns(at.event.type, at.facts.wants) and all_of(program.relevant_when, at) != "unmet"


def _flips_on(program: Program, at: Situation, decisions: Iterable[Decision]) -> date | None:
    """The first later start of the event at which the verdict is no longer a "no", all else being equal."""
    days = {day for period in (*program.in_force, *program.conditions) if (day := period.from_) and day > at.day}
    waited = (waiting_day(decision.condition, at) for decision in decisions if decision.outcome == "unmet")
    days |= {day for day in waited if day and day > at.day}
    for day in sorted(days):
        later = Situation(at.facts, at.event.copy(update={"start": day}), at.as_of)
        if _status(program, later, _decisions(program, later), None) not in ("ineligible", "not_in_force"):
            return day
    return None
