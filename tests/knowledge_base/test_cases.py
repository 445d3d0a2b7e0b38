"""The screening cases that planners read and write: ``cases/<program>.yaml``, one sentence, facts and what to expect.

``expect`` names only what the case is about; everything else of the verdict is left alone:
``status`` (one, or a list of acceptable ones), ``amounts``/``amounts_not`` (rows holding at least these keys),
``total`` (원; null: no total may be given), ``certain`` (whether every figure of the total is confirmed),
``deadline`` (the day of the deadline to show first), ``too_late`` (whether that day has passed), ``asks``/``asks_not``, ``excludes``, ``reasons_include`` (pieces
of sentences, or ``{condition, outcome}``), ``to_check``/``would_change``/``caution`` (pieces of sentences;
``caution: true`` is any) and ``next_question``.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.facts import Facts
from knowledge_base.program_schema import programs
from knowledge_base.screening import screen

CASES = Path(__file__).parent / "cases"
KEYS = {
    "program", "status", "amounts", "amounts_not", "total", "certain", "deadline", "too_late", "asks", "asks_not", "excludes",
    "reasons_include", "to_check", "would_change", "caution", "next_question",
}
POSITIVE = {"eligible", "check"}


def _read() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        found += [(f"{path.stem}: {case['name']}", case) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found


ALL = _read()


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in ALL])
def test_the_engine_decides_the_case_as_written(case: dict[str, Any]) -> None:
    expect = case["expect"]
    screening = screen(Facts.read(case["facts"]), as_of=case["as_of"])
    document = screening.verdict(expect["program"]).to_document()
    problems = [problem for key in expect for problem in _differences(key, expect[key], document)]
    if "next_question" in expect and expect["next_question"] != screening.next_question:
        problems.append(f"next_question: {screening.next_question}, expected {expect['next_question']}")
    assert not problems, "\n".join([case["name"], *problems])


def _differences(key: str, wanted: Any, document: dict[str, Any]) -> list[str]:
    if key == "status":
        accepted = wanted if isinstance(wanted, list) else [wanted]
        return [] if document["status"] in accepted else [f"status: {document['status']}, expected {wanted}"]
    if key in ("amounts", "amounts_not"):
        rows = document["amounts"]
        shown = [{name: row[name] for name in ("value", "per", "months")} for row in rows]
        there = [any(_holds(row, found) for found in rows) for row in wanted]
        wrong = [row for row, is_there in zip(wanted, there, strict=True) if is_there != (key == "amounts")]
        return [f"{key}: {row} in {shown}" for row in wrong]
    if key == "total":
        found = document["total"]["value"]
        return [] if found == wanted else [f"total: {found}, expected {wanted}"]
    if key == "certain":
        found = document["total"]["certain"]
        return [] if found == wanted else [f"certain: {found}, expected {wanted}"]
    if key == "deadline":
        day = (document["deadline"] or {}).get("date")
        return [] if day == str(wanted) else [f"deadline: {day}, expected {wanted}"]
    if key == "too_late":
        return [] if document["too_late"] == wanted else [f"too_late: {document['too_late']}, expected {wanted}"]
    if key in ("asks", "asks_not"):
        asked = document["asks"]
        return [f"{key}: {name} in {asked}" for name in wanted if (name in asked) != (key == "asks")]
    if key == "excludes":
        excluded = document["excludes"]
        return [f"excludes: {name} missing in {excluded}" for name in wanted if name not in excluded]
    if key == "reasons_include":
        given = document["reasons"]
        return [f"reasons: {item} not in {given}" for item in wanted if not any(_said(item, one) for one in given)]
    if key in ("to_check", "would_change"):
        text = "\n".join(document[key])
        return [f"{key}: '{piece}' not in {text!r}" for piece in wanted if piece not in text]
    if key == "caution":
        text = "\n".join([document["caution"] or "", *(row["caution"] or "" for row in document["amounts"])])
        return [] if text.strip() and (wanted is True or wanted in text) else [f"caution: {wanted!r} not in {text!r}"]
    return []


def _holds(wanted: dict[str, Any], row: dict[str, Any]) -> bool:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in wanted.items()}
    return all(row[name] == value for name, value in plain.items())


def _said(item: str | dict[str, str], reason: dict[str, Any]) -> bool:
    if isinstance(item, str):
        return item in reason["text"]
    return all(reason[name] == value for name, value in item.items())


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_case_file_is_readable_and_names_only_known_things(path: Path) -> None:
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), "두 사례의 이름이 같습니다"
    for case in cases:
        assert set(case) == {"name", "as_of", "facts", "expect"}, case["name"]
        assert isinstance(case["as_of"], date), case["name"]
        assert set(case["expect"]) <= KEYS, case["name"]
        assert len(case["expect"]) > 1, f"{case['name']}: 기대하는 것이 없습니다"
        Facts.read(case["facts"])


@pytest.mark.parametrize("program", sorted(programs()))
def test_every_program_has_a_case_that_gets_it_and_one_that_does_not(program: str) -> None:
    expected = [case["expect"] for _, case in ALL if case["expect"]["program"] == program]
    statuses = [{s} if isinstance(s, str) else set(s) for s in (expect.get("status", []) for expect in expected)]
    assert any(status and status <= POSITIVE for status in statuses), "받을 수 있는 사례가 없습니다"
    assert any(status and not status & {*POSITIVE, "possible"} for status in statuses), "받을 수 없는 사례가 없습니다"
