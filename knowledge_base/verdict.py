"""One program's verdict for one event: status, money, reasons and everything a card or a lead says of it.

Made by ``screening``; nothing is decided here, only put into words and into the document of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from knowledge_base.amounts import Amount, Money, money
from knowledge_base.deadlines import Due, dues
from knowledge_base.fact_words import FACTS, say
from knowledge_base.freshness import old_caution
from knowledge_base.korean import josa
from knowledge_base.program_schema import Exclusion, Prerequisite, Program, Reference
from knowledge_base.rules import Decision, all_of
from knowledge_base.situation import Situation

Status = Literal["eligible", "ineligible", "possible", "check", "not_in_force"]
_STATUS_PAID = {
    "eligible": "받을 수 있어요", "check": "받을 수 있어 보여요", "possible": "조건에 따라 받을 수 있어요",
    "ineligible": "해당하지 않아요", "not_in_force": "그때는 시행 중이 아니에요",
}
_STATUS_SERVED = {
    **_STATUS_PAID, "eligible": "이용할 수 있어요", "check": "이용할 수 있어 보여요",
    "possible": "조건에 따라 이용할 수 있어요",
}
_START_OPEN = "시작하는 날을 몰라 오늘 시작하는 것으로 봤어요. 시작일의 아이 나이와 규정에 따라 달라질 수 있어요."
_TOO_LATE = "신청기한이 지났어요"
_STATUS_DECISIVE = "먼저 확인해야 해요"  # check, where a person's answer is truly open


_NO_MONEY = Money((), ())
_MOST_NAMED = 2  # amounts named in one line before it says "등"


@dataclass(frozen=True)
class Verdict:
    """What ``screen`` found for one program. ``event`` is the position of the event it was decided for;
    ``relevant`` whether the user cares (its event or one of the wants, and a local one lies where the firm is);
    ``concerned`` the same whatever the region; ``flips_on`` the first start of the event
    at which waiting alone ends an ineligible verdict; ``blocked_by`` the prerequisite that is refused."""

    program: Program
    status: Status
    relevant: bool
    concerned: bool
    event: int | None
    situation: Situation
    decisions: tuple[Decision, ...]
    region: RegionDecision | None
    flips_on: date | None
    names: dict[str, str]
    blocked_by: Prerequisite | None = None

    @cached_property
    def money(self) -> Money:
        """What it pays; nothing for a settled "no"."""
        return _NO_MONEY if self._no else money(self.program, self.situation)

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """Its deadlines, the final one first; none for a settled "no"."""
        return () if self._no else dues(self.program, self.situation)

    @property
    def _no(self) -> bool:
        return self.status in ("ineligible", "not_in_force")

    @property
    def status_ko(self) -> str:
        """The status as it is said; services are used, money is received."""
        if self.too_late:
            return _TOO_LATE
        if self.status == "check" and self.decisive:
            return _STATUS_DECISIVE
        paid = any(row.cash for row in self.program.values)
        return (_STATUS_PAID if paid else _STATUS_SERVED)[self.status]

    @property
    def decisive(self) -> bool:
        """Whether something is truly open that only a person can answer: an approval, a budget, a notice, or
        whether a firm above its industry's head count is still 우선지원대상기업."""
        checks = (check for check in self.program.conditions_to_check if check.decisive)
        return bool(self._above_limit) or any(all_of(check.when, self.situation) == "met" for check in checks)

    @property
    def too_late(self) -> bool:
        """Whether nothing can be applied for any more: the last day has passed, and so has that of a part paid later
        (나머지 50%). The status stays what the event's own day makes it."""
        return self.last_day_passed and all(due.passed for due in self.dues if due.deadline.kind == "apply_by")

    @property
    def last_day_passed(self) -> bool:
        """Whether the day to show first has passed; a part paid later may still be applied for."""
        return bool(self.dues) and self.dues[0].deadline.final and self.dues[0].passed

    @property
    def _above_limit(self) -> list[str]:
        defined = [d for d in self.decisions if d.condition.fact.startswith("definition.")]
        return [decision.text for decision in defined if decision.outcome == "unknown" and not decision.asks]

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that would settle status and money, most telling first (none for a settled "no")."""
        if self._no:
            return ()
        facts = [name for decision in self._open for name in decision.asks]
        region = ["company.region"] if self.region and self.region.outcome == "unknown" else []
        return tuple(dict.fromkeys([*facts, *self.money.asks, *region]))

    @property
    def _open(self) -> tuple[Decision, ...]:
        return tuple(decision for decision in self.decisions if decision.outcome == "unknown" and decision.asking)

    @property
    def to_check(self) -> tuple[str, ...]:
        """What a person must check: the decisive first, then what was not asked, then what nearly all meet."""
        if self._no:
            return ()
        held = [(check, all_of(check.when, self.situation)) for check in self.program.conditions_to_check]
        decisive = [check.text for check, outcome in held if check.decisive and outcome == "met"]
        decisive += self._above_limit
        unasked = [d.text for d in self.decisions if d.outcome == "unknown" and not d.asking]
        money = [row.row.check for row in self.money.amounts if row.row.check]
        routine = [check.text for check, outcome in held if outcome != "unmet" and check.text not in decisive]
        exception = self.situation.standing.exception
        late = [self.dues[0].text] if self.last_day_passed else []
        late += [due.text for due in self.dues[1:] if late and due.deadline.kind == "apply_by" and not due.passed]
        start = _START_OPEN if self.situation.start is None and self.program.hangs_on_start else None
        texts = [*late, *decisive, self._beyond, start, *unasked, exception, *money, *routine]
        return tuple(dict.fromkeys(text for text in texts if text))

    @property
    def _beyond(self) -> str | None:
        until = self.program.confirmed_until
        if self.situation.day <= until:
            return None
        return (f"{until.year + 1}년부터의 기준과 금액은 아직 확인되지 않았어요. "
                "신청 전에 1350이나 고용센터에 확인해 주세요.")

    @property
    def would_change(self) -> tuple[str, ...]:
        """What would turn a "no" around, with the day on which waiting alone does."""
        changes = [decision.change for decision in self.decisions if decision.change]
        waited = any(d.outcome == "unmet" and d.condition.settled_by_waiting for d in self.decisions)
        if self.flips_on is not None and not waited:
            day = say("event.start", self.flips_on)
            ahead = self.flips_on > self.situation.as_of
            changes.append(f"{day}부터 시작하면 다른 조건이 같을 때 받을 수 {'있어요' if ahead else '있었어요'}.")
        return tuple(dict.fromkeys(changes))

    @property
    def excludes(self) -> tuple[tuple[Exclusion, str], ...]:
        """The counterparts among the programs that limit this one, each with what to say of it."""
        return tuple((entry, self._exclusion_text(entry)) for entry in self.program.exclusions if entry.program)

    def _exclusion_text(self, entry: Exclusion) -> str:
        return entry.say or (f"{entry.scope}: {entry.note}" if entry.scope else entry.note)

    @property
    def caution(self) -> str | None:
        """The cautions that go with the answer, in one text; None where there is none."""
        said = [self.program.caution, *(row.caution for row in self.money.amounts)]
        if self.program.confidence == "low":
            said.insert(0, "이 내용은 확실하지 않아요. 1350이나 고용센터에 먼저 확인하세요.")
        said.append(old_caution(self.program.checked_on, self.situation.as_of))
        if self.situation.start is None and self.program.events:
            said.append("시작하는 날을 몰라 오늘 규정으로 봤어요.")
        texts = list(dict.fromkeys(text for text in said if text))
        return " ".join(texts) or None

    @property
    def headline(self) -> str:
        """One line for a card: how much, or why not."""
        if self.status == "not_in_force":
            return f"{say('event.start', self.situation.day)} 기준으로는 시행 중인 제도가 아니에요."
        unmet = [decision.text for decision in self.decisions if decision.outcome == "unmet"]
        if self.blocked_by is not None:
            unmet.append(self._blocked)
        if self.region and self.region.outcome == "unmet":
            unmet.insert(0, self.region.text)
        if unmet:
            return unmet[0]
        money = amount_phrase(self.money.amounts)
        if self.status != "possible":
            return money
        missing = " · ".join(dict.fromkeys(FACTS[name] for name in self.asks))
        return f"{money} ({josa(missing, '을/를')} 알면 정해져요)" if missing else money

    @property
    def next_step(self) -> str:
        """What to do next."""
        if self.too_late:
            return "신청기한이 지난 것으로 보여요. 관할 고용센터나 1350에 먼저 확인해 주세요."
        return self.program.how_to_apply

    def to_document(self) -> dict[str, Any]:
        """The verdict as JSON-like data of the contract."""
        program, final = self.program, self.dues[0] if self.dues else None
        return {
            "program": program.id, "name": program.name, "short_name": program.short_name,
            "support_type": program.support_type, "status": self.status, "status_ko": self.status_ko,
            "relevant": self.relevant, "event": self.event, "rules_as_of": self.situation.day.isoformat(),
            "too_late": self.too_late, "headline": self.headline,
            "amounts": [self._amount(amount) for amount in self.money.amounts],
            "total": {"value": self.money.total, "certain": self.money.certain and self.status == "eligible",
                      "text": self.money.arithmetic()},
            "max_duration": program.max_duration,
            "reasons": self.reasons(), "asks": list(self.asks), "to_check": list(self.to_check),
            "would_change": list(self.would_change),
            "flips_on": self.flips_on.isoformat() if self.flips_on else None,
            "deadline": final.to_document() if final else _in_words(program),
            "deadlines": [due.to_document() for due in self.dues], "documents": list(program.documents),
            "apply": program.how_to_apply, "payment_timing": program.payment_timing, "caps": program.caps,
            "excludes": list(dict.fromkeys(str(entry.program) for entry, _ in self.excludes)),
            "exclusions": [self._exclusion(entry, text) for entry, text in self.excludes],
            "combines_with": [
                {"program": entry.program, "name": self.names.get(entry.program or ""), "note": entry.note,
                 "scope": entry.scope} for entry in program.combines_with
            ],
            "prerequisites": [{"program": entry.program, "note": entry.note} for entry in program.prerequisites],
            "checked_on": program.checked_on.isoformat(), "confidence": program.confidence, "caution": self.caution,
            "source": self.source,
        }

    def _amount(self, amount: Amount) -> dict[str, Any]:
        """An amount is certain only where the verdict is."""
        document = amount.to_document()
        return {**document, "certain": amount.certain and self.status == "eligible"}

    @property
    def source(self) -> dict[str, str]:
        """The first source: title and link."""
        return {"title": source_title(self.program.sources[0]), "url": self.program.sources[0]}

    def reasons(self) -> list[dict[str, Any]]:
        """Every condition with its outcome, sentence and reference; what is open or against comes first."""
        order = {"unmet": 0, "unknown": 1, "met": 2}
        decided = [_reason(d.condition.id, d.outcome, d.text, d.reference) for d in self.decisions]
        if self.blocked_by is not None:
            decided.append(_reason("prerequisite", "unmet", self._blocked, self.blocked_by.reference))
        if self.region is not None:
            decided.append(_reason("region", self.region.outcome, self.region.text, None))
        return sorted(decided, key=lambda reason: order[reason["outcome"]])

    @property
    def _blocked(self) -> str:
        first = self.blocked_by.program if self.blocked_by else ""
        return f"먼저 받아야 하는 {josa(self.names.get(first, first), '이/가')} 해당하지 않아 받을 수 없어요."

    def _exclusion(self, entry: Exclusion, text: str) -> dict[str, Any]:
        return {
            "program": entry.program, "name": self.names.get(entry.program or "", entry.program), "kind": entry.kind,
            "scope": entry.scope, "note": text, "reference": _reference(entry.reference),
        }

    def to_card(self) -> dict[str, Any]:
        """The verdict as an entry of a ``verdicts`` card: plain text only."""
        document = self.to_document()
        deadline = document["deadline"]
        return {
            "program": self.program.id, "name": self.program.short_name, "status": self.status,
            "status_ko": self.status_ko, "headline": self.headline,
            "why": [
                {key: reason[key] for key in ("outcome", "text", "reference")} for reason in document["reasons"]
                if reason["text"] not in document["to_check"]
            ],
            "deadline": {"date": deadline["date"], "text": deadline["text"]} if deadline else None,
            "next_step": self.next_step, "documents": document["documents"], "checked_on": document["checked_on"],
            "source": self.source, "caution": self.caution, "to_check": document["to_check"],
            "would_change": document["would_change"],
            "excludes": [
                {key: entry[key] for key in ("program", "name", "note")} for entry in document["exclusions"]
            ],
        }


@dataclass(frozen=True)
class RegionDecision:
    """Whether the firm lies where a local program is paid."""

    outcome: Literal["met", "unmet", "unknown"]
    place: str

    @property
    def text(self) -> str:
        """The sentence of the outcome."""
        return {
            "met": f"{self.place}에 있는 사업장이에요.", "unmet": f"{self.place}에 있는 사업장만 받을 수 있어요.",
            "unknown": f"{self.place}에 있는 사업장이어야 해요.",
        }[self.outcome]


def amount_phrase(amounts: Iterable[Amount]) -> str:
    """The rates of a verdict in one line, in order of time: "처음 3개월 월 100만원, 그 뒤 월 30만원".

    Rows of other groups are added ("더해서 …"); where facts or a check leave several rows open, all are named.
    """
    rows = [row for row in amounts if row.phase == "leave"]
    if not rows:
        return "금액은 확인되지 않았어요."
    groups: dict[str, list[Amount]] = {}
    for row in rows:
        groups.setdefault(row.row.group, []).append(row)
    first, *others = (_group_phrase(group) for group in groups.values())
    if not others:
        return first
    shown = ", ".join(dict.fromkeys(others[:_MOST_NAMED]))
    return f"{first}, 더해서 {shown}{' 등' if len(others) > _MOST_NAMED else ''}"


def _group_phrase(rows: list[Amount]) -> str:
    sure = all(row.chosen and row.row.check is None for row in rows)
    if not rows[0].row.cash:
        return f"{rows[0].row.label}(현금 지원은 아니에요)"
    if sure and len(rows) > 1:
        return ", ".join(_in_time(row, position, len(rows)) for position, row in enumerate(rows))
    if sure and rows[0].row.group == "base":
        return rows[0].rate
    by_option = sorted(rows, key=lambda row: row.row.option is None)
    named = list(dict.fromkeys(f"{row.rate}({row.row.label})" for row in by_option))
    return " 또는 ".join(named[:_MOST_NAMED]) + (" 등" if len(named) > _MOST_NAMED else "")


def _in_time(row: Amount, position: int, count: int) -> str:
    if row.months is None:
        return f"그 뒤 {row.rate}" if position else row.rate
    length = say("event.months", round(row.months, 2))
    if position == 0:
        return f"처음 {length} {row.rate}"
    return f"그 뒤 {row.rate}" if position == count - 1 else f"다음 {length} {row.rate}"


def source_title(url: str) -> str:
    """A name for a source's link, by its site."""
    sites = {
        "worklife.kr": "고용노동부 일생활균형(worklife.kr)", "law.go.kr": "국가법령정보센터",
        "work24.go.kr": "고용24", "moel.go.kr": "고용노동부", "korea.kr": "대한민국 정책브리핑",
    }
    if not url.startswith("http"):
        return url
    host = url.split("/")[2].removeprefix("www.").removeprefix("m.")
    return next((title for site, title in sites.items() if host.endswith(site)), host)


def _in_words(program: Program) -> dict[str, Any] | None:
    return {"id": None, "kind": None, "date": None, "text": program.deadline, "reference": None} if (
        program.deadline) else None


def _reference(reference: Reference | None) -> dict[str, Any] | None:
    return {"law": reference.law, "url": reference.url} if reference else None


def _reason(identifier: str, outcome: str, text: str, reference: Reference | None) -> dict[str, Any]:
    return {"condition": identifier, "outcome": outcome, "text": text, "reference": _reference(reference)}
