"""All that is known, read once: ``load_knowledge()`` gives programs, rights, questions, cases and places.

Reading one file is in ``items.py``; what must agree between files is in ``checking.py`` and is checked here too, so
that bad knowledge stops the start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from knowledge_base import checking
from knowledge_base.definitions import Definition, definitions
from knowledge_base.errors import KNOWLEDGE_ROOT
from knowledge_base.item_schema import Case, Question, Right
from knowledge_base.items import read_folder, read_item
from knowledge_base.place_schema import Center, Region, Written
from knowledge_base.places import Places, places
from knowledge_base.program_schema import Program, load_programs

ItemKind = Literal["program", "right", "question", "case", "center", "definition"]
Item = Program | Right | Question | Case | Center | Definition
# The folders whose files are the knowledge; words in lexicon/ are how people say it, not what is true.
FOLDERS = ("programs", "rights", "faq", "cases", "places", "definitions")


class LawChange(Written):
    """A dated change of the law, past or still to come."""

    date: date
    what: str
    source: str
    note: str | None = None


class Timeline(Written):
    """``timeline.yaml``: what changed and will change, day by day."""

    changes: tuple[LawChange, ...]


@dataclass(frozen=True)
class Knowledge:
    """Everything known, by id. ``version`` is a short hash of the files' contents: same files, same version."""

    programs: Mapping[str, Program]
    rights: Mapping[str, Right]
    questions: Mapping[str, Question]
    cases: Mapping[str, Case]
    definitions: Mapping[str, Definition]
    places: Places
    timeline: tuple[LawChange, ...]
    version: str

    @property
    def centers(self) -> Mapping[str, Center]:
        """Job centers by id."""
        return self.places.centers

    @property
    def regions(self) -> Mapping[str, Region]:
        """Regions by code."""
        return self.places.regions

    def kinds(self) -> dict[ItemKind, Mapping[str, Item]]:
        """Every kind of item with its items by id."""
        return {
            "program": self.programs, "right": self.rights, "question": self.questions, "case": self.cases,
            "center": self.centers, "definition": self.definitions,
        }

    def find(self, identifier: str) -> tuple[ItemKind, Item]:
        """The kind and the item of an id. Raises KeyError where there is none."""
        for kind, items in self.kinds().items():
            if identifier in items:
                return kind, items[identifier]
        raise KeyError(identifier)


def read_knowledge(root: Path = KNOWLEDGE_ROOT) -> Knowledge:
    """Programs, rights, questions and cases below ``root``, with the places and definitions of this checkout.

    Raises KnowledgeError naming file, line and remedy for the first file that is wrong by itself.
    """
    return Knowledge(
        programs=load_programs(root / "programs"),
        rights=read_folder(root / "rights", Right),
        questions=read_folder(root / "faq", Question),
        cases=read_folder(root / "cases", Case),
        definitions=definitions(),
        places=places(),
        timeline=read_item(root / "timeline.yaml", Timeline).changes,
        version=version_of(root),
    )


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """All knowledge of this checkout, read and checked once a process.

    Raises KnowledgeError for the first thing that is wrong, in one file or between files.
    """
    knowledge = read_knowledge()
    for problem in checking.problems(knowledge):
        raise problem
    return knowledge


@lru_cache(maxsize=1)
def knowledge_version() -> str:
    """The version of this checkout's knowledge, without reading it all."""
    return version_of(KNOWLEDGE_ROOT)


def version_of(root: Path) -> str:
    """Ten hex digits over names and contents of every knowledge file below ``root``."""
    digest = hashlib.sha256()
    files = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.yaml"))
    for path in files:
        digest.update(str(path.relative_to(root)).encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
