"""Who waits for a time is a lead. Nobody could wait before this, so an entry without a lead is nobody's and goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let every entry belong to a lead; contact data stays with the lead alone."""
    _remake(sa.Column("lead_id", sa.String(length=36), nullable=False))


def downgrade() -> None:
    """Back to entries of conversations."""
    _remake(sa.Column("conversation_id", sa.String(length=120), nullable=True),
            sa.Column("lead_id", sa.String(length=36), nullable=True),
            sa.Column("email", sa.Text(), nullable=True))
    op.create_index(op.f("ix_waiting_conversation_id"), "waiting", ["conversation_id"], unique=False)


def _remake(*whose: sa.Column) -> None:
    """The table with other columns, and the entries of leads again in it."""
    bind = op.get_bind()
    old = sa.Table("waiting", sa.MetaData(), autoload_with=bind)
    kept = bind.execute(sa.select(old).where(old.c.lead_id.is_not(None))).mappings().all()
    op.drop_table("waiting")
    _make(*whose)
    new = sa.Table("waiting", sa.MetaData(), autoload_with=bind)
    for row in kept:
        bind.execute(new.insert().values({name: value for name, value in row.items() if name in new.c}))


def _make(*whose: sa.Column) -> None:
    op.create_table(
        "waiting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("daily_from", sa.Time(), nullable=True),
        sa.Column("daily_until", sa.Time(), nullable=True),
        *whose,
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opening_id", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'told') = (told_at IS NOT NULL)", name=op.f("ck_waiting_told")),
        sa.CheckConstraint("state IN ('waiting', 'told', 'left')", name=op.f("ck_waiting_state")),
        sa.CheckConstraint("(daily_from IS NULL) = (daily_until IS NULL)", name=op.f("ck_waiting_daily")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_waiting_order")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_waiting_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index("ix_waiting_center", "waiting", ["center_id", "state", "created_at"], unique=False)
    op.create_index(op.f("ix_waiting_lead_id"), "waiting", ["lead_id"], unique=False)
