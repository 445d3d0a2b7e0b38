"""By which day to apply, computed from the event: the rules of a program's ``deadlines`` made real dates.

"종료일부터 12개월 이내" does not count the last day itself, so a leave that ends on 2027-11-30 has until 2028-11-30.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from knowledge_base.fact_words import say
from knowledge_base.korean import fill_josa
from knowledge_base.program_schema import DateRule, Deadline, Program
from knowledge_base.rules import all_of
from knowledge_base.situation import Situation, add_months


@dataclass(frozen=True)
class Due:
    """One deadline: its day (None where the event does not tell it yet) and the sentence to say."""

    deadline: Deadline
    date: date | None
    passed: bool

    @property
    def text(self) -> str:
        if self.date is None:
            return fill_josa(self.deadline.without_date)
        text = fill_josa(self.deadline.text.replace("{date}", say("event.start", self.date)))
        return f"{text} 이 기한은 이미 지났어요." if self.passed else text

    def to_document(self) -> dict[str, Any]:
        """``{date, text, kind, id, reference}`` with an ISO date or null."""
        reference = self.deadline.reference
        return {
            "id": self.deadline.id, "kind": self.deadline.kind, "date": self.date.isoformat() if self.date else None,
            "text": self.text, "passed": self.passed, "reference": reference.dict() if reference else None,
        }


def dues(program: Program, situation: Situation) -> tuple[Due, ...]:
    """The deadlines of ``program`` that apply to the event, the final one first."""
    found = [
        _due(deadline, situation)
        for deadline in program.deadlines
        if deadline.covers(situation.after or situation.day) and all_of(deadline.when, situation) != "unmet"
    ]
    return tuple(sorted(found, key=lambda due: not due.deadline.final))


def _due(deadline: Deadline, situation: Situation) -> Due:
    day = day_of(deadline, situation)
    passed = day is not None and deadline.kind != "apply_from" and day < situation.as_of
    return Due(deadline, day, passed)


def day_of(deadline: Deadline, situation: Situation) -> date | None:
    """The day of one deadline; None where the event does not tell it."""
    if deadline.fixed is not None:
        return deadline.fixed
    return _computed(deadline.rule, situation) if deadline.rule else None


def _computed(rule: DateRule, situation: Situation) -> date | None:
    event = situation.event
    if rule.anchor == "event_end":
        # Counting starts on the day after the last one, so the period ends the day before that date comes again.
        after = situation.after
        return add_months(after, rule.months) + timedelta(days=rule.days - 1) if after else None
    anchor = {
        "event_start": situation.start, "return_date": situation.return_date, "cover_start": event.cover_start,
        "child_birth": event.child_birth,
        "month_after_start": add_months(situation.start.replace(day=1), 1) if situation.start else None,
    }[rule.anchor]
    return add_months(anchor, rule.months) + timedelta(days=rule.days) if anchor else None
