"""Indexes from which the desk counts its queue without reading the leads."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = ["contact_due_at", "contacted_at", "claimed_by", "planner_id"]


def upgrade() -> None:
    """Widen both indexes."""
    _replace("ix_leads_queue", ["center_id", "state", "created_at", *COUNTED])
    _replace("ix_leads_state", ["state", *COUNTED, "center_id"])


def downgrade() -> None:
    """Make them narrow again."""
    _replace("ix_leads_queue", ["center_id", "state", "created_at"])
    _replace("ix_leads_state", ["state", "contact_due_at"])


def _replace(name: str, columns: list[str]) -> None:
    op.drop_index(name, table_name="leads")
    op.create_index(name, "leads", columns, unique=False)
