"""Going down and up again through every migration on a database full of data: what both versions know survives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import cli
from bot.desk import database
from bot.desk.handoff import HandOff
from tests.desk.filling import Rows, everything, fill_every_table


def _revisions() -> list[str]:
    """All revisions, the newest first."""
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]


def _present() -> str | None:
    with database.engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _shared(one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Of both only the tables and columns that both have (and not Alembic's own)."""
    def cut(rows: Rows, like: Rows) -> Rows:
        return {name: [{key: value for key, value in row.items() if not like[name] or key in like[name][0]}
                       for row in rows[name]] for name in rows if name in like and name != "alembic_version"}

    return cut(one, other), cut(other, one)


@pytest.fixture
def full(desk: str, request_of: Callable[..., HandOff]) -> Rows:
    fill_every_table(request_of)
    return everything()


def test_rows_survive_going_down_and_up_through_every_revision(full: Rows) -> None:
    down = _revisions()
    lasting = full
    for revision in down[1:]:
        database.migrate(revision)
        assert _present() == revision
        here, before = _shared(everything(), lasting)
        assert here == before, f"rows were lost or changed on the way down to {revision}"
        lasting = everything()
    assert len(lasting["leads"]) == 1, "the oldest version has the lead still"
    for revision in reversed(down[:-1]):
        database.migrate(revision)
        here, before = _shared(everything(), lasting)
        assert here == before, f"rows were lost or changed on the way up to {revision}"
    assert _present() == down[0]


def test_a_database_that_went_down_and_up_is_what_the_models_say(full: Rows) -> None:
    from alembic.autogenerate import compare_metadata

    from bot.desk import models

    database.migrate(_revisions()[-1])
    database.migrate()
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, models.Base.metadata) == []


def test_the_first_version_with_data_is_brought_to_the_newest(full: Rows) -> None:
    database.migrate(_revisions()[-1])
    assert cli.main(["migrate"]) == 0
    assert _present() == _revisions()[0]
    with database.session(read_only=True) as session:
        assert session.execute(sa.text("SELECT count(*) FROM leads")).scalar_one() == 1


def test_one_step_back_is_a_command(full: Rows) -> None:
    assert cli.main(["migrate", "--to", _revisions()[1]]) == 0
    assert _present() == _revisions()[1]
