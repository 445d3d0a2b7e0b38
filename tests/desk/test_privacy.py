"""People's data: unreadable at rest, masked in logs, gone when its time is over or when they ask."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from freezegun import freeze_time
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.desk import (
    booking,
    clock_on_wall,
    database,
    erasures,
    handoff,
    lead_actions,
    leads,
    masking,
    privacy,
    sealing,
    visits,
)
from bot.desk.contact_data import ContactInvalid, phone_digest
from bot.desk.errors import NotFound
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import AuditEntry, Base, ContactView, Lead, LeadMove, OutboxEntry, TakenTime, Visit
from tests.desk.conftest import NOW, at

Make = Callable[..., HandOff]
SECRETS = ("김하나", "010-1234-5678", "01012345678", "1234-5678", "hana@example.co.kr", "하나정밀", "사람이 올지")
KIM = Viewer("kim", "planner", "suwon")
TWO = "suwon.suwon-1.20261201T1400"


def _visit(request_of: Make, **changed: object) -> handoff.Receipt:
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id=str(changed.get("conversation_id", "c-1")))
        return handoff.hand_off(session, request_of(hold_id=held.id, email="hana@example.co.kr", **changed))


def _everything() -> str:
    """Every value of every table as the database holds it."""
    with database.engine().connect() as connection:
        return "\n".join(
            str(row) for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')))


def _count(table: type) -> int:
    with database.session(read_only=True) as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_security_no_contact_data_can_be_read_in_the_database(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        lead_actions.note(session, receipt.lead_id, "김하나 님 010-1234-5678 오후에 통화", KIM)
    stored = _everything()
    assert receipt.number in stored
    for secret in SECRETS:
        assert secret not in stored


def test_security_the_database_file_itself_holds_no_contact_data(
    sqlite_desk: str, request_of: Make, tmp_path: Path
) -> None:
    _visit(request_of)
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("desk.db*"))
    for secret in SECRETS:
        assert secret.encode() not in raw


def test_security_logs_hold_no_contact_data(desk: str, request_of: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    receipt = _visit(request_of)
    with database.session() as session:
        booking.change(session, receipt.visit.id, "suwon.suwon-1.20261201T1600")
        with pytest.raises(NotFound):
            visits.look_up(session, receipt.number, "010-9999-9999")
        privacy.erase(session, "010-1234-5678", actor="admin")
    for secret in (*SECRETS, "9999-9999", receipt.link_token):
        assert secret not in caplog.text


@pytest.mark.parametrize(("said", "masked"), [
    ("전화는 010-1234-5678이에요", "전화는 010-****-5678이에요"), ("01012345678로요", "010-****-5678로요"),
    ("02) 2142 8924", "02-****-8924"), ("hana.kim@example.co.kr", "h***@example.co.kr"),
    ("주민번호 900101-1234567", "주민번호 ******-*******"), ("9001011234567", "******-*******"),
    ("2026-12-01 14:00에 25명", "2026-12-01 14:00에 25명"), ("월 1,400,000원", "월 1,400,000원"),
])
def test_text_is_masked_where_it_identifies_somebody(said: str, masked: str) -> None:
    assert masking.mask_text(said) == masked


@pytest.mark.parametrize(("name", "masked"), [
    ("김하나", "김*나"), ("이솔", "이*"), ("남궁민수", "남**수"), ("홍", "*"), ("", ""),
])
def test_names_are_masked_by_their_length(name: str, masked: str) -> None:
    assert masking.mask_name(name) == masked


def test_the_log_filter_masks_messages_arguments_and_tracebacks(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("test.masking")
    caplog.handler.addFilter(masking.MaskingFilter())
    try:
        logger.warning("call %s", "010-1234-5678")
        try:
            raise ValueError("hana@example.co.kr")
        except ValueError:
            logger.exception("failed for 010-1234-5678")
    finally:
        caplog.handler.filters.clear()
    assert "1234" not in caplog.text
    assert "hana@" not in caplog.text
    assert "010-****-5678" in caplog.text


def test_a_key_is_made_once_with_narrow_rights_and_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("DESK_KEY", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    sealed = sealing.seal("김하나")
    assert sealing.unseal(sealed) == "김하나"
    file = tmp_path / "var" / "desk-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert file.read_text() not in caplog.text
    assert sealing.unseal(sealed) == "김하나"


def test_a_new_key_in_front_still_reads_and_finds_what_the_old_one_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    monkeypatch.setenv("DESK_KEY", old)
    sealed, digest, link = sealing.seal("김하나"), sealing.digest("phone", "010"), sealing.link_token("lead")
    monkeypatch.setenv("DESK_KEY", f"{new},{old}")
    assert sealing.unseal(sealed) == "김하나"
    assert (sealing.digest("phone", "010"), sealing.link_token("lead")) == (digest, link)
    resealed = sealing.reseal(sealed)
    monkeypatch.setenv("DESK_KEY", new)
    assert sealing.unseal(resealed) == "김하나"
    with pytest.raises(sealing.SealError, match="DESK_KEY"):
        sealing.unseal(sealed)


def test_a_wrong_key_is_said_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_KEY", "not a key")
    with pytest.raises(sealing.SealError, match="DESK_KEY"):
        sealing.seal("김하나")


@pytest.mark.parametrize(("days", "left"), [(1095, 1), (1096, 0)])
def test_a_lead_is_purged_when_its_three_years_are_over(desk: str, request_of: Make, days: int, left: int) -> None:
    _visit(request_of)
    with database.session() as session:
        done = privacy.purge(session, now=NOW + timedelta(days=days))
    assert done["leads"] == 1 - left
    assert _count(Lead) == _count(LeadMove) == left
    assert _count(Visit) == left


def test_purging_twice_does_nothing_the_second_time(desk: str, request_of: Make) -> None:
    _visit(request_of)
    later = NOW + timedelta(days=2000)
    with database.session() as session:
        assert sum(privacy.purge(session, now=later).values()) > 0
    with database.session() as session:
        assert sum(privacy.purge(session, now=later).values()) == 0
    assert _count(TakenTime) == _count(OutboxEntry) == 0


def test_a_change_starts_the_retention_anew(desk: str, request_of: Make) -> None:
    lead_id = _visit(request_of).lead_id
    with database.session() as session:
        lead_actions.claim(session, lead_id, KIM, now=NOW + timedelta(days=500))
    with database.session() as session:
        privacy.purge(session, now=NOW + timedelta(days=1200))
    assert _count(Lead) == 1


def test_the_purge_command_goes_by_the_frozen_day(
    sqlite_desk: str, request_of: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.cli import main

    _visit(request_of)
    monkeypatch.delenv("BOT_NOW")
    with freeze_time("2029-11-21T00:00:00Z"):
        assert main(["purge"]) == 0
        assert json.loads(capsys.readouterr().out)["leads"] == 0
    with freeze_time("2029-11-23T02:00:00Z"):
        assert main(["purge"]) == 0
        assert json.loads(capsys.readouterr().out)["leads"] == 1


class Transcripts:
    """A store outside the leads, as conversations and trackers are."""

    name = "test transcripts"

    def __init__(self) -> None:
        self.kept = {"c-1": "2026-11-23T10:00:00+09:00", "c-2": "2026-11-23T10:00:00+09:00"}

    def purge(self, session: Session, before: datetime) -> int:
        old = [key for key, moment in self.kept.items() if datetime.fromisoformat(moment) < before]
        for key in old:
            del self.kept[key]
        return len(old)

    def export(self, session: Session, conversation_ids: list[str]) -> list[dict[str, Any]]:
        return [{"conversation": key} for key in conversation_ids if key in self.kept]

    def erase(self, session: Session, conversation_ids: list[str]) -> int:
        return sum(self.kept.pop(key, None) is not None for key in conversation_ids)


@pytest.fixture
def transcripts(monkeypatch: pytest.MonkeyPatch) -> Transcripts:
    """A registered store with two conversations."""
    store = Transcripts()
    monkeypatch.setattr(privacy, "_STORES", {})
    privacy.register_store(store, keep=timedelta(days=30))
    return store


def test_registered_stores_are_purged_by_their_own_time(desk: str, transcripts: Transcripts) -> None:
    with database.session() as session:
        assert privacy.purge(session, now=NOW + timedelta(days=30))[transcripts.name] == 0
        assert privacy.purge(session, now=NOW + timedelta(days=30, seconds=1))[transcripts.name] == 2


def test_a_person_gets_everything_kept_of_them(desk: str, request_of: Make, transcripts: Transcripts) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        lead_actions.note(session, receipt.lead_id, "오후에 통화", KIM)
        leads.document(session.get(Lead, receipt.lead_id), KIM)
    with database.session() as session:
        given = privacy.export(session, "01012345678", actor="admin")
    lead = given["leads"][0]
    assert lead["contact"]["phone"] == "010-1234-5678"
    assert [note["text"] for note in lead["notes"]] == ["오후에 통화"]
    assert lead["contact_views"][0]["by"] == "planner"
    assert given[transcripts.name] == [{"conversation": "c-1"}]
    json.dumps(given)


def test_a_person_can_be_erased_and_only_an_empty_number_stays(
    desk: str, request_of: Make, transcripts: Transcripts
) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        lead_actions.note(session, receipt.lead_id, "오후에 통화", KIM)
    with database.session() as session:
        erased = privacy.erase(session, "010 1234 5678", actor="admin")
    assert (erased.leads, erased.conversations, erased.other) == (1, 1, {transcripts.name: 1})
    with database.session() as session:
        lead = session.get(Lead, receipt.lead_id)
        assert (lead.state, lead.phone, lead.contact_name, lead.company_name, lead.wishes) == (
            "withdrawn", None, None, None, None)
        assert session.execute(select(Visit.state)).scalar_one() == "cancelled"
        written = leads.document(lead)
        assert written["consents"][0]["withdrawn_at"] is not None
        with pytest.raises(NotFound):
            visits.look_up_link(session, receipt.link_token)
    assert set(transcripts.kept) == {"c-2"}


def test_erasing_one_person_leaves_the_others(desk: str, request_of: Make) -> None:
    for phone in ("010-1111-1111", "010-2222-2222"):
        with database.session() as session:
            handoff.hand_off(session, request_of(phone=phone, conversation_id=phone))
    with database.session() as session:
        privacy.erase(session, "010-1111-1111", actor="admin")
    with database.session(read_only=True) as session:
        kept = session.execute(select(Lead).where(Lead.erased_at.is_(None))).scalars().all()
    assert [lead.phone for lead in kept] == ["010-2222-2222"]


def test_erase_me_in_the_chat_reaches_lead_visit_hold_and_transcript(
    desk: str, request_of: Make, transcripts: Transcripts
) -> None:
    conversation = "chat-to-forget"
    transcripts.kept[conversation] = NOW.isoformat()
    _visit(request_of, conversation_id=conversation)
    with database.session() as session:
        booking.hold(session, "suwon.suwon-1.20261202T1400", conversation_id=conversation)
    with database.session() as session:
        erased = privacy.erase_conversation(session, conversation, actor="bot")
    assert (erased.leads, erased.other) == (1, {transcripts.name: 1})
    assert _count(TakenTime) == 0
    assert conversation not in _everything()


def test_erasing_leaves_a_trace_without_contact_data(desk: str, request_of: Make) -> None:
    _visit(request_of)
    with database.session() as session:
        privacy.erase(session, "010-1234-5678", actor="admin")
        row = session.execute(select(AuditEntry).where(AuditEntry.action == "person.erased")).scalar_one()
    assert (row.actor, row.details["leads"]) == ("admin", 1)
    assert row.subject == phone_digest("010-1234-5678")[:16]


def test_exporting_for_a_phone_that_is_none_is_refused(desk: str) -> None:
    with database.session() as session, pytest.raises(ContactInvalid):
        privacy.export(session, "모름", actor="admin")


def test_looking_at_a_lead_is_written_down_and_a_masked_look_is_not(desk: str, request_of: Make) -> None:
    lead_id = handoff_id(request_of)
    with database.session() as session:
        lead = session.get(Lead, lead_id)
        leads.document(lead, KIM, purpose="call")
        leads.document(lead, Viewer("kfme", "partner", partner="kfme"))
        leads.summary(lead)
    with database.session(read_only=True) as session:
        views = session.execute(select(ContactView)).scalars().all()
    assert [(view.viewer, view.role, view.purpose, view.at) for view in views] == [("kim", "planner", "call", NOW)]


def handoff_id(request_of: Make) -> str:
    """A call-back handed over at 10:00."""
    with database.session() as session:
        return handoff.hand_off(session, request_of(), now=at("2026-11-23 10:00")).lead_id


def test_the_data_directory_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "fresh"))
    assert stat.S_IMODE(os.stat(sealing.data_dir()).st_mode) == 0o700


def test_rasas_trackers_are_exported_erased_and_purged(
    desk: str, request_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.desk import stores

    monkeypatch.setenv("TRACKER_URL", f"sqlite:///{tmp_path / 'conversations.db'}")
    store = stores.Trackers()
    with database.session() as session:
        assert store.erase(session, ["c-1"]) == 0  # Rasa has not written anything yet
    with sqlite3.connect(tmp_path / "conversations.db") as trackers:
        trackers.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp REAL, data)")
        trackers.executemany("INSERT INTO events (sender_id, timestamp, data) VALUES (?, ?, ?)", [
            ("c-1", NOW.timestamp(), "010-1234-5678"), ("c-1", NOW.timestamp() + 1, "x"), ("c-2", NOW.timestamp(), "y")])
    with database.session() as session:
        assert [item["event"] for item in store.export(session, ["c-1"])] == ["010-1234-5678", "x"]
        assert store.erase(session, ["c-1"]) == 1
        assert store.purge(session, NOW) == 0
        assert store.purge(session, NOW + timedelta(seconds=1)) == 1
    with sqlite3.connect(tmp_path / "conversations.db") as trackers:
        assert trackers.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_erase_me_reaches_what_the_turn_under_way_still_writes(
    desk: str, request_of: Make, transcripts: Transcripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        erasures.erase_soon(session, "c-1")
    transcripts.kept["c-1"] = NOW.isoformat()  # the answer to "지워 주세요" is stored after it was asked for
    with database.session() as session:
        assert erasures.run_due(session) == 0
    monkeypatch.setattr(erasures, "wall_now", lambda: clock_on_wall.wall_now() + erasures.QUIET)
    with database.session() as session:
        assert erasures.run_due(session) == 1
    assert "c-1" not in transcripts.kept
    with database.session() as session:
        assert erasures.run_due(session) == 0
