"""Rasa's neighbours chosen by the environment alone, as Rasa itself reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.brokers.pika import PikaEventBroker
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig, read_endpoint_config
from redis import SSLConnection

from bot.service import rasa as ours
from bot.service.endpoints import EVENTS_QUEUE, BackendError, completed

FILE = Path(__file__).resolve().parents[2] / "endpoints.yml"


def read(monkeypatch: pytest.MonkeyPatch, section: str, **environment: str) -> EndpointConfig:
    import os

    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name in ("REDIS_PASSWORD", "BROKER_PASSWORD"):
        monkeypatch.setenv(name, "")
    written = completed(FILE, os.environ)
    assert written.stat().st_mode & 0o777 == 0o600
    assert "geheim" not in written.read_text()
    monkeypatch.setenv("TRACKER_URL", "sqlite://")
    monkeypatch.setenv("ACTIONS_URL", "http://127.0.0.1:1")
    assert read_endpoint_config(str(written), "tracker_store").type == "SQL"
    return read_endpoint_config(str(written), section)


def test_without_redis_or_broker_the_file_stays_as_it_is() -> None:
    assert completed(FILE, {}) == FILE


def test_redis_locks_conversations(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, "lock_store", REDIS_URL="rediss://bot:geheim%21@redis.example:6380/3")
    used = LockStore.create(found).red.connection_pool
    assert used.connection_class is SSLConnection
    assert {name: used.connection_kwargs[name] for name in ("host", "port", "db", "username", "password")} == {
        "host": "redis.example", "port": 6380, "db": 3, "username": "bot", "password": "geheim!"}


async def test_broker_gets_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, "event_broker", BROKER_URL="amqp://bot:geheim@mq.example/stage?heartbeat=30")
    broker = PikaEventBroker(found.url, **found.kwargs)
    assert broker._configure_url() == "amqp://bot:geheim@mq.example:5672/stage?heartbeat=30"
    assert broker.queues == [EVENTS_QUEUE]


@pytest.mark.parametrize("wrong", [{"REDIS_URL": "http://redis"}, {"BROKER_URL": "amqp://mq.example/"}, {"BROKER_URL": "mq.example"},
                                   {"REDIS_URL": "redis://host:port/"}])
def test_an_address_that_cannot_be_used_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(BackendError, match=next(iter(wrong))):
        completed(FILE, wrong)


def test_the_token_is_not_in_the_command_line_others_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TOKEN", "abc")
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.delenv("BROKER_URL", raising=False)
    added = ours.arguments(["run", "--endpoints", "endpoints.yml"])
    assert "--auth-token=abc" in added
    assert Path(added[added.index("--logging-config-file") + 1]).exists()
