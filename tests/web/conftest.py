"""The web application against a fake Rasa and a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from bot.desk import database
from bot.web.application import create_app
from bot.web.settings import Settings

from tests.web.fake_rasa import FakeRasa

MONDAY = "2026-11-23T10:00:00+09:00"


@dataclass
class Chat:
    """One conversation as a browser has it."""

    client: TestClient[Any, Any]
    id: str
    token: str
    opened: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, document: Any, **arguments: Any) -> Any:
        return await self.client.post(f"/api/chat/sessions/{self.id}/messages", json=document, headers=self.headers,
                                      **arguments)

    async def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        body = {"text": text, **({"client_message_id": message_id} if message_id else {})}
        response = await self.post(body)
        assert response.status == 200, await response.text()
        return dict(await response.json())

    async def look(self) -> dict[str, Any]:
        response = await self.client.get(f"/api/chat/sessions/{self.id}", headers=self.headers)
        assert response.status == 200
        return dict(await response.json())


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own on Monday morning."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BOT_NOW", MONDAY)
    database.migrate()
    return tmp_path


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    """A fake Rasa; ``url`` says where."""
    fake = FakeRasa()
    server = TestServer(fake.app)
    await server.start_server()
    fake.url = str(server.make_url("")).rstrip("/")
    yield fake
    await server.close()


@pytest.fixture
def settings(rasa: FakeRasa) -> Settings:
    """Settings for the fake Rasa."""
    return Settings(rasa_url=rasa.url, actions_url=rasa.url, answer_seconds=3)


Start = Callable[..., Awaitable["TestClient[Any, Any]"]]


@pytest.fixture
async def start(data_dir: Path, settings: Settings) -> AsyncIterator[Start]:
    """Start the application, with settings changed as given."""
    clients = []

    async def begin(**changes: Any) -> TestClient[Any, Any]:
        client = TestClient(TestServer(create_app(replace(settings, **changes))))
        await client.start_server()
        clients.append(client)
        return client

    yield begin
    for client in clients:
        await client.close()


@pytest.fixture
async def client(start: Start) -> TestClient[Any, Any]:
    """The application as it comes."""
    return await start()


async def open_chat(client: TestClient[Any, Any], **document: Any) -> Chat:
    """A new conversation."""
    response = await client.post("/api/chat/sessions", json=document)
    assert response.status == 201, await response.text()
    opened = await response.json()
    return Chat(client, opened["session_id"], opened["token"], opened)


@pytest.fixture
async def chat(client: TestClient[Any, Any]) -> Chat:
    """A conversation just opened."""
    return await open_chat(client)
