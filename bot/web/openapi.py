"""``/api/openapi.json``: both APIs as ``openapi.yaml`` writes them, with the lead's schema put in."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from bot.desk import lead_schema

routes = web.RouteTableDef()
_FILE = Path(__file__).with_name("openapi.yaml")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI 3.0 document."""
    written: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    lead = json.loads(json.dumps(lead_schema.json_schema()).replace("#/definitions/", "#/components/schemas/"))
    for name, part in lead.pop("definitions", {}).items():
        written["components"]["schemas"][name] = _for_openapi(part)
    written["components"]["schemas"]["Lead"] = _for_openapi(
        {key: value for key, value in lead.items() if not key.startswith("$")})
    return written


@routes.get("/api/openapi.json")
async def openapi(_request: web.Request) -> web.Response:
    """The document for tools and partners."""
    return web.json_response(document(), headers={"Cache-Control": "public, max-age=600",
                                                  "Access-Control-Allow-Origin": "*"})


def _for_openapi(schema: Any) -> Any:
    """JSON Schema of draft 7 in the words of OpenAPI 3.0, which has ``nullable`` and no null type nor const."""
    if isinstance(schema, list):
        return [_for_openapi(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    options = schema.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [_for_openapi(option) for option in options if option != {"type": "null"}]
        others = {key: _for_openapi(value) for key, value in schema.items() if key != "anyOf"}
        return {**others, **({"allOf": rest} if len(rest) == 1 else {"anyOf": rest}), "nullable": True}
    written = {key: _for_openapi(value) for key, value in schema.items()}
    if "const" in written:
        written["enum"] = [written.pop("const")]
    return written
