"""The web application against a fake Rasa and a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import database, sealing
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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data folder to copy from: migrating anew for every test would take most of their time."""
    folder = tmp_path_factory.mktemp("migrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("DESK_KEY", raising=False)
        database.migrate()
        sealing.seal("make the key")
        database.engine().dispose()
    return folder


@pytest.fixture
def data_dir(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database of its own on Monday morning."""
    for name in ("desk.db", "desk-key"):
        shutil.copy(migrated / name, tmp_path / name)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "DESK_KEY", "PUBLIC_URL", "SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_NOW", MONDAY)
    yield tmp_path
    database.engine().dispose()


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
