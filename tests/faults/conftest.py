"""One stack of real processes for all faults: two of each kind over PostgreSQL, Redis and RabbitMQ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import PostgresServer, RabbitServer, RedisServer
from tests.stack import Person, Stack


@dataclass
class Running:
    """The stack and the servers under it."""

    stack: Stack
    postgres: PostgresServer
    redis: RedisServer
    rabbit: RabbitServer

    def person(self, patience: float = 150) -> Person:
        return Person(self.stack.web, patience).open()


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("faults")
    postgres, redis, rabbit = PostgresServer(), RedisServer(folder), RabbitServer(tmp_path_factory.mktemp("rabbit"))
    try:
        with Stack(folder, web=2, rasa=2, actions=2, DATABASE_URL=postgres.url, TRACKER_URL=postgres.url, REDIS_URL=redis.url,
                   BROKER_URL=rabbit.url, ANSWER_SECONDS="4") as stack:
            stack.wait_until_ready()
            yield Running(stack, postgres, redis, rabbit)
    finally:
        for server in (rabbit, redis, postgres):
            server.stop()
