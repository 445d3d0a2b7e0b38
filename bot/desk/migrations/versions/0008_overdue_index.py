"""An index from which the leads nobody has called in time are found, newest first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    nobody_called = sa.text("contacted_at IS NULL")
    op.create_index("ix_leads_uncontacted", "leads", ["created_at", "id", "state", "contact_due_at", "center_id"],
                    sqlite_where=nobody_called, postgresql_where=nobody_called)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_leads_uncontacted", table_name="leads")
