"""The log for analysis: what was understood and done, never what was said, and gone with its conversation."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.desk import conversation_log, database
from bot.desk.conversation_log import Log, LoggedEvent
from knowledge_base.clock import KST

SAID: dict[str, Any] = {
    "event": "user", "sender_id": "c-1", "timestamp": 1795395600.25, "text": "저는 김하나예요 010-1234-5678",
    "parse_data": {"intent": {"name": "inform", "confidence": 0.9}, "entities": [{"entity": "contact_name", "value": "김하나"}]},
    "metadata": {"turn": "t", "model_id": "m-1"}}
ANSWERED: dict[str, Any] = {
    "event": "bot", "sender_id": "c-1", "timestamp": 1795395600.5, "text": "김하나 님, 반가워요",
    "data": {"custom": {"act": "ask_fact", "asks": "contact.phone", "items": ["a"], "card": {"text": "김하나"}}}}


@pytest.mark.usefixtures("desk")
def test_what_is_kept_holds_no_word_of_anybody() -> None:
    with database.session() as session:
        conversation_log.prepare(session)
        assert conversation_log.record(session, SAID)
        assert conversation_log.record(session, ANSWERED)
    with database.session(read_only=True) as session:
        rows = session.execute(sa.select(LoggedEvent).order_by(LoggedEvent.at)).scalars().all()
    assert [(row.kind, row.name, row.asks, row.entities) for row in rows] == [
        ("user", "inform", None, ["contact_name"]), ("bot", "ask_fact", "contact.phone", None)]
    told = json.dumps([{column: str(value) for column, value in vars(row).items()} for row in rows], ensure_ascii=False)
    assert [word for word in ("김하나", "5678", "c-1") if word in told] == []


@pytest.mark.usefixtures("desk")
def test_an_event_that_comes_twice_is_kept_once_and_others_are_passed_over() -> None:
    with database.session() as session:
        conversation_log.prepare(session)
        assert [conversation_log.record(session, event) for event in (SAID, SAID, {**SAID, "event": "slot"})] == [True, False, False]


@pytest.mark.usefixtures("sqlite_desk")
def test_what_is_no_event_is_refused() -> None:
    with database.session() as session, pytest.raises(KeyError):
        conversation_log.record(session, {"event": "user"})


@pytest.mark.usefixtures("sqlite_desk")
def test_a_conversation_is_erased_and_old_rows_are_purged() -> None:
    with database.session() as session:
        conversation_log.prepare(session)
        for sender in ("c-1", "c-2"):
            conversation_log.record(session, {**SAID, "sender_id": sender})
        assert Log().erase(session, ["c-1"]) == 1
        assert len(Log().export(session, ["c-1", "c-2"])) == 1
        assert Log().purge(session, datetime(2026, 1, 1, tzinfo=KST)) == 0
        assert Log().purge(session, datetime(2030, 1, 1, tzinfo=KST)) == 1


@pytest.mark.usefixtures("desk")
def test_a_service_without_a_broker_has_no_log_and_nothing_to_erase() -> None:
    with database.session() as session:
        assert (Log().erase(session, ["c-1"]), Log().export(session, ["c-1"]), Log().purge(session, datetime(2030, 1, 1, tzinfo=KST))) == (0, [], 0)
