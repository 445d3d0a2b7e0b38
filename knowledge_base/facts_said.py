"""Saying facts back to people in short Korean phrases, from ``lexicon/facts.yaml`` ("25명", "12월부터").

The whole sentences of verdicts use ``fact_words``. Which facts there are is in ``facts.py``; which place a region
code is, in ``places.py``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base import clock, places

_FILE = Path(__file__).parent / "lexicon" / "facts.yaml"
# The order in which a firm is described: where, what, how many, and then what happens there.
_ORDER = (
    "company.region", "company.industry", "company.headcount", "company.insured_headcount",
    "company.employment_insurance", "company.large_group", "company.public_institution",
    "event.type", "event.mode", "event.start", "event.months", "event.child_birth", "event.worker_gender",
    "event.worker_tenure_months", "event.cover", "event.cover_start", "event.coworker_allowance", "wants",
)


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return words


def name_of(fact: str) -> str:
    """What a fact (dotted name) is called in Korean: ``company.headcount`` is "직원 수". Raises KeyError."""
    return str(_words()["names"][fact])


def where_to_look(fact: str) -> str:
    """One Korean sentence: where somebody who does not know this fact finds it; empty when there is none."""
    return str(_words()["where"].get(fact, ""))


def value_of(fact: str, value: Any) -> str:
    """One value of a fact as people say it: 25 → "25명", "C" → "제조업", "2026-12-01" → "2026년 12월부터"."""
    if isinstance(value, (list, tuple)):
        return "·".join(value_of(fact, item) for item in value)
    if isinstance(value, dict) and fact.endswith("headcount_range"):
        return _people(value)
    if isinstance(value, dict):
        return f"아이 {_age(value)}" if value.get("max") != 0 else str(_words()["around_birth"])
    named = _words()["values"].get(fact, {})
    if value in named:
        return str(named[value])
    if fact == "company.region":
        return _place(str(value))
    if fact.endswith("headcount"):
        return f"{value}명" if fact == "company.headcount" else f"고용보험 {value}명"
    if fact in ("event.start", "event.cover_start"):
        return f"{_month(value)}부터"
    if fact == "event.child_birth":
        born = date.fromisoformat(str(value)) <= clock.today()
        return f"아이 {_month(value)}생" if born else f"{_month(value)} 출산 예정"
    if fact.endswith("months"):
        return _length(float(value)) + (" 근속" if fact == "event.worker_tenure_months" else " 동안")
    return str(value)


def describe(document: dict[str, Any]) -> list[str]:
    """What a facts document says, as short Korean phrases in a fixed order."""
    company, events = document.get("company", {}), document.get("events", [])
    event = dict(events[0]) if events else {}
    if "child_age_months" in event:
        event.setdefault("child_birth", event["child_age_months"])
    said = []
    for fact in _ORDER:
        group, _, field = fact.partition(".")
        known = company if group == "company" else event
        value = document.get("wants") if fact == "wants" else known.get(field)
        if fact == "company.headcount" and one_sided(known.get("headcount_range")):
            fact, value = "company.headcount_range", known["headcount_range"]
        if value not in (None, [], ()):
            said.append(value_of(fact, value))
    said = list(dict.fromkeys(said))  # a wish for 유연근무 beside that event is one thing to people
    return [*said, *(event_said(other) for other in events[1:])]


def event_said(event: dict[str, Any]) -> str:
    """One event in a few words: "육아휴직(2026년 12월부터)"."""
    kind = value_of("event.type", event["type"]) if event.get("type") else value_of("event.which", "unnamed")
    told = (name for name in ("start", "child_birth") if event.get(name))
    when = next((value_of(f"event.{name}", event[name]) for name in told), None)
    return f"{kind}({when})" if when else kind


def one_sided(around: Any) -> bool:
    """Whether a count was told as a bound ("5인 미만", "30명 이상") and not as about so many."""
    return isinstance(around, dict) and (around.get("min") is None) != (around.get("max") is None)


def _people(around: dict[str, Any]) -> str:
    low, high = around.get("min"), around.get("max")
    if low is None:
        return f"{high + 1}명 미만" if high is not None else ""
    return f"{low}명 이상" if high is None else f"{low}~{high}명"


def _place(code: str) -> str:
    name, sido = places.region(code).name, places.sido(code)
    return name if name == sido.name else f"{sido.names[0]} {name}"


def _month(value: Any) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    return f"{day.year}년 {day.month}월" + (f" {day.day}일" if day.day != 1 else "")


def _length(months: float) -> str:
    if months < 1:
        return "한 달이 안 되는 기간"
    if months >= 12 and months % 12 == 0:
        return f"{int(months // 12)}년"
    return f"{months:g}개월"


_TOLD_IN_YEARS = 36


def _age(months: dict[str, Any]) -> str:
    low, high = months.get("min"), months.get("max")
    if low is not None and high is not None and low // 12 == high // 12 and low >= 24:
        return f"{low // 12}살"
    if low is not None and high is not None and high >= _TOLD_IN_YEARS and high - low >= 12:
        return f"{-(-low // 12)}~{high // 12}살"  # "5살" may be counted in two ways, and nobody told months
    if low is None:
        return f"{high}개월 이하"
    if low == high:
        return f"{low}개월"
    return f"{low}개월 이상" if high is None else f"{low}~{high}개월"
