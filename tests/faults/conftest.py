"""One stack of real processes for all faults: two of each kind over PostgreSQL, Redis, RabbitMQ and a mail server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.bookings import book, check_bookings
from tests.faults.transcripts import check_transcript
from tests.servers import MailServer, PostgresServer, RabbitServer, RedisServer
from tests.stack import Person, Stack


@dataclass
class Running:
    """The stack and the servers under it."""

    stack: Stack
    postgres: PostgresServer
    redis: RedisServer
    rabbit: RabbitServer
    mail: MailServer
    people: list[Person] = field(default_factory=list)

    def person(self, patience: float = 150) -> Person:
        return Person(self.stack.web, patience).open()

    def while_people_book(self, fault: Callable[[], None], people: int = 4) -> list[Person]:
        """Let ``people`` talk until each has a visit, ``fault`` happening meanwhile; nobody may lose anything by it."""
        begun = threading.Semaphore(0)

        def one() -> Person:
            person = Person(self.stack.web, 120)
            number = len(self.people)
            self.people.append(person)
            return book(person, number, begun)

        with ThreadPoolExecutor(people) as pool:
            booking = []
            for _ in range(people):
                booking.append(pool.submit(one))
                time.sleep(0.2)
            begun.acquire()  # somebody is in the middle of it
            fault()
            booked = [person.result() for person in booking]
        self.stack.wait_until_ready()  # the last victim may still be starting when the last person is done
        for person in booked:
            check_transcript(person)
        check_bookings(self.stack, self.people)
        return booked


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("faults")
    postgres, redis, rabbit = PostgresServer(), RedisServer(folder), RabbitServer(tmp_path_factory.mktemp("rabbit"))
    mail = MailServer()
    try:
        with Stack(folder, web=2, rasa=2, actions=2, DATABASE_URL=postgres.url, TRACKER_URL=postgres.url, REDIS_URL=redis.url,
                   BROKER_URL=rabbit.url, SMTP_URL=mail.url, MAIL_FROM="desk@example.go.kr", DESK_MAIL_TO="center@example.go.kr",
                   PUBLIC_URL="https://bot.example.go.kr", ANSWER_SECONDS="4") as stack:
            stack.wait_until_ready()
            yield Running(stack, postgres, redis, rabbit, mail)
    finally:
        for server in (mail, rabbit, redis, postgres):
            server.stop()
