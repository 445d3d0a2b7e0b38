"""Which programs may be had together for one event, and what the best allowed combination adds up to.

Only what the knowledge confirms is added: a pair whose combination is not confirmed is named as such, never summed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from knowledge_base.korean import josa, won
from knowledge_base.program_schema import Exclusion
from knowledge_base.verdict import Verdict, amount_phrase

WAYS = {"hire": "새로 뽑으면", "coworkers": "동료가 나눠 맡고 수당을 주면"}  # the ways of filling a place that pay
_WHY_NOT = {
    "exclusive": "함께 받을 수 없어요", "offset": "둘 다 신청해도 받은 만큼 서로 빼요",
    "same_worker": "같은 근로자로는 하나만 받아요",
    "unknown": "함께 받을 수 있는지 확인되지 않았어요(플래너나 고용센터가 확인해 드려요)",
}


@dataclass(frozen=True)
class Best:
    """The best allowed combination: its programs, total (원, None where not all is known) and the lines to show."""

    programs: tuple[str, ...]
    total: int | None
    certain: bool
    text: str
    lines: tuple[str, ...]
    sum_said: str = ""  # "대체인력지원금으로 최대 1,680만원까지"
    basis: str = ""  # on which year's figures the sum rests, in brackets

    def to_document(self) -> dict[str, Any]:
        """``{programs, total, certain, text, lines}``."""
        return {
            "programs": list(self.programs), "total": self.total, "certain": self.certain, "text": self.text,
            "lines": list(self.lines),
        }


def best(verdicts: Sequence[Verdict]) -> Best | None:
    """The best combination among relevant verdicts that pay for the same event; None where none pays.

    Verdicts that are open (possible, or with something decisive for a person to check) are shown but not chosen.
    """
    paying = _paying(verdicts)
    if not paying:
        return None
    pairs = combinations([v for v in paying if not v.decisive], 2)
    notes = [note for one, other in pairs if (note := _note(one, other))]
    lines = (*(_line(v) for v in paying), *notes)
    ready = [v for v in paying if v.status != "possible" and not v.decisive]
    chosen = _largest(ready)
    if not chosen or any(v.money.total is None for v in ready):
        return Best(tuple(v.program.id for v in chosen), None, False, _without_total(paying), lines)
    return _summed(chosen, lines)


def _paying(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The relevant verdicts that may pay the firm for one and the same event."""
    found = [v for v in verdicts if v.relevant and v.money.pays and v.program.support_type == "application"
             and v.program.paid_to == "firm" and v.situation.event.type in v.program.events
             and v.status in ("eligible", "check", "possible") and not v.last_day_passed]
    return [v for v in found if v.event == found[0].event]


def _summed(chosen: Sequence[Verdict], lines: tuple[str, ...]) -> Best:
    total = sum(v.money.total or 0 for v in chosen)
    certain = all(v.money.certain and v.status == "eligible" for v in chosen)
    names = " + ".join(v.program.short_name for v in chosen)
    rows = [row for v in chosen for row in v.money.counted]
    until = [row.confirmed_until for row in rows if row.confirmed_until]
    basis = f"({until[0].year}년 금액으로 계산, {until[0].year + 1}년분은 확인 전)" if until else ""
    amount = f"최대 {won(total)}까지" if any(row.row.at_most for row in rows) else f"{won(total)}을"
    said = f"{josa(names, '으로/로')} {amount}"
    left = " 확인할 조건이 남아 있어요." if any(v.status == "check" for v in chosen) else ""
    text = f"{said} 받을 수 있어요{basis}.{left}"
    return Best(tuple(v.program.id for v in chosen), total, certain, text, lines, said, basis)


def either(found: Best, ways: Mapping[str, Best]) -> Best:
    """``found`` said as the choice it is: what each way of filling the place adds up to, the larger first."""
    largest = sorted(ways.items(), key=lambda way: -(way[1].total or 0))
    said = ", ".join(f"{WAYS[cover]} {way.sum_said}" for cover, way in largest)
    text = f"{said} 받을 수 있어요{largest[0][1].basis}. 둘 가운데 하나를 고르게 돼요."
    return replace(found, programs=(), total=None, certain=False, text=text)


def _largest(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    found: tuple[Verdict, ...] = ()
    for size in range(1, len(verdicts) + 1):
        for group in combinations(verdicts, size):
            if all(_addable(one, other) for one, other in combinations(group, 2)) and _sum(group) > _sum(found):
                found = group
    return found


def _sum(group: Sequence[Verdict]) -> float:
    """What a group pays; where totals are not known, its first monthly rates stand for them."""
    if all(v.money.total is not None for v in group):
        return sum(v.money.total or 0 for v in group)
    return sum(max([row.row.value or 0 for row in v.money.counted], default=0) for v in group)


def _addable(one: Verdict, other: Verdict) -> bool:
    limit = limit_between(one, other)
    if limit is not None:
        return limit.kind == "headcount_shared"
    return any(entry.program == other.program.id for entry in one.program.combines_with)


def limit_between(one: Verdict, other: Verdict) -> Exclusion | None:
    """What limits having both, for these verdicts; None where no exclusion applies to them."""
    for entry in one.program.exclusions:
        if entry.program != other.program.id:
            continue
        if entry.option is None:
            return entry
        taker = one if entry.option_of == one.program.id else other
        if entry.option in taker.money.options:
            return entry
    return None


def _line(verdict: Verdict) -> str:
    arithmetic = verdict.money.arithmetic()
    name = verdict.program.short_name
    if verdict.money.options:
        name += "(특례)" if "special" in verdict.money.options else ""
    said = arithmetic or amount_phrase(verdict.money.amounts)
    until = [row.confirmed_until for row in verdict.money.counted if row.confirmed_until and row.row.value]
    basis = f" ({until[0].year}년 금액 기준)" if until else ""
    open_ = " (받을 수 있는지 먼저 확인해야 해요)" if verdict.decisive else ""
    return f"{name}: {said}{basis}{open_}"


def _note(one: Verdict, other: Verdict) -> str | None:
    names = f"{josa(one.program.short_name, '과/와')} {josa(other.program.short_name, '은/는')}"
    limit = limit_between(one, other)
    if limit is not None and limit.say:
        return limit.say
    if limit is not None and limit.kind in _WHY_NOT:
        return f"{names} {_WHY_NOT[limit.kind]}."
    if limit is None and not _addable(one, other):
        return f"{names} {_WHY_NOT['unknown']}."
    return None


def _without_total(verdicts: Sequence[Verdict]) -> str:
    if any(v.status == "possible" for v in verdicts):
        return "아직 모르는 것이 있어 합계는 내지 않았어요."
    if any(v.situation.event.months is None for v in verdicts):
        return "쉬는 기간을 알려 주시면 합계도 계산해 드려요."
    return "확인되지 않은 금액이 있어 합계는 내지 않았어요."
