"""What a lead keeps of its screening: all that says why this firm got these verdicts, not what every firm is told.

The rest can be had again: the facts and the knowledge version stand beside it, and rules are kept with their dates.
"""

from __future__ import annotations

from typing import Any

# The same for every firm, whatever its facts: half of a screening, and no page of the desk shows it.
_OF_EVERYBODY = ("max_duration", "caps", "payment_timing", "prerequisites", "combines_with")


def trace(screening: dict[str, Any] | None) -> dict[str, Any] | None:
    """``Screening.to_document()`` as a lead stores it. Exclusions stay where both programs are in question."""
    if screening is None:
        return None
    verdicts = screening.get("verdicts", [])
    programs = {verdict.get("program") for verdict in verdicts}
    return {**screening, "verdicts": [_shrunk(verdict, programs) for verdict in verdicts]}


def _shrunk(verdict: dict[str, Any], programs: set[Any]) -> dict[str, Any]:
    kept = {name: value for name, value in verdict.items() if name not in _OF_EVERYBODY}
    if "exclusions" in kept:
        kept["exclusions"] = [one for one in kept["exclusions"] if one.get("program") in programs]
    return kept
