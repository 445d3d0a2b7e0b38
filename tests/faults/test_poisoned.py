"""One conversation that cannot be read, or is huge: it is told honestly, and everybody else notices nothing."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from tests.faults.conftest import Running

pytestmark = pytest.mark.timeout(300)


def test_a_conversation_that_cannot_be_read_gets_a_phone_number_and_the_others_answers(running: Running) -> None:
    poisoned, other = running.person(), running.person()
    poisoned.say("직원이 육아휴직 간대요")
    with sa.create_engine(running.postgres.url).begin() as connection:
        connection.execute(sa.text("UPDATE events SET data = '{\"event\": \"no such event\"}' WHERE sender_id = :id"), {"id": poisoned.id})
    for _ in running.stack.rasa * 2:  # whichever Rasa is asked, also the one that held it in memory
        answer = poisoned.say("25명이에요")
        other.say("왜요?")
        assert other.last["turn"]["act"] != "contact"
    assert "1350" in answer["messages"][0]["card"]["text"]


def test_a_huge_conversation_is_answered_and_holds_up_nobody(running: Running) -> None:
    huge, other = running.person(), running.person()
    huge.say("직원이 육아휴직 간대요")
    with sa.create_engine(running.postgres.url).begin() as connection:
        rows = connection.execute(sa.text("SELECT timestamp, data FROM events WHERE sender_id = :id ORDER BY id"), {"id": huge.id}).all()
        last = max(row.timestamp for row in rows)
        filler = json.dumps({"event": "bot", "timestamp": last, "text": "가" * 1000, "data": {}, "metadata": {}})
        connection.execute(sa.text(
            "INSERT INTO events (sender_id, type_name, timestamp, data) SELECT :id, 'bot', :at, :data FROM generate_series(1, 5000)"),
            {"id": huge.id, "at": last, "data": filler})
    assert huge.say("25명이에요")["turn"]["facts"]["company"]["headcount"] == 25
    other.say("직원이 육아휴직 간대요")
    assert not other.notices
