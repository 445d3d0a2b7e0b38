"""``donghaeng screen``: facts from a file or standard input, JSON out, mistakes told in one line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.knowledge_base.situations import FIRM, LEAVE


def test_it_prints_the_document_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"company": FIRM, "events": [LEAVE]}), encoding="utf-8")
    assert main(["screen", str(file), "--as-of", "2026-11-22"]) == 0
    document = json.loads(capsys.readouterr().out)
    found = {verdict["program"]: verdict for verdict in document["verdicts"]}
    assert document["as_of"] == "2026-11-22"
    assert found["replacement_worker_grant"]["amounts"][0]["value"] == 1_400_000


def test_it_reads_standard_input_and_the_fixed_clock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BOT_NOW", "2026-03-02T10:00:00+09:00")
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    assert main(["screen", "-", "--relevant"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["as_of"], document["next_question"], document["verdicts"]) == ("2026-03-02", "event.type", [])


@pytest.mark.parametrize(("text", "says"), [
    ("{", "JSON이 아닙니다"), ("[]", "모양이어야 합니다"), ('{"company": {"headcount": -1}}', "company.headcount"),
    ('{"firm": {}}', "firm"),
])
def test_mistakes_are_told_in_one_line(
    text: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["screen", "-"]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
