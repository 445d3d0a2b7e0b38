"""What is searchable: every program, right and question as a title, its names and its passages.

Texts come from the knowledge as loaded; the names people use come from ``lexicon/``. Nothing is ranked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from knowledge_base.item_schema import Question, Right
from knowledge_base.items import read_folder
from knowledge_base.polite import split_sentences
from knowledge_base.program_schema import Program, programs
from knowledge_base.search_text import lexicon

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Searchable:
    """One item as search indexes it. ``place`` is a pattern of place names, for items of one region only."""

    kind: Literal["program", "right", "question", "case", "center", "definition"]
    id: str
    title: str
    names: tuple[str, ...]
    passages: tuple[str, ...]
    place: str | None = None


@lru_cache(maxsize=1)
def rights() -> dict[str, Right]:
    """The rights of this checkout, read once."""
    return read_folder(_HERE / "rights", Right)


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """The questions of this checkout, read once."""
    return read_folder(_HERE / "faq", Question)


def item(identifier: str) -> Program | Right | Question | None:
    """The program, right or question with this id, or None."""
    return programs().get(identifier) or rights().get(identifier) or questions().get(identifier)


def title_of(identifier: str) -> str | None:
    """How an item is called in a sentence, or None for an unknown id."""
    found = item(identifier)
    if isinstance(found, Program):
        return found.short_name
    if isinstance(found, Right):
        return re.sub(r"\s*\([^()]*\)$", "", found.name)
    return found.question if found else None


def searchables() -> list[Searchable]:
    """Everything search knows, programs first, each with the names people use."""
    names: dict[str, list[str]] = lexicon()["names"]
    found = [_program(program, names) for program in programs().values()]
    found += [_right(right, names) for right in rights().values()]
    found += [_question(question, names) for question in questions().values()]
    return found


def _program(program: Program, names: dict[str, list[str]]) -> Searchable:
    passages = [
        *split_sentences(program.summary), *split_sentences(program.target_company)[:2],
        *split_sentences(program.target_worker or "")[:2],
        *list(dict.fromkeys(row.condition for row in program.values if row.condition))[:6],
    ]
    return Searchable(
        "program", program.id, program.name, _names(program, program.short_name, names), tuple(passages), _place(program),
    )


def _right(right: Right, names: dict[str, list[str]]) -> Searchable:
    passages = [part for text in (right.summary, right.who, right.employer_duty) for part in split_sentences(text or "")]
    return Searchable("right", right.id, right.name, _names(right, "", names), tuple(passages))


def _question(question: Question, names: dict[str, list[str]]) -> Searchable:
    said = tuple(names.get(question.id, ()))
    return Searchable("question", question.id, question.question, said, (*split_sentences(question.answer), question.category))


def _names(found: Any, short: str, names: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (short, *found.aliases, *names.get(found.id, ())) if name))


def _place(program: Program) -> str | None:
    """A pattern of the names of a local program's place: "경기도" is also said "경기"."""
    if program.scope.kind != "local" or not program.scope.place:
        return None
    words = [re.sub(r"(특별자치|특별|광역)?(시|도)$", "", word) for word in re.split(r"[\s·,/]+", program.scope.place)]
    return "|".join(re.escape(word) for word in words if len(word) >= 2) or None
