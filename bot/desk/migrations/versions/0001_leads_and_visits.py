"""The first tables: calendar, visits, leads with their traces, outbox and API tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=True),
        sa.Column("partner", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('planner', 'center_lead', 'administrator', 'partner', 'bot', 'customer', 'system')",
            name=op.f("ck_api_tokens_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_tokens_token_digest")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("details", DOCUMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "center_settings",
        sa.Column("center_id", sa.String(length=60), nullable=False),
        sa.Column("visit_minutes", sa.Integer(), nullable=False),
        sa.Column("travel_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("daily_cap", sa.Integer(), nullable=False),
        sa.Column("cutoff_hours", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.CheckConstraint("horizon_days > 0 AND daily_cap > 0", name=op.f("ck_center_settings_reach")),
        sa.CheckConstraint("notice_hours >= 0 AND cutoff_hours >= 0", name=op.f("ck_center_settings_notice")),
        sa.CheckConstraint(
            "travel_minutes >= 0 AND travel_minutes % 30 = 0", name=op.f("ck_center_settings_travel_on_grid")
        ),
        sa.CheckConstraint(
            "visit_minutes > 0 AND visit_minutes % 30 = 0", name=op.f("ck_center_settings_visit_on_grid")
        ),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_center_settings")),
    )
    op.create_table(
        "contact_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("viewer", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_views")),
    )
    op.create_index(op.f("ix_contact_views_lead_id"), "contact_views", ["lead_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'sending') = (leased_until IS NOT NULL)", name=op.f("ck_outbox_leased")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_outbox_sent")),
        sa.CheckConstraint("channel IN ('mail', 'webhook')", name=op.f("ck_outbox_channel")),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'not_configured', 'dead', 'void')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "next_at"], unique=False)
    op.create_index(op.f("ix_outbox_lead_id"), "outbox", ["lead_id"], unique=False)
    op.create_table(
        "planners",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id NOT LIKE '%.%' AND center_id NOT LIKE '%.%'", name=op.f("ck_planners_no_dots")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planners")),
    )
    op.create_index(op.f("ix_planners_center_id"), "planners", ["center_id"], unique=False)
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("topics", DOCUMENT, nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=True),
        sa.Column("with_contact", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=True),
        sa.Column("planner_id", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("created_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint("kind IN ('leave', 'blocked', 'holiday')", name=op.f("ck_closures_kind")),
        sa.CheckConstraint("planner_id IS NULL OR center_id IS NULL", name=op.f("ck_closures_one_scope")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_closures_order")),
        sa.ForeignKeyConstraint(
            ["planner_id"], ["planners.id"], name=op.f("fk_closures_planner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(op.f("ix_closures_center_id"), "closures", ["center_id"], unique=False)
    op.create_index(op.f("ix_closures_planner_id"), "closures", ["planner_id"], unique=False)
    op.create_table(
        "leads",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("close_reason", sa.String(length=30), nullable=True),
        sa.Column("center_id", sa.String(length=60), nullable=True),
        sa.Column("planner_id", sa.String(length=60), nullable=True),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("company_name", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column("company_digest", sa.String(length=64), nullable=True),
        sa.Column("link_digest", sa.String(length=64), nullable=False),
        sa.Column("facts", DOCUMENT, nullable=False),
        sa.Column("screening", DOCUMENT, nullable=True),
        sa.Column("support_type", sa.String(length=30), nullable=True),
        sa.Column("wishes", sa.Text(), nullable=True),
        sa.Column("routing", DOCUMENT, nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=True),
        sa.Column("conversation_id", sa.String(length=120), nullable=True),
        sa.Column("transcript", sa.String(length=300), nullable=True),
        sa.Column("call_window", DOCUMENT, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=True),
        sa.Column("contact_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (close_reason IS NOT NULL)", name=op.f("ck_leads_closed_for_a_reason")
        ),
        sa.CheckConstraint(
            "close_reason IS NULL OR close_reason IN ('supported', 'information_given', "
            "'not_eligible', 'unreachable', 'duplicate', 'declined', 'spam', 'other')",
            name=op.f("ck_leads_reason"),
        ),
        sa.CheckConstraint("kind IN ('visit', 'callback')", name=op.f("ck_leads_kind")),
        sa.CheckConstraint("state <> 'claimed' OR claimed_by IS NOT NULL", name=op.f("ck_leads_claimed_by_somebody")),
        sa.CheckConstraint("state <> 'new' OR claimed_by IS NULL", name=op.f("ck_leads_new_is_free")),
        sa.CheckConstraint("state <> 'transferred' OR claimed_by IS NULL", name=op.f("ck_leads_transferred_is_free")),
        sa.CheckConstraint(
            "state IN ('new', 'claimed', 'contacted', 'visit_scheduled', 'visited', 'plan_delivered',"
            " 'following_up', 'closed', 'no_show', 'transferred', 'withdrawn')",
            name=op.f("ck_leads_state"),
        ),
        sa.CheckConstraint("(claimed_by IS NULL) = (claimed_at IS NULL)", name=op.f("ck_leads_claimed_once")),
        sa.CheckConstraint(
            "erased_at IS NULL OR (contact_name IS NULL AND phone IS NULL AND email IS NULL AND "
            "wishes IS NULL AND company_name IS NULL AND phone_digest IS NULL AND company_digest IS "
            "NULL)",
            name=op.f("ck_leads_erased_is_empty"),
        ),
        sa.ForeignKeyConstraint(["planner_id"], ["planners.id"], name=op.f("fk_leads_planner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_leads_idempotency_key")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_leads_link_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_leads_number")),
    )
    op.create_index(op.f("ix_leads_company_digest"), "leads", ["company_digest"], unique=False)
    op.create_index(op.f("ix_leads_conversation_id"), "leads", ["conversation_id"], unique=False)
    op.create_index("ix_leads_created", "leads", ["created_at"], unique=False)
    op.create_index(op.f("ix_leads_partner"), "leads", ["partner"], unique=False)
    op.create_index(op.f("ix_leads_phone_digest"), "leads", ["phone_digest"], unique=False)
    op.create_index("ix_leads_planner", "leads", ["planner_id", "state"], unique=False)
    op.create_index("ix_leads_center_created", "leads", ["center_id", "created_at"], unique=False)
    op.create_index("ix_leads_queue", "leads", ["center_id", "state", "created_at"], unique=False)
    op.create_index("ix_leads_state", "leads", ["state", "contact_due_at"], unique=False)
    op.create_table(
        "working_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("planner_id", sa.String(length=60), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("is_break", sa.Boolean(), nullable=False),
        sa.CheckConstraint("0 <= starts AND starts < ends AND ends <= 1440", name=op.f("ck_working_hours_order")),
        sa.CheckConstraint("starts % 30 = 0 AND ends % 30 = 0", name=op.f("ck_working_hours_on_grid")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_working_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["planner_id"], ["planners.id"], name=op.f("fk_working_hours_planner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    op.create_index(op.f("ix_working_hours_planner_id"), "working_hours", ["planner_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("wording_version", sa.String(length=60), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_consents_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("lead_id", "purpose", name="uq_consents_purpose"),
    )
    op.create_index(op.f("ix_consents_lead_id"), "consents", ["lead_id"], unique=False)
    op.create_table(
        "lead_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('planner', 'center_lead', 'administrator', 'partner', 'bot', 'customer', 'system')",
            name=op.f("ck_lead_moves_role"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_lead_moves_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_moves")),
    )
    op.create_index(op.f("ix_lead_moves_lead_id"), "lead_moves", ["lead_id"], unique=False)
    op.create_table(
        "lead_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_lead_notes_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_notes")),
    )
    op.create_index(op.f("ix_lead_notes_lead_id"), "lead_notes", ["lead_id"], unique=False)
    op.create_table(
        "verdict_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("program", sa.String(length=80), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("expected_status", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"right" OR reason IS NOT NULL', name=op.f("ck_verdict_marks_wrong_for_a_reason")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_verdict_marks_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict_marks")),
        sa.UniqueConstraint("lead_id", "program", name="uq_verdict_marks_program"),
    )
    op.create_index(op.f("ix_verdict_marks_lead_id"), "verdict_marks", ["lead_id"], unique=False)
    op.create_table(
        "visits",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=False),
        sa.Column("planner_id", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conversation_id", sa.String(length=120), nullable=True),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'held') = (expires_at IS NOT NULL)", name=op.f("ck_visits_only_holds_expire")),
        sa.CheckConstraint(
            "state IN ('held', 'booked', 'visited', 'no_show', 'cancelled', 'expired', 'released')",
            name=op.f("ck_visits_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('booked', 'visited', 'no_show') OR lead_id IS NOT NULL", name=op.f("ck_visits_booked_for")
        ),
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= busy_until", name=op.f("ck_visits_order")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_visits_lead_id")),
        sa.ForeignKeyConstraint(["planner_id"], ["planners.id"], name=op.f("fk_visits_planner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_center_starts", "visits", ["center_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_visits_conversation_id"), "visits", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_visits_lead_id"), "visits", ["lead_id"], unique=False)
    op.create_index(
        "ux_visits_active",
        "visits",
        ["planner_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text("state IN ('held', 'booked')"),
        postgresql_where=sa.text("state IN ('held', 'booked')"),
    )
    op.create_index(
        "ux_visits_one_hold",
        "visits",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ux_visits_one_per_lead",
        "visits",
        ["lead_id"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "waiting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("daily_from", sa.Time(), nullable=True),
        sa.Column("daily_until", sa.Time(), nullable=True),
        sa.Column("conversation_id", sa.String(length=120), nullable=True),
        sa.Column("lead_id", sa.String(length=36), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
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
    op.create_index(op.f("ix_waiting_conversation_id"), "waiting", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_waiting_lead_id"), "waiting", ["lead_id"], unique=False)
    op.create_table(
        "taken_times",
        sa.Column("planner_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["planner_id"], ["planners.id"], name=op.f("fk_taken_times_planner_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_taken_times_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("planner_id", "at", name=op.f("pk_taken_times")),
    )
    op.create_index(op.f("ix_taken_times_visit_id"), "taken_times", ["visit_id"], unique=False)


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    op.drop_table("taken_times")
    op.drop_table("waiting")
    op.drop_table("visits")
    op.drop_table("verdict_marks")
    op.drop_table("lead_notes")
    op.drop_table("lead_moves")
    op.drop_table("consents")
    op.drop_table("working_hours")
    op.drop_table("leads")
    op.drop_table("closures")
    op.drop_table("webhooks")
    op.drop_table("planners")
    op.drop_table("outbox")
    op.drop_table("contact_views")
    op.drop_table("center_settings")
    op.drop_table("audit")
    op.drop_table("api_tokens")
