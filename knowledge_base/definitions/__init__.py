"""Words the programs share (우선지원대상기업, 30% 인원 한도 …): the files of this folder and their shape.

Deciding whether a firm is one is in ``enterprise``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, Field

from knowledge_base.items import read_folder

DEFINITIONS = Path(__file__).parent


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True
        allow_population_by_field_name = True


class IndustryLimit(_Part):
    """How many 상시근로자 a firm of one KSIC section may have at most; ``exception`` names what counts elsewhere."""

    ksic: str | None = Field(None, regex=r"^[A-U]$")
    industry: str
    max: int
    exception: str | None = None


class Sentences(_Part):
    """Whole sentences for what the definition leaves open; ``{…}`` as in program files."""

    large_group: str
    over_limit: str
    ask_headcount: str
    ask_industry: str


class SmallFirm(_Part):
    """Firms with fewer insured people than ``below`` may have ``people`` supported."""

    below: int
    people: int


class DatedValue(_Part):
    """A figure (원) between two days; null is not known."""

    from_: date = Field(alias="from")
    to: date | None = None
    value: int | None = None


class Definition(_Part):
    """One shared word, readable by an official; only the keys its kind needs are filled."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    rule: str
    from_: date = Field(alias="from")
    to: date | None = None
    headcount_by_industry: tuple[IndustryLimit, ...] = ()
    other_industries: IndustryLimit | None = None
    sentences: Sentences | None = None
    share: float | None = None
    small_firm: SmallFirm | None = None
    ceilings: dict[str, int] = {}
    values: tuple[DatedValue, ...] = ()
    exceptions: tuple[str, ...] = ()
    how_to_count: tuple[str, ...] = ()
    how_to_check: str | None = None
    legal_basis: tuple[str, ...] = ()
    sources: tuple[str, ...]
    checked_on: date
    confidence: Literal["high", "medium", "low"]
    caution: str | None = None
    notes: str | None = None


def load_definitions(folder: Path = DEFINITIONS) -> dict[str, Definition]:
    """Every definition by id. Raises KnowledgeError for a file that does not fit."""
    return read_folder(folder, Definition)


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """The definitions of this checkout, read once."""
    return load_definitions()
