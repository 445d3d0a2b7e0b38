"""Reading one message in a test: its facts of some kinds, written short ("headcount=25", "industry=C!negated")."""

from __future__ import annotations

from datetime import datetime

from bot.nlu.facts import reader
from bot.nlu.facts.fact import Fact
from knowledge_base.clock import KST

# A Monday morning, as in the design's dialogues.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


def facts(text: str) -> list[Fact]:
    """All facts of ``text`` on that Monday."""
    return reader.read(text, NOW)


def told(text: str, *entities: str) -> list[str]:
    """The facts of the entities named (all where none is), in order, each as "entity=value", "~" its range and "!" its role."""
    return [_short(fact) for fact in facts(text) if not entities or fact.entity in entities]


def _short(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, dict):
        value = "..".join(str(part) for part in value.values())
    elif isinstance(value, list):
        value = ",".join(value)
    rough = f"~{fact.extra['min']}..{fact.extra['max']}" if "min" in fact.extra else ""
    return f"{fact.entity}={value}{rough}" + (f"!{fact.role}" if fact.role else "")
