"""The migrations make exactly the tables the code knows, from nothing and from several processes at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select

from bot.desk import calendar, database, models
from bot.desk.models import Planner
from knowledge_base import places


def test_the_migrated_database_is_what_the_models_say(desk: str) -> None:
    models.load_all()
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, models.Base.metadata) == []


def test_checks_of_the_models_are_in_the_database(desk: str) -> None:
    inspector = inspect(database.engine())
    for table in models.Base.metadata.sorted_tables:
        written = {check["name"] for check in inspector.get_check_constraints(table.name)}
        known = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        assert known <= written, table.name


def test_migrating_again_changes_nothing(desk: str) -> None:
    database.migrate()
    with database.session(read_only=True) as session:
        count = session.execute(select(func.count()).select_from(Planner)).scalar_one()
    assert count == len(places.centers())


def test_a_center_that_has_planners_is_not_given_another(desk: str) -> None:
    with database.session() as session:
        session.get(Planner, "suwon-1").name = "이하늘"
        calendar.seed(session)
        session.flush()
        names = session.execute(select(Planner.name).where(Planner.center_id == "suwon")).scalars().all()
    assert names == ["이하늘"]


def test_processes_that_start_together_migrate_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DESK_KEY", raising=False)
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            try:
                database.migrate()
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    with database.session(read_only=True) as session:
        count = session.execute(select(func.count()).select_from(Planner)).scalar_one()
    assert count == len(places.centers())


def test_the_database_lies_in_the_data_directory_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert database.database_url() == f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("DATABASE_URL", "postgres://desk@db/desk")
    assert database.database_url() == "postgresql://desk@db/desk"
