"""A desk with something in every table, and everything it holds as plain values, for tests that compare databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.desk import (
    accounts,
    booking,
    calendar_edits,
    conversations,
    database,
    erasures,
    handoff,
    lead_actions,
    models,
    partners,
    signed_in,
    tokens,
    webhooks,
)
from bot.desk.calendar_models import Waiting
from bot.desk.conversation_models import ChatFeedback
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import VerdictMark
from bot.desk.settings import defaults
from tests.desk.conftest import NOW, at

ADMIN = Viewer("박관리", "administrator")
KIM = Viewer("kim", "planner", "suwon")
Rows = dict[str, list[dict[str, Any]]]


def fill_every_table(request_of: Callable[..., HandOff]) -> None:
    """People's work at the desk as it happens; a table that no work here reaches gets a made-up row."""
    models.load_all()
    with database.session() as session:
        held = booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-1")
        receipt = handoff.hand_off(session, request_of(hold_id=held.id, email="hana@example.co.kr"))
        lead_actions.note(session, receipt.lead_id, "오후에 통화", KIM)
        session.add(VerdictMark(lead_id=receipt.lead_id, program="replacement_worker_grant", right=False,
                                reason="대체인력이 먼저 왔어요", author="kim"))
        session.add(Waiting(center_id="suwon", starts_at=at("2026-12-01 09:00"), ends_at=at("2026-12-04 18:00"),
                            lead_id=receipt.lead_id))
    with database.session() as session:
        token = _people_and_partners(session)
        calendar_edits.close(session, ADMIN, at("2026-12-24 09:00"), at("2026-12-24 18:00"), kind="leave",
                             planner_id="suwon-1")
        calendar_edits.set_hours(session, ADMIN, "suwon-1", [calendar_edits.Hours(0, time(9), time(18))])
        calendar_edits.set_rules(session, ADMIN, "suwon", defaults().center)
        _conversation(session)
    signed_in.with_token(token)
    with database.session() as session:
        for table in models.Base.metadata.sorted_tables:
            if session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0:
                session.execute(table.insert().values(_made_up(session, table)))


def everything(url: str | None = None) -> Rows:
    """Every row of every table as the database holds it (sealed text sealed), in a fixed order."""
    engine = sa.create_engine(url, future=True) if url else database.engine()
    found: Rows = {}
    with engine.connect() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            rows = connection.execute(sa.text(f'SELECT * FROM "{name}"')).mappings()
            found[name] = sorted(({key: _plain(value) for key, value in row.items()} for row in rows), key=str)
    if url:
        engine.dispose()
    return found


def write_trackers(url: str, senders: int = 3) -> None:
    """The table Rasa keeps its trackers in, as Rasa makes it, with a few events."""
    from rasa.core.tracker_store import SQLTrackerStore

    engine = sa.create_engine(url)
    SQLTrackerStore.SQLEvent.metadata.create_all(engine)
    with Session(engine) as session:
        for number in range(senders):
            session.add(SQLTrackerStore.SQLEvent(
                sender_id=f"c-{number}", type_name="user", timestamp=NOW.timestamp() + number, intent_name="greet",
                action_name=None, data=json.dumps({"event": "user", "text": "육아휴직 간대요"}, ensure_ascii=False)))
        session.commit()
    engine.dispose()


def _people_and_partners(session: Session) -> str:
    partners.add(session, "sme", "소상공인회", ["https://www.sme.or.kr"])
    partners.count(session, "sme", "opened")
    webhooks.register(session, "https://example.go.kr/hooks", actor="admin")
    _, secret = tokens.create(session, "집계", role="administrator", actor="admin")
    accounts.add_user(session, "김하늘", "haneul@example.go.kr", "longer-than-twelve-1", role="planner", actor="admin",
                      center_id="suwon", planner_id="suwon-1")
    erasures.erase_soon(session, "c-9")
    return secret


def _conversation(session: Session) -> None:
    conversation, _ = conversations.open_conversation(session, partner_id="sme", days=7)
    greeting = conversations.turns(session, conversation.id)[0]
    session.flush()
    said = [{"id": "m1", "text": "안녕하세요", "card": None, "quick_replies": []}]
    conversations.answer(session, greeting.id, said, {"act": "greet"})
    session.add(ChatFeedback(session_id=conversation.id, message_id="m1", rating="up", comment="좋아요"))


def _made_up(session: Session, table: sa.Table) -> dict[str, Any]:
    """A row for a table without rules of its own: foreign keys point at rows there are, the rest is filler."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.default is not None or column.autoincrement is True:
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column
            values[column.name] = session.execute(sa.select(target).limit(1)).scalar_one()
        elif not (column.primary_key and isinstance(column.type, sa.Integer)):
            # Types of our own (KoreanTime, Document) are what they wrap.
            kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
            values[column.name] = _FILLER[kind.python_type]
    return values


_FILLER: dict[type, Any] = {str: "filler", int: 1, float: 1.0, bool: False, datetime: NOW, date: NOW.date(),
                            timedelta: timedelta(1), dict: {}, list: []}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else value
