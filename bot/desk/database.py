"""The desk's database: one engine per URL, sessions that are one transaction each, and the migrations.

``DATABASE_URL`` chooses PostgreSQL or SQLite; without it the desk keeps ``desk.db`` in ``DATA_DIR``.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from bot.desk.sealing import data_dir

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number does, as long as every process of the desk uses the same one.
_MIGRATION_LOCK = 20260702
_SQLITE_PATIENCE = 30.0


def database_url() -> str:
    """The URL in force: ``DATABASE_URL``, else SQLite in ``DATA_DIR``."""
    configured = os.environ.get("DATABASE_URL")
    if not configured:
        return f"sqlite:///{(data_dir() / 'desk.db').resolve()}"
    # Hosting providers still write the old scheme, which SQLAlchemy refuses.
    return "postgresql" + configured[len("postgres"):] if configured.startswith("postgres://") else configured


def engine() -> Engine:
    """The engine of the URL in force; the same one for the same URL and process."""
    return _engine(database_url(), os.getpid())


@contextmanager
def session(*, read_only: bool = False) -> Iterator[Session]:
    """One transaction: committed when the block ends well, rolled back when it raises.

    A writing session takes SQLite's write lock at once, so that what it reads stays true until it writes.
    ``read_only`` sessions leave writers alone.
    """
    bound = engine().execution_options(desk_read_only=True) if read_only else engine()
    with Session(bound, future=True, expire_on_commit=False) as opened, opened.begin():
        yield opened


def migrate(revision: str = "head") -> None:
    """Bring the database to ``revision``, up or down, and make sure every center has a planner.

    Going down drops what the later revisions added. Safe when several processes call it at the same time: one
    migrates, the others wait.
    """
    from bot.desk import calendar  # calendar needs sessions of this module

    with _one_at_a_time() as connection:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        move = command.downgrade if _is_older(connection, config, revision) else command.upgrade
        move(config, revision)
        connection.commit()
        if revision == "head":
            with Session(connection, future=True) as opened, opened.begin():
                calendar.seed(opened)


def _is_older(connection: Connection, config: Config, revision: str) -> bool:
    """Whether ``revision`` lies before the one the database has."""
    present = MigrationContext.configure(connection).get_current_revision()
    if present is None or revision in ("head", present):
        return False
    before = {one.revision for one in ScriptDirectory.from_config(config).iterate_revisions(present, "base")}
    return revision == "base" or revision in before


@contextmanager
def _one_at_a_time() -> Iterator[Connection]:
    if engine().dialect.name == "sqlite":
        with open(data_dir() / "migration.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with engine().connect() as connection:
                yield connection
        return
    with engine().connect() as guard, engine().connect() as connection:
        guard.execute(sa.select(sa.func.pg_advisory_lock(_MIGRATION_LOCK)))
        try:
            yield connection
        finally:
            guard.execute(sa.select(sa.func.pg_advisory_unlock(_MIGRATION_LOCK)))


@lru_cache(maxsize=32)
def _engine(url: str, pid: int) -> Engine:
    # The process id is part of the key: a forked child must not share its parent's connections.
    # Korean as it is: escaped, a stored screening takes twice the room.
    written = partial(json.dumps, ensure_ascii=False)
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url, future=True, pool_pre_ping=True, pool_size=5, max_overflow=10, json_serializer=written)
    # Kept open: closing the last connection writes the whole log back to the file, after each transaction.
    made = sa.create_engine(
        url, future=True, poolclass=QueuePool, pool_size=5, max_overflow=10, json_serializer=written,
        connect_args={"timeout": _SQLITE_PATIENCE, "check_same_thread": False})
    event.listen(made, "connect", _on_sqlite_connect)
    event.listen(made, "begin", _on_sqlite_begin)
    return made


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # pysqlite must not open transactions of its own, or BEGIN IMMEDIATE below comes too late.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("desk_read_only")
    connection.exec_driver_sql("BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE")
