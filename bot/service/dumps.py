"""Copying one database whole, and putting a copy back: SQLite by its online backup, PostgreSQL by its own tools.

What is copied, where to, and what is checked before and after is decided in ``backup``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.pool import NullPool

_LIBPQ = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
          "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "options": "PGOPTIONS"}


class DumpError(RuntimeError):
    """A database could not be copied or put back; the message says what to do."""


def kind_of(url: str) -> str:
    """"sqlite" or "postgresql". Raises DumpError for anything else."""
    kind: str = make_url(_spelled(url)).get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise DumpError(f"{kind} 데이터베이스는 백업할 수 없어요. SQLite와 PostgreSQL만 돼요.")
    return kind


def same_database(one: str, other: str) -> bool:
    """Whether two URLs name the same database, however the driver or the password is written."""
    first, second = (make_url(_spelled(url)) for url in (one, other))
    if first.get_backend_name() == "sqlite" == second.get_backend_name():
        return Path(first.database or "").resolve() == Path(second.database or "").resolve()
    return _place(first) == _place(second)


def exists(url: str) -> bool:
    """Whether there is a database with at least one table at ``url``."""
    if kind_of(url) == "sqlite" and not _file(url).exists():
        return False
    return bool(tables(url))


def tables(url: str) -> dict[str, int]:
    """How many rows each table has now."""
    with _engine(url).connect() as connection:
        return _counted(connection)


def dump(url: str, target: Path) -> dict[str, int]:
    """Copy the database into the file ``target`` (mode 0600) while it is in use; the rows of each table in the copy.

    The copy is the database at one moment. Raises DumpError.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return _dump_sqlite(_file(url), target) if kind_of(url) == "sqlite" else _dump_postgresql(url, target)


def restore(url: str, source: Path) -> dict[str, int]:
    """Put the copy ``source`` in the place of all there is at ``url``; the rows of each table. Raises DumpError."""
    if kind_of(url) == "sqlite":
        _restore_sqlite(_file(url), source)
    else:
        _restore_postgresql(url, source)
    return tables(url)


def _dump_sqlite(database: Path, target: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as live, closing(
            sqlite3.connect(target)) as copy:
        live.backup(copy)
        # Without this the copy would want a -wal file of its own beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        _check(copy, target)
    return tables(f"sqlite:///{target}")


def _restore_sqlite(database: Path, source: Path) -> None:
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy, closing(
            sqlite3.connect(database, timeout=30)) as live:
        _check(copy, source)
        try:
            copy.backup(live)
        except sqlite3.OperationalError as error:
            raise DumpError(f"{database}에 쓸 수 없어요({error}). 서비스를 멈춘 뒤 다시 해 주세요.") from error
        live.execute("PRAGMA journal_mode=WAL")
        _check(live, database)
    database.chmod(0o600)


def _check(connection: sqlite3.Connection, file: Path) -> None:
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise DumpError(f"{file}이(가) 깨져 있어요: {found}")


def _dump_postgresql(url: str, target: Path) -> dict[str, int]:
    # The rows are counted in the very snapshot that pg_dump copies.
    with _engine(url).connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(sa.text("SELECT pg_export_snapshot()")).scalar_one()
        counted = _counted(connection)
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                         f"--file={target}"], url)
    return counted


def _restore_postgresql(url: str, source: Path) -> None:
    _tool("pg_restore")  # found before anything is dropped
    engine = _engine(url)
    with engine.begin() as connection:
        # Also the tables a newer version made, or its migrations would stumble over them later.
        there = sa.MetaData()
        there.reflect(connection)
        there.drop_all(connection)
        for sequence in sa.inspect(connection).get_sequence_names():
            connection.execute(sa.schema.DropSequence(sa.Sequence(sequence)))
    _run("pg_restore", ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
                        f"--dbname={_place(make_url(_spelled(url)))['PGDATABASE']}", str(source)], url)


def _run(tool: str, arguments: list[str], url: str) -> None:
    """Run a tool of PostgreSQL; the password goes by the environment, never by the process list."""
    environment = {**os.environ, **_place(make_url(_spelled(url)))}
    if password := make_url(_spelled(url)).password:
        environment["PGPASSWORD"] = str(password)
    done = subprocess.run([_tool(tool), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DumpError(f"{tool}이(가) 실패했어요: {done.stderr.strip()[-800:]}")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DumpError(f"{name}이(가) 없어요. 서버와 같거나 더 새로운 PostgreSQL 클라이언트를 설치해 주세요. "
                        "데비안·우분투에서는: apt install postgresql-client")
    return found


def _place(url: URL) -> dict[str, str]:
    """Where libpq finds the database, as environment variables."""
    given = {"host": url.host, "port": url.port, **url.query}
    place = {_LIBPQ[name]: str(value) for name, value in given.items() if value and name in _LIBPQ}
    return {"PGHOST": "localhost", "PGPORT": "5432", **place, "PGUSER": url.username or "postgres",
            "PGDATABASE": url.database or "postgres"}


def _spelled(url: str) -> str:
    return "postgresql" + url[len("postgres"):] if url.startswith("postgres://") else url


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


def _engine(url: str) -> sa.engine.Engine:
    return sa.create_engine(_spelled(url), future=True, poolclass=NullPool)


def _counted(connection: Connection) -> dict[str, int]:
    return {name: connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
            for name in sorted(sa.inspect(connection).get_table_names())}
