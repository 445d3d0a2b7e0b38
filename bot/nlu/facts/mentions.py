"""Programs and rights named in a message, as ids of the knowledge.

The names come from the items themselves and from ``lexicon/names.yaml``; the longest name that fits wins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml

from bot.nlu.facts.fact import Fact, Said
from knowledge_base.errors import KNOWLEDGE_ROOT

_FILE = KNOWLEDGE_ROOT / "lexicon" / "names.yaml"
_KINDS = {"programs": "program", "rights": "right"}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    """Closed-up name → (kind, id); the spoken names come first, so that none of the items takes them over."""
    table: dict[str, tuple[str, str]] = {}
    spoken: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for folder, kind in _KINDS.items():
        items = {path.stem for path in (KNOWLEDGE_ROOT / folder).glob("*.yaml")}
        for item, names in spoken[folder].items():
            for name in names if item in items else ():
                table.setdefault(_closed(name), (kind, item))
    for folder, kind in _KINDS.items():
        for path in sorted((KNOWLEDGE_ROOT / folder).glob("*.yaml")):
            for name in _own_names(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)):
                table.setdefault(_closed(name), (kind, path.stem))
    return table


def _own_names(item: dict[str, Any]) -> list[str]:
    names = [item.get("name"), item.get("short_name"), *(item.get("aliases") or [])]
    return [str(name) for name in names if name and len(_closed(str(name))) >= 2]


def _closed(name: str) -> str:
    return re.sub(r"[\s·ㆍ]", "", name).casefold()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=len, reverse=True)
    return re.compile("|".join(r"[\s·]?".join(map(re.escape, name)) for name in names), re.IGNORECASE)


def find(said: Said) -> list[Fact]:
    """Every item named ("program", "right"), each once; where names lie in each other the longest holds."""
    facts: list[Fact] = []
    for match in _pattern().finditer(said.text):
        kind, item = _names()[_closed(match.group())]
        if match.start() and said.text[match.start() - 1].isalnum() and match.start() not in said.starts:
            continue
        if not any(fact.value == item for fact in facts):
            facts.append(Fact(kind, item, match.start(), match.end()))
    return facts
