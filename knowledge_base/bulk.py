"""Screening of many firms at once, on columns: the statuses ``screening.screen`` gives, for statistics and planning.

It decides the same conditions from the same files with numpy; amounts, sentences and questions stay with ``screen``.
A test compares both on sampled firms, and an operator this module does not know is an error, never a guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from knowledge_base import clock
from knowledge_base.definitions import definitions
from knowledge_base.firm_table import (
    INDUSTRIES,
    MISSING,
    TYPES,
    WANTS,
    WORDS,
    Codes,
    Days,
    FirmTable,
    Flags,
    Numbers,
    add_months,
    length_in_months,
    march_first,
    years,
)
from knowledge_base.program_schema import Condition, Dated, Program, Test, programs

STATUSES = ("eligible", "check", "possible", "ineligible", "not_in_force")
ELIGIBLE, CHECK, POSSIBLE, INELIGIBLE, NOT_IN_FORCE = range(5)
UNMET, UNKNOWN, MET = (np.int8(value) for value in range(3))  # Kleene's "and" is the smallest of them
_COMPARE: dict[str, np.ufunc] = {
    "at_least": np.greater_equal, "at_most": np.less_equal, "less_than": np.less, "more_than": np.greater,
}


class UnknownOperatorError(NotImplementedError):
    """A program uses an operator that the bulk path cannot decide."""

    def __init__(self, op: str) -> None:
        super().__init__(f"한꺼번에 판정할 수 없는 조건입니다(op: {op}). screen()으로 하나씩 판정해 주세요.")


@dataclass(frozen=True)
class BulkVerdicts:
    """Statuses of every program for every firm: ``codes[program][i]`` is a position in ``STATUSES``."""

    as_of: date
    codes: dict[str, Codes]

    def status(self, program: str, firm: int) -> str:
        """The status of one program for one firm, as ``screen`` names it."""
        return STATUSES[int(self.codes[program][firm])]

    def counts(self) -> dict[str, dict[str, int]]:
        """For each program, how many firms have each status."""
        return {
            program: dict(zip(STATUSES, np.bincount(codes, minlength=len(STATUSES)).tolist(), strict=True))
            for program, codes in self.codes.items()
        }


def screen_all(
    firms: FirmTable, *, as_of: date | None = None, of: Mapping[str, Program] | None = None,
) -> BulkVerdicts:
    """Statuses of all programs (or of ``of``) for all firms.

    ``as_of`` is today in Korea unless given. Raises UnknownOperatorError for a condition only ``screen`` can decide.
    """
    today = as_of or clock.today()
    told = _Columns(firms, today)
    wished = _Columns(firms.with_type("flexible_work"), today)
    alone = _Columns(firms.without_event(), today)
    chosen = programs() if of is None else of
    found: dict[str, Codes] = {}
    for program in chosen.values():
        wishing, by_itself = _stand_ins(program, firms)
        codes = np.full(len(firms), ELIGIBLE, np.int8)
        for mask, columns in ((~wishing & ~by_itself, told), (wishing, wished), (by_itself, alone)):
            if mask.any():
                codes = np.where(mask, _statuses(program, columns), codes)
        found[program.id] = codes
    return BulkVerdicts(today, _without_ground(found, chosen))


def _without_ground(found: dict[str, Codes], of: Mapping[str, Program]) -> dict[str, Codes]:
    """The statuses, those turned to "no" where a prerequisite is one."""
    grounded = {}
    for identifier, codes in found.items():
        for needed in of[identifier].prerequisites:
            if needed.program in found:
                refused = found[needed.program] >= INELIGIBLE
                codes = np.where(refused & (codes < INELIGIBLE), np.int8(INELIGIBLE), codes)
        grounded[identifier] = codes
    return grounded


def _stand_ins(program: Program, firms: FirmTable) -> tuple[Flags, Flags]:
    """Where a wish for 유연근무, and where the firm alone, is judged instead of its event (see ``screening``)."""
    concerned = np.isin(firms.type, _codes(program.events, TYPES))
    wishing = ~concerned & _wanting(firms, ("flexible_work",)) & ("flexible_work" in program.events)
    return wishing, ~concerned & ~wishing & (~firms.has_event | (not program.events))


def _wanting(firms: FirmTable, wants: Iterable[str]) -> Flags:
    bits = sum(1 << WANTS.index(want) for want in wants)
    found: Flags = (firms.wants & bits) != 0
    return found


def _codes(values: Iterable[object], words: tuple[object, ...]) -> list[int]:
    return [words.index(value) for value in values if value in words]


def _statuses(program: Program, columns: _Columns) -> Codes:
    n = len(columns.firms)
    no, asking, open_ = (np.zeros(n, np.bool_) for _ in range(3))
    for condition in program.conditions:
        found, asked = columns.decide(condition)
        no |= found == UNMET
        unknown = found == UNKNOWN
        asking |= unknown & asked
        open_ |= unknown & ~asked
    if program.scope.kind == "local":
        region = columns.in_region(program.scope.codes)
        no |= region == UNMET
        asking |= region == UNKNOWN
    for check in program.conditions_to_check:
        if check.decisive:
            open_ |= columns.all_of(check.when) == MET
    open_ |= columns.day > np.datetime64(program.confirmed_until)
    if program.hangs_on_start:
        open_ |= np.isnat(columns.firms.start)
    codes = np.full(n, ELIGIBLE, np.int8)
    codes[open_] = CHECK
    codes[asking] = POSSIBLE
    codes[no] = INELIGIBLE
    in_force = np.zeros(n, np.bool_)
    for period in program.in_force:
        in_force |= _covers(period, columns.day)
    codes[~in_force] = NOT_IN_FORCE
    return codes


def _covers(period: Dated, days: Days) -> Flags:
    inside = np.ones(len(days), np.bool_)
    if period.from_ is not None:
        inside &= days >= np.datetime64(period.from_)
    if period.to is not None:
        inside &= days <= np.datetime64(period.to)
    return inside


class _Columns:
    """The tests of ``rules`` on columns; each distinct test is decided once for all programs."""

    def __init__(self, firms: FirmTable, as_of: date) -> None:
        self.firms = firms
        self.today = np.datetime64(as_of)
        self.day: Days = np.where(np.isnat(firms.start), self.today, firms.start)
        returned = firms.type == TYPES.index("return_from_leave")
        back = np.where(returned, firms.start, firms.after)
        self.rule_days: dict[str, Days] = {
            "event_start": self.day,
            "cover_start": np.where(np.isnat(firms.cover_start), self.day, firms.cover_start),
            "return_date": np.where(np.isnat(back), self.day, back),
        }
        self._nowhere: Flags = np.zeros(len(firms), np.bool_)
        self._decided: dict[tuple[str, str, str], Codes] = {}
        self._intervals: dict[str, tuple[Numbers, Numbers]] = {}
        self._standing: tuple[Codes, Flags] | None = None

    def decide(self, condition: Condition) -> tuple[Codes, Flags]:
        """Outcome of a condition (met where it does not apply) and, where unknown, whether one would be asked."""
        applies = _covers(condition, self.rule_days[condition.dated_by])
        guard, found = self.all_of(condition.when), self.outcome(condition)
        if condition.when:
            applies &= ~((guard == UNMET) | ((guard == UNKNOWN) & (found == MET)))
        if not ((guard == UNKNOWN).any() or (found == UNKNOWN).any()):
            return np.where(applies, found, MET), self._nowhere
        asked = np.where(guard == UNKNOWN, self._any_asks(condition.when), self._asks(condition))
        asked &= (condition.if_unknown == "ask") & (self.all_of(condition.ask_only_when) != UNMET)
        found = np.where(guard == UNKNOWN, UNKNOWN, found)
        return np.where(applies, found, MET), asked

    def all_of(self, tests: Iterable[Test]) -> Codes:
        result = np.full(len(self.firms), MET, np.int8)
        for test in tests:
            result = np.minimum(result, self.outcome(test))
        return result

    def outcome(self, test: Test) -> Codes:
        key = (test.fact, test.op, json.dumps(test.value, default=str))
        if key not in self._decided:
            self._decided[key] = self._decide(test)
        return self._decided[key]

    def in_region(self, codes: Iterable[str]) -> Codes:
        names, position = self.firms.regions
        wanted = tuple(codes)
        by_name = [UNKNOWN if not name else MET if name.startswith(wanted) else UNMET for name in names.tolist()]
        found: Codes = np.array(by_name, np.int8)[position]
        return found

    def _any_asks(self, tests: Iterable[Test]) -> Flags:
        asks = np.zeros(len(self.firms), np.bool_)
        for test in tests:
            asks |= (self.outcome(test) == UNKNOWN) & self._asks(test)
        return asks

    def _asks(self, test: Test) -> Flags:
        """Whether a question could settle the test; only a person can where this is False."""
        if test.fact.startswith("definition."):
            return self.standing[1]
        if test.op == "starts_within_months_before":
            never: Flags = np.isnat(self.firms.cover_start) | np.isnat(self.firms.start)
            return never
        return np.ones(len(self.firms), np.bool_)

    def _decide(self, test: Test) -> Codes:
        firms, op, limit = self.firms, test.op, test.value
        if test.fact.startswith("definition."):
            return self.standing[0]
        if op in _COMPARE:
            low, high = self._known(test.fact)
            compare = _COMPARE[op]
            at_low, at_high = compare(low, limit), compare(high, limit)
            return _kleene(at_low & at_high, np.isnan(low) | (at_low != at_high))
        if op == "lasts_days":
            low, high = self._days_lasting()
            return _kleene(low >= limit, np.isnan(low) | ((low < limit) & (high >= limit)))
        if op in ("child_within_months", "child_within_school", "child_in_grades"):
            return self._child(op, limit)
        if op in ("in_region", "not_in_region"):
            found = self.in_region(limit)
            return found if op == "in_region" else MET - found
        if op == "starts_within_months_before":
            missing = np.isnat(firms.cover_start) | np.isnat(firms.start)
            if missing.all():
                return np.full(len(firms), UNKNOWN, np.int8)
            sure = firms.cover_start >= add_months(firms.start, -limit["sure"])
            perhaps = firms.cover_start >= add_months(firms.start, -limit["perhaps"])
            return _kleene(sure, missing | (perhaps & ~sure))
        if op == "includes_any":
            return _kleene(_wanting(firms, limit), firms.wants == 0)
        if op in ("equals", "in", "not_in"):
            column = self._column(test.fact)
            values = [limit] if op == "equals" else limit
            inside = np.isin(column, _codes(values, WORDS.get(test.fact, (False, True))))
            return _kleene(~inside if op == "not_in" else inside, column == MISSING)
        raise UnknownOperatorError(op)

    def _days_lasting(self) -> tuple[Numbers, Numbers]:
        """The fewest and most days each event can last (see ``Situation.days``); NaN where that is not known."""
        firms = self.firms
        told = np.floor(firms.months * 30 + 0.5)
        dated = ~np.isnat(firms.after)
        lasting = (firms.after - firms.start) / np.timedelta64(1, "D")
        low = np.where(dated, lasting, np.floor(firms.months * 28 + 0.5))
        high = np.where(dated, lasting, np.floor(firms.months * 31 + 0.5))
        return np.minimum(told, low), np.maximum(told, high)

    def _column(self, fact: str) -> Codes:
        if fact == "company.employment_insurance":
            told, sure = self.firms.employment_insurance, self.firms.insured_told > 0
            return np.where((told == MISSING) & sure, np.int8(1), told)
        column: Codes = getattr(self.firms, fact.split(".")[1])
        return column

    def _known(self, fact: str) -> tuple[Numbers, Numbers]:
        if fact not in self._intervals:
            self._intervals[fact] = self._interval(fact)
        return self._intervals[fact]

    def _interval(self, fact: str) -> tuple[Numbers, Numbers]:
        """What is certain of a number: its lowest and highest possible value, NaN where it is not known."""
        firms = self.firms
        if fact == "company.headcount":
            return firms.headcount_low, firms.headcount_high
        if fact == "company.insured_headcount":
            told = ~np.isnan(firms.insured_low)
            zero = np.where(np.isnan(firms.headcount_high), np.nan, 0.0)
            high = np.where(told, firms.insured_high, firms.headcount_high)
            return np.where(told, firms.insured_low, zero), high
        if fact == "event.worker_tenure_months":
            if np.isnan(firms.tenure).all():
                return firms.tenure, firms.tenure
            today = np.full(len(firms), self.today)
            past = self.day < self.today
            ahead = firms.tenure + length_in_months(today, np.maximum(today, self.day))
            before = np.maximum(0, firms.tenure - length_in_months(np.minimum(today, self.day), today))
            return np.where(past, before, ahead), np.where(past, firms.tenure, ahead)
        column: Numbers = getattr(firms, fact.split(".")[1])
        return column, column

    @property
    def standing(self) -> tuple[Codes, Flags]:
        """우선지원대상기업 (see ``enterprise``), and where a question could settle it."""
        if self._standing is None:
            firms = self.firms
            limits = _headcount_limits()
            least, most = limits.min(), limits.max()
            named = firms.industry != MISSING
            smallest = np.where(named, limits[firms.industry], least)
            largest = np.where(named, limits[firms.industry], most)
            with np.errstate(invalid="ignore"):
                met = firms.headcount_high <= smallest
                over = firms.headcount_low > largest
            group = firms.large_group == 1
            self._standing = _kleene(met & ~group, ~met & ~group), ~over
        return self._standing

    def _child(self, op: str, limit: int | dict[str, int]) -> Codes:
        low, high = self.firms.birth_low, self.firms.birth_high
        missing = np.isnat(low)
        if missing.all():
            return np.full(len(missing), UNKNOWN, np.int8)
        if isinstance(limit, int):
            earliest = add_months(self.day, -limit)
            return _kleene(low >= earliest, missing | ((low < earliest) & (high >= earliest)))
        if op == "child_within_school":
            last = [_last_day_in_school_age(born, limit["age"], limit["grade"]) for born in (low, high)]
            young = [self.day <= day for day in last]
            return _kleene(young[0] & young[1], missing | (young[0] != young[1]))
        entered = [march_first(years(born) + 6 + limit["from"]) <= self.day for born in (low, high)]
        left = [march_first(years(born) + 7 + limit["to"]) <= self.day for born in (low, high)]
        surely_in = entered[0] & entered[1] & ~left[0] & ~left[1]
        surely_out = (~entered[0] & ~entered[1]) | (left[0] & left[1])
        return _kleene(surely_in, missing | ~(surely_in | surely_out))


def _headcount_limits() -> Numbers:
    """The most people a 우선지원대상기업 may have, by industry in the order of ``INDUSTRIES``."""
    definition = definitions()["priority_support_enterprise"]
    named = {limit.ksic: limit.max for limit in definition.headcount_by_industry}
    other = definition.other_industries.max if definition.other_industries else 0
    return np.array([named.get(letter, other) for letter in INDUSTRIES], np.float64)


def _last_day_in_school_age(born: Days, age: int, grade: int) -> Days:
    birthday = add_months(born, 12 * (age + 1)) - np.timedelta64(1, "D")
    school = march_first(years(born) + grade + 7) - np.timedelta64(1, "D")
    odd = (years(born) + grade + 8 > date.max.year) | (years(born) < 1900)
    found: Days = np.where(odd, born, np.maximum(birthday, school))
    return found


def _kleene(holds: Flags, unknown: Flags) -> Codes:
    return np.where(unknown, UNKNOWN, np.where(holds, MET, UNMET))
