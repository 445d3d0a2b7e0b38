"""Every question of every form × every digression, against the live model.

The cells are generated: the screening's questions from the rules (which facts must be known for a question to come
next), the other forms' from how they are walked into, the digressions from ``grid.yml``. In each cell the digression
is answered, the same question is taken up again, no fact is lost or wrongly taken, no lead is made, and no sentence
comes twice in a row.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.facts import Facts
from knowledge_base.screening import screen
from tests.conversations.conftest import ServiceAt
from tests.running import MONDAY_MORNING, Conversation, Running

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "grid.yml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)
BOOKING = ({"say": "수원인데 방문 예약이요"}, {"opening": "first"}, {"say": "네"}, {"say": "한빛정밀"}, {"say": "김민지"},
           {"say": "010-1234-5678"}, {"say": "네"})
COMPANIES = ({"headcount": 25}, {"headcount": 31}, {"headcount": 120})
COMPANY = {"industry": "C", "region": "41110", "insured_headcount": 25}
EVENT = {"start": "2026-12-01", "months": 12, "child_birth": "2026-08-01", "worker_gender": "female",
         "worker_tenure_months": 36, "coworker_allowance": True, "cover_start": "2026-12-01", "mode": "telework"}


@dataclass(frozen=True)
class Cell:
    """A question of a form, and the turns that lead to it."""

    form: str
    asks: str
    turns: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        return f"{self.form}/{self.asks}"


def screening_cells() -> Iterator[Cell]:
    """One cell for each question that some firm of ``COMPANIES`` with some event of the table is asked."""
    found: dict[str, Cell] = {}
    phrases = TABLE["phrases"]
    for company, kind, cover in itertools.product(COMPANIES, phrases["event.type"], phrases["event.cover"]):
        known = {f"company.{name}": value for name, value in {**COMPANY, **company}.items()}
        known |= {"event.type": kind, "event.cover": cover}
        known |= {f"event.{name}": value for name, value in EVENT.items()}
        for asked in known:
            if asked not in found and (told := _leading_to(asked, known)) is not None:
                turns = ({"say": _sentence(told)},) if told else ({"say": "받을 수 있는 지원금이 궁금해요"},)
                found[asked] = Cell("screening_form", asked, turns)
    yield from found.values()


def _leading_to(asked: str, known: dict[str, Any]) -> dict[str, Any] | None:
    """The fewest facts of ``known`` after which ``asked`` is the next question; None where it never is."""
    told = {fact: value for fact, value in known.items() if fact != asked}
    if _next_question(told) != asked:
        return None
    for fact in list(told):
        fewer = {name: value for name, value in told.items() if name != fact}
        if _next_question(fewer) == asked:
            told = fewer
    return told


def _next_question(told: dict[str, Any]) -> str | None:
    parts: dict[str, dict[str, Any]] = {"company": {}, "event": {}}
    for fact, value in told.items():
        group, _, name = fact.partition(".")
        parts[group][name] = value
    events = [parts["event"]] if parts["event"] else []
    # Who speaks of 유연근무 is read as wishing for it, too.
    wants = ["flexible_work"] if told.get("event.type") == "flexible_work" else []
    document = {"company": parts["company"], "events": events, "wants": wants}
    return screen(Facts.read(document), as_of=TODAY).next_question


def _sentence(told: dict[str, Any]) -> str:
    phrases = []
    for fact, value in told.items():
        phrase = TABLE["phrases"][fact]
        phrase = phrase[value] if isinstance(phrase, dict) else phrase
        phrases.append(phrase.replace("{" + fact + "}", str(value)))
    return ", ".join(phrases)


def walked_cells() -> Iterator[Cell]:
    for form, turns in TABLE["walks"].items():
        for at, turn in enumerate(turns, start=1):
            before = BOOKING if "before" in turns[0] else ()
            yield Cell(form, turn["asks"], (*before, *turns[:at]))


CELLS = [*screening_cells(), *walked_cells()]


def test_the_grid_holds_every_question_that_the_rules_ask() -> None:
    asked = {cell.asks for cell in CELLS if cell.form == "screening_form"}
    assert {"event.type", "event.cover", "company.headcount", "company.industry", "event.child_birth",
            "event.coworker_allowance", "company.insured_headcount", "event.mode", "company.region"} <= asked


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_thread_holds(cell: Cell, service_at: ServiceAt) -> None:
    service = service_at(MONDAY_MORNING)
    problems: list[str] = []
    talk = _walked(service, cell)
    leads = len(service.leads())
    for name, aside in TABLE["asides"].items():
        problems += _aside(talk, cell, name, aside)
        # What the screening asks is asked twice at most, so each digression there has its own talk.
        talk = _walked(service, cell) if cell.form in ("screening_form", "contradiction") else talk
    problems += _correction(talk, cell)
    problems += _not_knowing(talk, cell)
    problems += _stopping(talk)
    assert len(service.leads()) == leads
    assert not problems, "\n".join(problems)


def _walked(service: Running, cell: Cell) -> Conversation:
    """A talk led to the question of the cell."""
    talk = service.talk()
    for turn in cell.turns:
        talk.take_opening(turn["opening"]) if "opening" in turn else talk.say(turn["say"])
    assert talk.last["turn"]["asks"] == cell.asks, f"the walk does not lead to the question: {talk.text}"
    return talk


def _aside(talk: Conversation, cell: Cell, name: str, aside: dict[str, Any]) -> list[str]:
    said = aside["said"][zlib.crc32(f"{cell}{name}".encode()) % len(aside["said"])]
    problems, reply, before = _turn(talk, said)
    turn = reply["turn"]
    if turn["act"] not in aside["acts"]:
        problems.append(f"act {turn['act']}, expected {aside['acts']}")
    if turn["asks"] != cell.asks:
        problems.append(f"asks {turn['asks']}")
    if turn["facts"] != before["turn"]["facts"]:
        problems.append(f"facts {turn['facts']}")
    if len(reply["messages"]) < 2:
        problems.append("the question is not taken up again")
    return _told(name, said, problems, talk)


def _correction(talk: Conversation, cell: Cell) -> list[str]:
    if cell.asks == "company.headcount":
        return []
    problems, reply, before = _turn(talk, "아 잠깐, 직원이 24명이에요")
    facts = {**before["turn"]["facts"], "company": {**before["turn"]["facts"].get("company", {}), "headcount": 24}}
    if reply["turn"]["facts"] != facts:
        problems.append(f"facts {reply['turn']['facts']}")
    if cell.form != "screening_form" and reply["turn"]["asks"] != cell.asks:
        problems.append(f"asks {reply['turn']['asks']}")
    if "24명" not in talk.text:
        problems.append("what was put right is not said back")
    return _told("correction", "24명", problems, talk)


def _not_knowing(talk: Conversation, cell: Cell) -> list[str]:
    problems, reply, before = _turn(talk, "잘 모르겠어요")
    asked = before["turn"]["asks"]
    if reply["turn"]["facts"] != before["turn"]["facts"]:
        problems.append(f"facts {reply['turn']['facts']}")
    if cell.form == "screening_form" and reply["turn"]["asks"] == asked:
        problems.append("asked again what is not known")
    if cell.form not in ("screening_form", "callback_form", "contradiction") and reply["turn"]["asks"] != asked:
        problems.append(f"asks {reply['turn']['asks']}")
    return _told("모름", "잘 모르겠어요", problems, talk)


def _stopping(talk: Conversation) -> list[str]:
    problems, reply, before = _turn(talk, "그만할게요")
    if reply["turn"]["facts"] != before["turn"]["facts"]:
        problems.append(f"facts {reply['turn']['facts']}")
    if reply["turn"]["asks"] is not None:
        problems.append(f"asks {reply['turn']['asks']}")
    return _told("stop", "그만할게요", problems, talk)


def _turn(talk: Conversation, said: str) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Say something; what was repeated word for word from the reply before, the reply, and the reply before."""
    before = talk.last
    reply = talk.say(said)
    heard = {message["text"] for message in before["messages"] if message["text"]}
    again = [message["text"] for message in reply["messages"] if message["text"] in heard]
    return [f"said again: {text}" for text in again], reply, before


def _told(name: str, said: str, problems: list[str], talk: Conversation) -> list[str]:
    return [f"{name} ({said}): {'; '.join(problems)}\n    bot: {talk.text!r}"] if problems else []
