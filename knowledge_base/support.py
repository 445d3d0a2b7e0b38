"""Which kind of tailored support a firm needs: information, application or consulting (``support_types.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, parse_obj_as

from knowledge_base.facts import Facts, Want
from knowledge_base.items import read_document

_FILE = Path(__file__).parent / "support_types.yaml"
_CONSULTED = {"flexible_work", "four_and_half_day"}  # wishes to change how the firm works, not a worker's leave


class SupportType(BaseModel):
    """One kind of support, with what makes a firm need it."""

    id: Literal["information", "application", "consulting"]
    name: str
    meaning: str
    with_event: bool
    wants: tuple[Want, ...]

    class Config:
        extra = Extra.forbid
        frozen = True


@lru_cache(maxsize=1)
def support_types() -> tuple[SupportType, ...]:
    """The kinds in the order in which they are tried."""
    return parse_obj_as(tuple[SupportType, ...], read_document(_FILE))


def support_type(facts: Facts) -> SupportType:
    """The first kind that fits: a concrete event of a worker asks for application support."""
    wanted = set(facts.wants)
    concrete = any(event.type and event.type not in _CONSULTED for event in facts.events)
    for kind in support_types():
        if (kind.with_event and concrete) or wanted & set(kind.wants):
            return kind
        if kind.id == "consulting" and any(event.type in _CONSULTED for event in facts.events):
            return kind
    return support_types()[-1]
