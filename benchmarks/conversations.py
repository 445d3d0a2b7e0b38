"""How many turns people need: ``python -m benchmarks.conversations [--url http://127.0.0.1:8080]``.

Twelve scripted firms of different kinds talk to the running service (one is started where no address is given). Each
opens in its own words, answers what is asked from what it knows ("모르겠어요" where it does not), and books a visit.
Prints, a firm a line, the turns from the first message to the verdicts and to the booked visit, and their means; the
aims are 5 and 9. A turn is one message of the person.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.running import Conversation, Running, running_service

FILE = Path(__file__).parent / "conversations.yml"
MOST_TURNS = 25


@dataclass
class Told:
    """One firm's conversation: at which turn the verdicts came and the visit was booked, and what was asked."""

    name: str
    verdicts: int | None = None
    booked: int | None = None
    asked: list[str] = field(default_factory=list)


def talk_through(talk: Conversation, firm: dict[str, Any]) -> Told:
    """Let one firm talk until its visit is booked or it gives up."""
    told = Told(firm["name"])
    waiting = list(firm["opens"])
    for turn in range(1, MOST_TURNS + 1):
        reply = _next(talk, firm, waiting)
        acts = [card["type"] for card in talk.cards()]
        if told.verdicts is None and ("verdicts" in acts or reply["turn"]["act"] == "verdicts"):
            told.verdicts = turn
        if "visit" in acts:
            told.booked = turn
            return told
        if reply["turn"]["asks"]:
            told.asked.append(reply["turn"]["asks"])
    return told


def _next(talk: Conversation, firm: dict[str, Any], waiting: list[str]) -> dict[str, Any]:
    """The person's next message: what it opens with, the answer to what was asked, or the wish for a visit."""
    if waiting:
        return talk.say(waiting.pop(0))
    asked = talk.last["turn"]["asks"]
    if asked == "visit.opening":
        return talk.take_opening("first")
    if asked in ("consent", "handoff.confirmed"):
        return talk.say("네")
    if asked:
        return talk.say(firm["answers"].get(asked, "잘 모르겠어요"))
    return talk.say(firm["books"])


@contextlib.contextmanager
def service(url: str | None) -> Iterator[Running]:
    """The service at ``url``, or one of our own."""
    if url:
        yield Running(url, Path(), None)  # type: ignore[arg-type]
        return
    with tempfile.TemporaryDirectory() as folder, running_service(Path(folder)) as running:
        yield running


def main() -> None:
    """Let all firms talk and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conversations")
    parser.add_argument("--url")
    firms = yaml.safe_load(FILE.read_text(encoding="utf-8"))["firms"]
    with service(parser.parse_args().url) as running:
        told = [talk_through(running.talk(), firm) for firm in firms]
    print(f"{'firm':<44}{'verdicts':>9}{'booked':>8}  asked")
    for one in told:
        print(f"{one.name:<44}{one.verdicts or '-':>9}{one.booked or '-':>8}  {', '.join(one.asked)}")
    verdicts = [one.verdicts for one in told if one.verdicts]
    booked = [one.booked for one in told if one.booked]
    print(f"{len(verdicts)} of {len(told)} to verdicts: mean {statistics.mean(verdicts):.1f} turns (aim 5)")
    print(f"{len(booked)} of {len(told)} to a visit: mean {statistics.mean(booked):.1f} turns (aim 9)")


if __name__ == "__main__":
    main()
