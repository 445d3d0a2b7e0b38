"""The published API document against the running application: what it says is what is done, whatever is sent."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from bot.desk import database, tokens
from bot.web import openapi
from bot.web.application import create_app
from bot.web.settings import Settings
from tests.web.fake_rasa import FakeRasa

CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance, unsupported_method]
API = schemathesis.openapi.from_dict(openapi.document())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The application on a port, with an open conversation and a desk token."""
    with pytest.MonkeyPatch.context() as patch:
        folder: Path = tmp_path_factory.mktemp("openapi")
        patch.setenv("DATA_DIR", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("BOT_NOW", "2026-11-23T10:00:00+09:00")
        database.migrate()
        with database.session() as session:
            _, desk = tokens.create(session, "시험", role="administrator", actor="test")
        loop = asyncio.new_event_loop()
        address = loop.run_until_complete(_serve())
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        opened = requests.post(f"{address}/api/chat/sessions", timeout=10).json()
        yield {"address": address, "desk": desk, "session": opened["session_id"], "token": opened["token"]}
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _serve() -> str:
    fake = FakeRasa()
    rasa = await _listen(fake.app)
    base = replace(Settings(), rasa_url=rasa, actions_url=rasa, session_messages_burst=10**6)
    return await _listen(create_app(base))


async def _listen(app: web.Application) -> str:
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return "http://{}:{}".format(*runner.addresses[0])


@API.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_document_holds(case: Any, served: dict[str, str]) -> None:
    chat = case.path.startswith("/api/chat")
    if chat and "session_id" in case.path_parameters:
        case.path_parameters["session_id"] = served["session"]
    token = served["token"] if chat else served["desk"]
    case.call_and_validate(base_url=served["address"], headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)


def test_document_is_served_with_the_lead_in_it(served: dict[str, str]) -> None:
    document = requests.get(f"{served['address']}/api/openapi.json", timeout=10).json()
    assert document["components"]["schemas"]["Lead"]["properties"]["number"]
    assert "definitions" not in str(document)
    assert set(document["paths"]) >= {"/api/chat/sessions", "/api/desk/leads", "/healthz"}


def test_lead_schema_is_a_schema(served: dict[str, str]) -> None:
    schema = requests.get(f"{served['address']}/schemas/lead.v1.json", timeout=10).json()
    jsonschema.Draft7Validator.check_schema(schema)
