"""``donghaeng screen FACTS.json``: the verdicts for facts, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    command = subcommands.add_parser("screen", help="사실(JSON)로 지원제도를 판정해 JSON으로 보인다")
    command.add_argument("facts", help="사실을 담은 JSON 파일, 표준 입력이면 -")
    command.add_argument("--as-of", type=_day, default=None, help="기준일(2026-11-22 모양, 기본은 오늘)")
    command.add_argument("--relevant", action="store_true", help="사용자의 사건·바람과 관계있는 제도만")
    command.add_argument("--unknowable", action="append", default=[], metavar="FACT", help="모른다고 한 사실")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the screening's document; a wrong file or fact is told in one line."""
    from knowledge_base.facts import Facts
    from knowledge_base.screening import screen

    facts = Facts.read(_read(arguments.facts))
    screening = screen(facts, as_of=arguments.as_of, unknowable=frozenset(arguments.unknowable))
    json.dump(screening.to_document(only_relevant=arguments.relevant), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


def _read(name: str) -> dict[str, Any]:
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}"
        raise ValueError(f"{place}: JSON이 아닙니다({error.msg}). 따옴표와 쉼표를 살펴 주세요") from error
    if not isinstance(document, dict):
        raise ValueError(f'{name}: 사실은 {{"company": …, "events": […]}} 모양이어야 합니다')
    return document


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: 2026-11-22 모양의 날짜로 적어 주세요") from error
