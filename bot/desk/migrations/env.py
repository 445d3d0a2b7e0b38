"""Alembic's way into the desk's database; the connection comes from ``bot.desk.database.migrate``."""

from __future__ import annotations

from alembic import context

from bot.desk import models

models.load_all()


def run() -> None:
    """Run the migrations over the connection given."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=models.Base.metadata, render_as_batch=True,
                      compare_type=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


run()
