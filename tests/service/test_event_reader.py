"""Rasa's events go through a real RabbitMQ into the conversation log: each once, no words, nothing lost on a restart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aio_pika
import pytest
import sqlalchemy as sa

from bot.desk import database
from bot.desk.conversation_log import LoggedEvent
from bot.service import event_reader
from bot.service.endpoints import EVENTS_QUEUE
from tests.servers import RabbitServer


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitServer]:
    server = RabbitServer(tmp_path_factory.mktemp("rabbit"))
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    database.migrate()
    yield
    database.engine().dispose()


def user(text: str, at: float) -> dict[str, Any]:
    """A message as Rasa publishes it."""
    return {"sender_id": "one", "event": "user", "timestamp": at, "text": text, "metadata": {}, "parse_data": {
        "intent": {"name": "ask", "confidence": 0.9}, "entities": [{"entity": "headcount", "value": 25}], "text": text}}


async def _publish(url: str, *bodies: bytes) -> None:
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        await channel.declare_queue(EVENTS_QUEUE, durable=True)
        for body in bodies:
            message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, routing_key=EVENTS_QUEUE)


def _logged() -> list[LoggedEvent]:
    with database.session(read_only=True) as session:
        return list(session.execute(sa.select(LoggedEvent).order_by(LoggedEvent.at)).scalars())


def test_events_are_kept_once_and_without_words(broker: RabbitServer) -> None:
    said = json.dumps(user("홍길동인데 010-1234-5678로 전화 주세요", 1.0)).encode()
    asyncio.run(_publish(broker.url, said, said, json.dumps(user("둘째", 2.0)).encode()))
    assert asyncio.run(event_reader.read(broker.url, until_empty=True)) == 2
    rows = _logged()
    assert [row.name for row in rows] == ["ask", "ask"]
    assert "홍길동" not in repr([vars(row) for row in rows])
    assert "1234" not in repr([vars(row) for row in rows])
    assert asyncio.run(event_reader.read(broker.url, until_empty=True)) == 0


def test_what_is_no_event_is_dropped_and_the_rest_is_read(broker: RabbitServer) -> None:
    asyncio.run(_publish(broker.url, b"{", b"[]", json.dumps(user("셋째", 3.0)).encode()))
    assert asyncio.run(event_reader.read(broker.url, until_empty=True)) == 1


def test_what_was_published_before_the_broker_went_away_is_read_when_it_is_back(broker: RabbitServer) -> None:
    asyncio.run(_publish(broker.url, json.dumps(user("넷째", 4.0)).encode()))
    broker.stop()
    broker.start()
    assert asyncio.run(event_reader.read(broker.url, until_empty=True)) == 1
