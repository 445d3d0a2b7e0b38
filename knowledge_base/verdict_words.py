"""Saying verdicts in a sentence or two: the headline, the reasons, and what a correction changed.

The whole of each verdict is on its card (``Screening.to_card``).
"""

from __future__ import annotations

from typing import Any

from knowledge_base.korean import josa
from knowledge_base.screening import Screening

_HOPEFUL = ("eligible", "check", "possible")
_NAMED = 3  # programs named in a headline; the card has them all


def headline(screening: Screening) -> str | None:
    """What the firm can hope for, in a few sentences; None where no program that matters is open to it."""
    hopeful = [verdict for verdict in screening.relevant if verdict.status in _HOPEFUL]
    if not hopeful:
        return None
    if screening.best is not None and screening.best.total:
        return screening.best.text
    named = [(verdict.program.short_name, verdict.to_card()["headline"]) for verdict in hopeful]
    paying = [f"{name} {amount}" for name, amount in named if amount and "원" in amount][:_NAMED]
    said = f"{josa(', '.join(paying), '이에요/예요')}. " if paying else ""
    others = [name for name, amount in named if not any(part.startswith(name) for part in paying)][:_NAMED]
    if others:
        said += f"{', '.join(others)}도 살펴볼 수 있어요. "
    # Without a total the combination still says what is missing for one.
    return (said + (screening.best.text if screening.best else "")).strip()


def whether(screening: Screening) -> str:
    """Of the grants that pay, in a first sentence: yes, yes if, to be checked, or no with the reason."""
    paying = [verdict for verdict in screening.relevant if any(row.cash for row in verdict.program.values)]
    open_ = [verdict for verdict in paying if verdict.status in _HOPEFUL]
    if any(verdict.status != "possible" and not verdict.decisive for verdict in open_):
        return "네, 받을 수 있어 보여요."
    if any(not verdict.decisive for verdict in open_):
        return "네, 조건이 맞으면 받을 수 있어요."
    if open_:
        return f"아직 확실하지 않아요. {open_[0].to_check[0]}"
    refused = next((verdict.headline for verdict in paying), "")
    return f"아니요, 지금 말씀으로는 받을 수 있는 지원금이 보이지 않아요. {refused}".strip()


def remembered(screening: Screening) -> dict[str, dict[str, str]]:
    """What was shown, as plain data to compare with later: program id → name, status and headline in Korean."""
    return {
        card["program"]: {"name": card["name"], "status": card["status_ko"], "headline": card["headline"] or ""}
        for card in (verdict.to_card() for verdict in screening.relevant)
    }


def differences(shown: dict[str, dict[str, str]], screening: Screening) -> list[str]:
    """What is now different from what was shown, one Korean sentence a program; empty where nothing is."""
    now = remembered(screening)
    said = []
    for program, new in now.items():
        old = shown.get(program)
        if old is None:
            said.append(f"{josa(new['name'], '이/가')} 새로 보여요({new['status']}).")
        elif old["headline"] != new["headline"] and old["headline"] and new["headline"]:
            changed = f"{josa(old['headline'], '이/가')} 아니라 {josa(new['headline'], '이에요/예요')}"
            said.append(f"{josa(new['name'], '은/는')} {changed}.")
        elif old["status"] != new["status"]:
            said.append(f"{josa(new['name'], '은/는')} 이제 이렇게 봐요: {new['status']}.")
    gone = [old["name"] for program, old in shown.items() if program not in now]
    if gone:
        said.append(f"{josa(', '.join(gone), '은/는')} 이제 해당하지 않아요.")
    return said


def reasons(screening: Screening, *, most: int = 4) -> str:
    """The main reasons behind the verdicts that matter, decisive ones first, as sentences."""
    said: list[str] = []
    for verdict in screening.relevant:
        whys: list[dict[str, Any]] = verdict.to_card()["why"]
        said += [why["text"] for outcome in ("unmet", "met") for why in whys if why["outcome"] == outcome]
    return " ".join(list(dict.fromkeys(said))[:most])
