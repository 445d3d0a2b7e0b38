"""JSON Schemas of the knowledge files, made from the models, so that editors complete and mark mistakes.

``donghaeng kb schemas`` writes them to ``schemas/``; a test holds them to the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.schema import get_flat_models_from_model, get_model_name_map, model_schema

from knowledge_base.definitions import Definition
from knowledge_base.errors import KNOWLEDGE_ROOT
from knowledge_base.item_schema import (
    Case,
    DeedsFile,
    IndustriesFile,
    NamesFile,
    Question,
    Right,
    TradesSaidFile,
    WordsFile,
)
from knowledge_base.loading import Timeline
from knowledge_base.place_schema import (
    CallCenter,
    Center,
    FormerRegionsFile,
    PlacesSourcesFile,
    PlannerService,
    Region,
    RegionChangesFile,
    SharedNamesFile,
    SidoFile,
    WordCollisionsFile,
)
from knowledge_base.program_schema import Program
from knowledge_base.sentence_schema import LimitsFile, MattersFile, ParticularsFile

FOLDER = KNOWLEDGE_ROOT / "schemas"
# Which schema a file follows: a path below knowledge_base, with * for any file.
MODELS: dict[str, tuple[str, type[BaseModel]]] = {
    "program": ("programs/*.yaml", Program),
    "definition": ("definitions/*.yaml", Definition),
    "right": ("rights/*.yaml", Right),
    "question": ("faq/*.yaml", Question),
    "case": ("cases/*.yaml", Case),
    "timeline": ("timeline.yaml", Timeline),
    "center": ("places/centers/*.yaml", Center),
    "region": ("places/regions/*/*.yaml", Region),
    "sido": ("places/sido.yaml", SidoFile),
    "shared_names": ("places/shared_names.yaml", SharedNamesFile),
    "word_collisions": ("places/word_collisions.yaml", WordCollisionsFile),
    "former_regions": ("places/former_regions.yaml", FormerRegionsFile),
    "region_changes": ("places/changes.yaml", RegionChangesFile),
    "place_sources": ("places/sources.yaml", PlacesSourcesFile),
    "call_center": ("places/call_center.yaml", CallCenter),
    "planner_service": ("places/planner_service.yaml", PlannerService),
    "industries": ("lexicon/industries.yaml", IndustriesFile),
    "deeds": ("lexicon/deeds.yaml", DeedsFile),
    "trades_said": ("lexicon/trades_said.yaml", TradesSaidFile),
    "names": ("lexicon/names.yaml", NamesFile),
    "words": ("lexicon/words.yaml", WordsFile),
    "particulars": ("particulars.yaml", ParticularsFile),
    "named_matters": ("named_matters.yaml", MattersFile),
    "told_limits": ("told_limits.yaml", LimitsFile),
}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model, with null allowed wherever the model allows it (pydantic 1 leaves that out)."""
    names = get_model_name_map(get_flat_models_from_model(model))
    document = model_schema(model, by_alias=True, ref_prefix="#/definitions/")
    for part, name in names.items():
        shape = document if part is model else document.get("definitions", {}).get(name)
        if shape is not None and isinstance(part, type) and issubclass(part, BaseModel):
            _allow_null(part, shape)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **document}


def _allow_null(model: type[BaseModel], shape: dict[str, Any]) -> None:
    properties = shape.get("properties", {})
    for field in model.__fields__.values():
        given = properties.get(field.alias)
        if field.allow_none and given is not None:
            title = given.pop("title", None)
            description = given.pop("description", None)
            either: dict[str, Any] = {"anyOf": [given, {"type": "null"}]}
            either.update({key: text for key, text in (("title", title), ("description", description)) if text})
            properties[field.alias] = either


def texts() -> dict[Path, str]:
    """Every schema file with the text it should have."""
    return {FOLDER / f"{name}.schema.json": _text(schema_of(model)) for name, (_, model) in MODELS.items()}


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write() -> list[Path]:
    """Write every schema whose text has changed; returns those files."""
    FOLDER.mkdir(exist_ok=True)
    changed = []
    for path, text in texts().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def files_of(name: str) -> list[Path]:
    """The knowledge files that follow the schema ``name``."""
    return sorted(KNOWLEDGE_ROOT.glob(MODELS[name][0]))
