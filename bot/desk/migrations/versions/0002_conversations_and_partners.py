"""Conversations with their turns and opinions, and the partners they came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "partners",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("origins", DOCUMENT, nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("greeting", sa.String(length=300), nullable=True),
        sa.Column("first_programs", DOCUMENT, nullable=False),
        sa.Column("hours_notice", sa.String(length=200), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
    )
    op.create_table(
        "partner_counts",
        sa.Column("partner_id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("milestone", sa.String(length=10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("milestone IN ('opened', 'talked', 'screened', 'booked')",
                           name=op.f("ck_partner_counts_milestone")),
        sa.PrimaryKeyConstraint("partner_id", "day", "milestone", name=op.f("pk_partner_counts")),
    )
    op.create_table(
        "partner_keys",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.String(length=40), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_keys_partner_id"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_partner_keys")),
    )
    op.create_index(op.f("ix_partner_keys_partner_id"), "partner_keys", ["partner_id"], unique=False)
    op.create_table(
        "chat_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("partner_id", sa.String(length=40), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("turn", DOCUMENT, nullable=True),
        sa.Column("offered", DOCUMENT, nullable=False),
        sa.Column("milestones", DOCUMENT, nullable=False),
        sa.Column("proved", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_chat_sessions_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_sessions")),
    )
    op.create_index(op.f("ix_chat_sessions_expires_at"), "chat_sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix_chat_sessions_partner_id"), "chat_sessions", ["partner_id"], unique=False)
    op.create_table(
        "chat_turns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_message_id", sa.String(length=80), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Text(), nullable=True),
        sa.Column("turn", DOCUMENT, nullable=True),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'answered')", name=op.f("ck_chat_turns_state")),
        sa.CheckConstraint("(state = 'answered') = (replies IS NOT NULL)",
                           name=op.f("ck_chat_turns_answered_with_replies")),
        sa.ForeignKeyConstraint(["session_id"], ["chat_sessions.id"], name=op.f("fk_chat_turns_session_id"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_turns")),
        sa.UniqueConstraint("session_id", "client_message_id", name=op.f("uq_chat_turns_message")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_chat_turns_position")),
    )
    op.create_index("ix_chat_turns_state", "chat_turns", ["session_id", "state"], unique=False)
    op.create_table(
        "chat_feedback",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("rating", sa.String(length=4), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("rating IN ('up', 'down')", name=op.f("ck_chat_feedback_rating")),
        sa.ForeignKeyConstraint(["session_id"], ["chat_sessions.id"], name=op.f("fk_chat_feedback_session_id"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_feedback")),
        sa.UniqueConstraint("session_id", "message_id", name=op.f("uq_chat_feedback_message")),
    )
    op.create_index(op.f("ix_chat_feedback_at"), "chat_feedback", ["at"], unique=False)


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for table in ("chat_feedback", "chat_turns", "chat_sessions", "partner_keys", "partner_counts", "partners"):
        op.drop_table(table)
