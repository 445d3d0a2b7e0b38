"""Conversations against the trained model, the action server, the web process and a database.

One YAML file a case, in a folder per behaviour; the file's name is the sentence it proves. Each turn types
(``user``), presses (``press``) or takes the first or last ``opening`` and expects parts of the reply: ``act``, ``asks``, ``facts`` (a part of
the facts known), ``no_facts`` (dotted names not known), ``items`` (all of these), ``text`` (each contained),
``not_text`` (none contained), ``cards`` (types), ``buttons`` (titles offered), ``not_buttons`` (parts of no title) and ``leads`` (parts of the leads that
this conversation made, in order). A case may name times ``closed`` in a center's calendar (``center``, ``from``,
``until``); the turn with ``reopen`` lifts them first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.desk import calendar_edits, database
from bot.desk.leads import Viewer
from tests.conversations.conftest import ServiceAt
from tests.running import MONDAY_MORNING, Conversation, Running

FOLDER = Path(__file__).parent
ADMIN = Viewer("test", "administrator")
CASES = sorted(FOLDER.glob("*/*.yml"))


@pytest.mark.parametrize("file", CASES, ids=[f"{file.parent.name}/{file.stem}" for file in CASES])
def test_conversation(file: Path, service_at: ServiceAt, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    now = case.get("now", MONDAY_MORNING)
    service = service_at(now)
    with _closures(case.get("closed", []), service, now, monkeypatch) as reopen:
        _hold(case, service, reopen)


def _hold(case: dict[str, Any], service: Running, reopen: Callable[[], None]) -> None:
    talk = service.talk()
    before = {lead["id"] for lead in service.leads()}
    for number, turn in enumerate(case["turns"], start=1):
        if turn.get("reopen"):
            reopen()
        reply = act(talk, turn)
        problems = unmet(turn.get("expect", {}), reply, talk)
        if "leads" in turn.get("expect", {}):
            made = [lead for lead in service.leads() if lead["id"] not in before]
            problems += _leads_unmet(turn["expect"]["leads"], made)
        said = turn.get("press") or turn.get("opening") or turn["user"]
        told = "; ".join(problems)
        assert not problems, f"turn {number} ({said!r}): {told}\n  bot: {talk.text}\n  turn: {reply['turn']}"


@contextlib.contextmanager
def _closures(
    closed: list[dict[str, str]], service: Running, now: str, patch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """The times closed in the service's calendar until the block ends or the function given is called."""
    if not closed:
        yield lambda: None
        return
    for name, value in (("DATA_DIR", str(service.data_dir)), ("BOT_NOW", now)):
        patch.setenv(name, value)
    with database.session() as session:
        made = [calendar_edits.close(session, ADMIN, datetime.fromisoformat(one["from"]),
                                     datetime.fromisoformat(one["until"]), center_id=one["center"])[0].id
                for one in closed]

    def reopen() -> None:
        with database.session() as session:
            while made:
                calendar_edits.reopen(session, ADMIN, made.pop())

    try:
        yield reopen
    finally:
        reopen()


def act(talk: Conversation, turn: dict[str, Any]) -> dict[str, Any]:
    """Type, press a quick reply, or take the first or last opening offered; the reply."""
    if "opening" in turn:
        return talk.take_opening(turn["opening"])
    return talk.press(turn["press"]) if "press" in turn else talk.say(turn["user"])


def unmet(expect: dict[str, Any], reply: dict[str, Any], talk: Conversation) -> list[str]:
    """What of ``expect`` the reply does not fulfil, in words."""
    known = {"act", "asks", "facts", "no_facts", "items", "text", "not_text", "cards", "buttons", "not_buttons", "leads"}
    problems = [f"unknown expectation {key}" for key in expect if key not in known]
    turn = reply["turn"]
    if "act" in expect:
        acts = expect["act"] if isinstance(expect["act"], list) else [expect["act"]]
        if turn["act"] not in acts:
            problems.append(f"act is {turn['act']}, expected {acts}")
    if "asks" in expect and turn["asks"] != expect["asks"]:
        problems.append(f"asks {turn['asks']}, expected {expect['asks']}")
    problems += differing(expect.get("facts", {}), turn["facts"], "facts")
    problems += [f"knows {name}" for name in expect.get("no_facts", []) if _known(turn["facts"], name)]
    problems += [f"item {item} missing" for item in expect.get("items", []) if item not in turn["items"]]
    problems += [f"text lacks {part!r}" for part in expect.get("text", []) if part not in _everything(talk)]
    problems += [f"text has {part!r}" for part in expect.get("not_text", []) if part in _everything(talk)]
    types = [card["type"] for card in talk.cards()]
    problems += [f"no card {kind}, only {types}" for kind in expect.get("cards", []) if kind not in types]
    offered = [button["title"] for message in reply["messages"] for button in message["quick_replies"]]
    missing = [title for title in expect.get("buttons", []) if title not in offered]
    problems += [f"no button {title!r}, only {offered}" for title in missing]
    problems += [f"button {title!r} has {part!r}" for part in expect.get("not_buttons", []) for title in offered
                 if part in title]
    return problems


def differing(expected: Any, actual: Any, where: str) -> list[str]:
    """Where ``actual`` lacks a part of ``expected`` (dicts and lists are compared part by part)."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return [f"{where} is {actual!r}"]
        parts = (differing(value, actual.get(key), f"{where}.{key}") for key, value in expected.items())
        return [text for part in parts for text in part]
    if isinstance(expected, list) and isinstance(actual, list) and len(actual) >= len(expected):
        return [text for i, value in enumerate(expected) for text in differing(value, actual[i], f"{where}[{i}]")]
    if isinstance(expected, date):  # YAML reads 2026-12-01 as a day
        expected = expected.isoformat()
    return [] if expected == actual else [f"{where} is {actual!r}, expected {expected!r}"]


def _known(facts: dict[str, Any], dotted: str) -> bool:
    group, _, name = dotted.partition(".")
    part = facts.get("company", {}) if group == "company" else (facts.get("events") or [{}])[0]
    return part.get(name) is not None


def _everything(talk: Conversation) -> str:
    """What the person can read: texts, and every string of the cards."""
    return "\n".join([talk.text, *(_strings(talk.cards()))])


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in _strings(part)]


def _leads_unmet(expected: list[dict[str, Any]], made: list[dict[str, Any]]) -> list[str]:
    if len(made) != len(expected):
        return [f"{len(made)} leads were made, expected {len(expected)}"]
    return [text for want, lead in zip(expected, made, strict=True) for text in differing(want, lead, "lead")]
