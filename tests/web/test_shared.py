"""Several web processes counting together in a real Redis, and each by itself while it is away."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.web.shared import Shared
from tests.servers import RedisServer
from tests.web.conftest import Start, open_chat
from tests.web.fake_rasa import FakeRasa


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder))
        yield server
        server.stop()


@pytest.fixture
async def shared(redis: RedisServer) -> AsyncIterator[Shared]:
    made = Shared(redis.url)
    yield made
    await made.close()


async def test_a_bucket_gives_its_burst_and_then_says_how_long_to_wait(shared: Shared) -> None:
    assert [await shared.take("a", 3, 0.5) for _ in range(3)] == [0, 0, 0]
    assert 1.5 < (await shared.take("a", 3, 0.5) or 0) <= 2
    assert await shared.take("b", 3, 0.5) == 0


async def test_a_bucket_fills_again(shared: Shared) -> None:
    assert await shared.take("a", 1, 1000) == 0
    wait = await shared.take("a", 1, 1000)
    assert wait is not None
    assert wait <= 0.001


async def test_once_is_once_for_all_processes(shared: Shared, redis: RedisServer) -> None:
    other = Shared(redis.url)
    assert await shared.first("proof", 60) is True
    assert await other.first("proof", 60) is False
    await other.close()


async def test_two_processes_share_one_limit(start: Start, rasa: FakeRasa, redis: RedisServer) -> None:
    limits: dict[str, Any] = {"redis_url": redis.url, "session_messages_burst": 4, "session_messages_per_second": 0.01}
    first, second = await start(**limits), await start(**limits)
    chat = await open_chat(first)
    statuses = []
    for number in range(6):
        response = await (first, second)[number % 2].post(
            f"/api/chat/sessions/{chat.id}/messages", headers=chat.headers, json={"text": f"말{number}"})
        statuses.append(response.status)
    assert statuses == [200] * 4 + [429] * 2


async def test_conversations_opened_elsewhere_count_as_load(start: Start, redis: RedisServer) -> None:
    first, second = [await start(redis_url=redis.url, abnormal_sessions_per_minute=4) for _ in range(2)]
    for number in range(4):
        await open_chat((first, second)[number % 2])
    from bot.web.keys import GUARD
    assert second.app is not None
    assert second.app[GUARD].load_is_abnormal


async def test_a_redis_that_is_away_is_told_and_stops_nobody(start: Start, redis: RedisServer) -> None:
    client = await start(redis_url=redis.url, session_messages_burst=3, session_messages_per_second=0.01)
    chat = await open_chat(client)
    assert (await client.get("/readyz")).status == 200
    redis.process.send_signal(signal.SIGKILL)
    redis.process.wait()
    assert (await (await client.get("/readyz")).json())["redis"] is False
    assert [(await chat.post({"text": "말"})).status for _ in range(4)] == [200, 200, 200, 429]
    redis.start()
    ready = await client.get("/readyz")
    assert (ready.status, (await ready.json())["redis"]) == (200, True)
