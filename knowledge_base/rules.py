"""Three-valued deciding of a program's conditions over facts (Kleene): met, unmet, or unknown.

A missing fact makes unknown; it is never false and never a default. Every decision carries a whole Korean sentence
with its numbers. What the conditions are is data in ``programs/``; what a verdict makes of them is in ``screening``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from knowledge_base.fact_words import FACTS, say
from knowledge_base.korean import fill_josa
from knowledge_base.program_schema import Condition, Reference, Test
from knowledge_base.situation import Interval, Situation, add_months

Outcome = Literal["met", "unmet", "unknown"]
_MARK = re.compile(r"\{(actual|limit|subject|date|start|end|months|industry|headcount|exception)\}")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "at_least": operator.ge, "at_most": operator.le, "less_than": operator.lt, "more_than": operator.gt,
}


@dataclass(frozen=True)
class Decision:
    """One condition decided. ``asks`` names the facts that would settle an unknown one, most telling first;
    ``asking`` is False where the unknown is left for a person to check."""

    condition: Condition
    outcome: Outcome
    asks: tuple[str, ...]
    asking: bool
    situation: Situation

    @property
    def text(self) -> str:
        """The sentence of the outcome, numbers filled in."""
        template = getattr(self.condition, self.outcome)
        if self.condition.fact.startswith("definition.") and self.situation.standing.sentence:
            template = self.situation.standing.sentence
        return fill(template, self.condition, self.situation)

    @property
    def change(self) -> str | None:
        """What would turn an unmet condition, in a sentence; None where nothing is known to."""
        if self.outcome != "unmet" or self.condition.change is None:
            return None
        return fill(self.condition.change, self.condition, self.situation)

    @property
    def reference(self) -> Reference:
        return self.condition.reference


def outcome(test: Test, situation: Situation) -> Outcome:
    """Whether one test holds. A range that straddles the limit is unknown."""
    fact, op, limit = test.fact, test.op, test.value
    if fact.startswith("definition."):
        return _definition(situation)
    if op in _COMPARE:
        return _compare(_number(fact, situation), op, limit)
    if op == "lasts_days":
        return _lasts(situation, limit)
    if op == "child_within_months":
        return _born_late_enough(situation, add_months(situation.day, -limit))
    if op == "child_within_school":
        return _in_school_age(situation, limit["age"], limit["grade"])
    if op == "child_in_grades":
        return _in_grades(situation, limit["from"], limit["to"])
    if op in ("in_region", "not_in_region"):
        return _in_region(situation.company.region, limit, op == "in_region")
    if op == "starts_within_months_before":
        return _within_before(situation, limit["sure"], limit["perhaps"])
    if op == "includes_any":
        wants = situation.facts.wants
        return ("met" if any(want in limit for want in wants) else "unmet") if wants else "unknown"
    actual = value_of(fact, situation)
    if actual is None:
        return "unknown"
    if op == "equals":
        return "met" if actual == limit else "unmet"
    return "met" if (actual in limit) == (op == "in") else "unmet"


def all_of(tests: Iterable[Test], situation: Situation) -> Outcome:
    """Kleene's "and": unmet if any is unmet, met if all are met, unknown otherwise (met for no tests)."""
    result: Outcome = "met"
    for test in tests:
        found = outcome(test, situation)
        if found == "unmet":
            return "unmet"
        if found == "unknown":
            result = "unknown"
    return result


def asks_of(tests: Iterable[Test], situation: Situation) -> tuple[str, ...]:
    """The facts whose answers would settle the unknown ones among ``tests``."""
    found: list[str] = []
    for test in tests:
        if outcome(test, situation) == "unknown":
            found.extend(name for name in missing(test, situation) if name not in found)
    return tuple(found)


def missing(test: Test, situation: Situation) -> tuple[str, ...]:
    """The facts to ask for where ``test`` is unknown; none where only a person can settle it."""
    if test.fact.startswith("definition."):
        return situation.standing.asks
    if test.fact == "company.insured_headcount" and situation.headcount is None:
        return ("company.headcount",)
    if test.op in ("starts_within_months_before",) and situation.event.cover_start and situation.start:
        return ()
    return (test.fact,)


def decide(condition: Condition, situation: Situation) -> Decision | None:
    """The condition decided for ``situation``; None where it does not apply (its dates, or a guard is unmet)."""
    if not condition.covers(rule_day(condition.dated_by, situation)):
        return None
    guard = all_of(condition.when, situation) if condition.when else "met"
    if guard == "unmet":
        return None
    found = outcome(condition, situation)
    asks: tuple[str, ...] = ()
    if guard == "unknown":
        if found == "met":
            return None
        asks, found = asks_of(condition.when, situation), "unknown"
    elif found == "unknown":
        asks = missing(condition, situation)
    asking = condition.if_unknown == "ask" and bool(asks) and all_of(condition.ask_only_when, situation) != "unmet"
    return Decision(condition, found, asks, asking, situation)


def rule_day(dated_by: str, situation: Situation) -> date:
    """The day that says which rule counts: the event's start, the cover's start or the day of return."""
    if dated_by == "cover_start" and situation.event.cover_start:
        return situation.event.cover_start
    if dated_by == "return_date":
        return situation.return_date or situation.day
    return situation.day


def value_of(fact: str, situation: Situation) -> Any:
    """The plain value of a fact, None where it is not known."""
    if fact == "company.employment_insurance":
        return situation.insurance
    if fact == "wants":
        return situation.facts.wants or None
    where, name = fact.split(".")
    return getattr(situation.company if where == "company" else situation.event, name)


def fill(template: str, test: Test, situation: Situation) -> str:
    """A sentence with its marks filled with what is known, particles fitted to the words before them."""
    if "{" not in template:
        return template
    return fill_josa(_MARK.sub(lambda mark: _filling(mark.group(1), test, situation), template))


def _filling(mark: str, test: Test, situation: Situation) -> str:
    if mark == "headcount":
        return _said_count("company.headcount", situation) or "상시근로자"
    if mark == "industry":
        return situation.standing.industry
    if mark == "exception":
        return situation.standing.exception
    if mark == "limit":
        return situation.standing.limit if test.fact.startswith("definition.") else _limit(test)
    if mark == "subject":
        return FACTS.get(test.fact, test.fact)
    if mark == "date":
        return _limit_date(test, situation)
    if mark == "months":
        return say("event.months", situation.event.months) if situation.event.months else "기간"
    if mark in ("start", "end"):
        day = situation.day if mark == "start" else situation.end
        return say("event.start", day) if day else "그날"
    return _actual(test.fact, situation)


def _actual(fact: str, situation: Situation) -> str:
    if fact == "event.child_birth":
        return _child(situation)
    if fact in ("company.headcount", "company.insured_headcount"):
        return _said_count(fact, situation) or FACTS[fact]
    if fact == "event.worker_tenure_months" and situation.tenure:
        return f"{int(situation.tenure[0])}개월"
    actual = value_of(fact, situation)
    return FACTS.get(fact, fact) if actual is None else say(fact, actual)


def _said_count(fact: str, situation: Situation) -> str | None:
    name = fact.split(".")[1]
    count = getattr(situation.company, name)
    around = getattr(situation.company, f"{name}_range")
    if around is not None and (around.min, around.max) != (count, count):
        return say(fact, around)
    if count is not None:
        return say(fact, count)
    return _said_count("company.headcount", situation) if name == "insured_headcount" else None


def _child(situation: Situation) -> str:
    """The child's age at the event's start, as it is said."""
    birth = situation.birth
    if birth is None:
        return "아이 나이"
    if birth[0] > situation.day:
        return "아직 태어나기 전"
    ages = [_age(max(born, date(1900, 1, 1)), situation.day) for born in reversed(birth) if born < date.max]
    said = [f"{age}개월" if age < 36 else f"{age // 12}세" for age in ages]
    return said[0] if len(set(said)) == 1 else "~".join(said) if len(said) == 2 else f"{said[0]} 이하"


def _age(born: date, day: date) -> int:
    months = (day.year - born.year) * 12 + day.month - born.month
    return max(0, months - (1 if day < add_months(born, months) else 0))


def _limit(test: Test) -> str:
    if test.op == "child_within_months":
        return f"{test.value}개월"
    if test.op == "lasts_days":
        return f"{test.value}일"
    if test.op == "child_within_school":
        return f"만 {test.value['age']}세(초등학교 {test.value['grade']}학년)"
    if test.op == "starts_within_months_before":
        return f"{test.value['sure']}개월"
    return say(test.fact, test.value)


def _limit_date(test: Test, situation: Situation) -> str:
    if test.op == "starts_within_months_before":
        if situation.start is None:
            return f"시작 {test.value['sure']}개월 전"
        return say("event.start", add_months(situation.start, -test.value["sure"]))
    day = waiting_day(test, situation)
    return say("event.start", day) if day else "그날"


def waiting_day(test: Test, situation: Situation) -> date | None:
    """The first start of the event at which waiting alone makes an unmet test met; None where waiting cannot."""
    if test.fact == "event.worker_tenure_months" and test.op == "at_least" and situation.event.worker_tenure_months:
        return add_months(situation.as_of, max(0, int(test.value) - situation.event.worker_tenure_months))
    return None


def _number(fact: str, situation: Situation) -> Interval | None:
    if fact == "company.headcount":
        return situation.headcount
    if fact == "company.insured_headcount":
        return situation.insured
    if fact == "event.worker_tenure_months":
        return situation.tenure
    value = value_of(fact, situation)
    return None if value is None else (float(value), float(value))


def _compare(number: Interval | None, op: str, limit: float) -> Outcome:
    if number is None:
        return "unknown"
    holds = _COMPARE[op]
    low, high = holds(number[0], limit), holds(number[1], limit)
    return "unknown" if low != high else "met" if low else "unmet"


def _lasts(situation: Situation, days: int) -> Outcome:
    """Whether the event lasts at least ``days``.

    "30일" and "한 달" are both told as one month, so a month counts as 30 days and as what it is in the calendar.
    Where the two differ about the limit (February), or the start is not known, the outcome is unknown.
    """
    around = situation.days
    if around is None:
        return "unknown"
    return _compare(around, "at_least", days)


def _definition(situation: Situation) -> Outcome:
    return situation.standing.outcome


def _born_late_enough(situation: Situation, earliest: date) -> Outcome:
    """Met where the child was born on ``earliest`` or later; an unborn child counts."""
    birth = situation.birth
    if birth is None:
        return "unknown"
    if birth[0] >= earliest:
        return "met"
    return "unmet" if birth[1] < earliest else "unknown"


def _in_school_age(situation: Situation, age: int, grade: int) -> Outcome:
    """At most ``age`` years old, or in at most that 초등학교 grade; a school year ends in February."""
    birth = situation.birth
    if birth is None:
        return "unknown"
    young_enough = [situation.day <= _last_day_in_school_age(born, age, grade) for born in birth]
    return "met" if all(young_enough) else "unknown" if any(young_enough) else "unmet"


def _last_day_in_school_age(born: date, age: int, grade: int) -> date:
    if born.year + grade + 8 > date.max.year or born.year < 1900:
        return born
    birthday = add_months(born, 12 * (age + 1)) - timedelta(days=1)
    school = date(born.year + grade + 7, 3, 1) - timedelta(days=1)
    return max(birthday, school)


def _in_grades(situation: Situation, first: int, last: int) -> Outcome:
    """In 초등학교 grades ``first`` to ``last``, by birth year; a school year runs from March to February."""
    birth = situation.birth
    if birth is None or birth[0].year < 1900 or birth[1] == date.max:
        return "unknown"
    before = [situation.day < date(born.year + 6 + first, 3, 1) for born in birth]
    after = [situation.day >= date(born.year + 7 + last, 3, 1) for born in birth]
    if all(before) or all(after):
        return "unmet"
    return "unknown" if any(before) or any(after) else "met"


def _in_region(code: str | None, codes: list[str], wanted: bool) -> Outcome:
    if code is None:
        return "unknown"
    return "met" if code.startswith(tuple(codes)) == wanted else "unmet"


def _within_before(situation: Situation, sure: int, perhaps: int) -> Outcome:
    began = situation.event.cover_start
    if began is None or situation.start is None:
        return "unknown"
    if began >= add_months(situation.start, -sure):
        return "met"
    return "unknown" if began >= add_months(situation.start, -perhaps) else "unmet"
