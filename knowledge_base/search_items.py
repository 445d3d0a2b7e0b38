"""What is searchable: every program, right and question as a title, its names and its passages.

Texts come from the knowledge as loaded; the names people use come from ``lexicon/``. Nothing is ranked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from knowledge_base.errors import KNOWLEDGE_ROOT
from knowledge_base.item_schema import NamesFile, Question, Right
from knowledge_base.items import read_item
from knowledge_base.loading import load_knowledge
from knowledge_base.places import places, regions_by_alias, sidos
from knowledge_base.polite import split_sentences
from knowledge_base.program_schema import Program
from knowledge_base.search_text import lexicon, spoken

NAMES_FILE = KNOWLEDGE_ROOT / "lexicon" / "names.yaml"


@dataclass(frozen=True)
class Searchable:
    """One item as search indexes it. ``place`` is a pattern of place names, for items of one region only."""

    kind: Literal["program", "right", "question", "case", "center", "definition"]
    id: str
    title: str
    names: tuple[str, ...]
    official: tuple[str, ...]
    passages: tuple[str, ...]
    place: str | None = None


def item(identifier: str) -> Program | Right | Question | None:
    """The program, right or question with this id, or None."""
    known = load_knowledge()
    return known.programs.get(identifier) or known.rights.get(identifier) or known.questions.get(identifier)


def official_names(identifier: str) -> tuple[str, ...]:
    """The names a program or right bears officially, shortest form first; none for a question."""
    found = item(identifier)
    if isinstance(found, Program):
        return (found.short_name, *found.aliases)
    return (title_of(identifier) or "", *found.aliases) if isinstance(found, Right) else ()


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
    said = read_item(NAMES_FILE, NamesFile)
    called = {**said.programs, **said.rights}
    phrases = lexicon()["names"]
    names = {
        identifier: [*called.get(identifier, ()), *phrases.get(identifier, ()), *spoken().get(identifier, ())]
        for identifier in {**phrases, **spoken()}
    }
    known = load_knowledge()
    found = [_program(program, names) for program in known.programs.values()]
    found += [_right(right, names) for right in known.rights.values()]
    found += [_question(question, names) for question in known.questions.values()]
    return found


def _program(program: Program, names: dict[str, list[str]]) -> Searchable:
    passages = [
        *split_sentences(program.summary),
        *split_sentences(program.target_company)[:2],
        *split_sentences(program.target_worker or "")[:2],
        *list(dict.fromkeys(row.condition for row in program.values if row.condition))[:6],
    ]
    return Searchable(
        "program",
        program.id,
        program.name,
        _names(program, program.short_name, names),
        official_names(program.id),
        tuple(passages),
        place_pattern(program),
    )


def _right(right: Right, names: dict[str, list[str]]) -> Searchable:
    texts = (right.summary, right.who, right.employer_duty)
    passages = tuple(part for text in texts for part in split_sentences(text or ""))
    official = official_names(right.id)
    return Searchable("right", right.id, right.name, _names(right, official[0], names), official, passages)


def _question(question: Question, names: dict[str, list[str]]) -> Searchable:
    passages = (*split_sentences(question.answer), question.category)
    return Searchable("question", question.id, question.question, tuple(names.get(question.id, ())), (), passages)


def _names(found: Any, short: str, names: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (short, *found.aliases, *names.get(found.id, ())) if name))


def place_pattern(program: Program) -> str | None:
    """A pattern of what people call a local program's place, its cities and counties included where unmistakable."""
    if program.scope.kind != "local" or not program.scope.place:
        return None
    said = {_bare(program.scope.place)}
    for sido in sidos():
        if sido.code in program.scope.codes or _bare(sido.name) in said:
            said |= {sido.name, _bare(sido.name), *sido.names}
    for region in places().regions.values():
        if region.code[:2] in program.scope.codes:
            short = region.name.split()[0]
            said |= {name for name in (short, _bare(short)) if _only_in(name, program.scope.codes)}
    return "|".join(re.escape(name) for name in sorted(said, key=len, reverse=True) if len(name) >= 2)


def _bare(name: str) -> str:
    return re.sub(r"(특별자치|특별|광역)?(시|도|군|구)$", "", name)


@lru_cache(maxsize=1024)
def _only_in(name: str, codes: tuple[str, ...]) -> bool:
    """Whether ``name`` has two syllables or more and is called so only within ``codes``."""
    match = regions_by_alias(name) if len(name) >= 2 else None
    return match is not None and all(code[:2] in codes for code in match.codes)
