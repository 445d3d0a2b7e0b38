"""Database, Redis, broker and mail server gone and back while people book: nothing is lost, given twice or said wrongly."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import Running
from tests.servers import wait_for

pytestmark = pytest.mark.timeout(600)


def gone_for(seconds: float, stop: Callable[[], None], start: Callable[[], None]) -> Callable[[], None]:
    def fault() -> None:
        stop()
        time.sleep(seconds)
        start()

    return fault


def test_a_database_gone_and_back_loses_no_visit(running: Running) -> None:
    people = running.while_people_book(gone_for(4, running.postgres.pause, running.postgres.go_on))
    assert any(person.refusals for person in people), "nobody noticed: the test shows nothing"


def test_a_redis_gone_and_back_is_waited_for(running: Running) -> None:
    people = running.while_people_book(gone_for(4, running.redis.stop, running.redis.start))
    assert any(person.notices for person in people), "nobody noticed: the test shows nothing"
    assert not any("만들지 못했어요" in notice for person in people for notice in person.notices)


def test_a_broker_gone_and_back_is_noticed_by_nobody(running: Running) -> None:
    people = running.while_people_book(gone_for(4, running.rabbit.stop, running.rabbit.start))
    assert not any(person.notices or person.refusals for person in people)


def test_a_mail_server_gone_and_back_gets_the_mails_of_the_meantime(running: Running) -> None:
    running.mail.stop()
    before = len(running.mail.subjects)
    (person,) = running.while_people_book(lambda: None, people=1)
    assert not person.notices
    assert len(running.mail.subjects) == before
    running.mail.start()
    # The first pause after a failed attempt is half a minute.
    wait_for(lambda: len(running.mail.subjects) > before, 120, "the mail to the center does not come")
