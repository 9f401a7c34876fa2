"""Reports that are sent by the clock."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0064"
down_revision = "0063"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(JSONB(), "postgresql")
SCHEDULED = sa.text("next_due_at IS NOT NULL")
BY_THE_CLOCK = sa.text("NOT by_hand")


def upgrade() -> None:
    op.create_table(
        "report_schedules",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_due_at", Moment),
        sa.Column("sending", Document, nullable=False),
        sa.CheckConstraint("state IN ('active', 'paused')", name="ck_report_schedules_state"),
        sa.CheckConstraint(
            "(next_due_at IS NULL) = (state = 'paused')", name="ck_report_schedules_due"
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_report_schedules"),
    )
    op.create_index(
        "ix_report_schedules_by_owner", "report_schedules", ["organization_id", "owner_id", "id"]
    )
    op.create_index(
        "ix_report_schedules_scheduled",
        "report_schedules",
        ["organization_id", "next_due_at"],
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    )
    op.create_table(
        "report_runs",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("occasion_at", Moment, nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("export_id", sa.Uuid()),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("mailed", sa.Integer(), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(64)),
        sa.CheckConstraint("state IN ('running', 'sent', 'failed')", name="ck_report_runs_state"),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state = 'running')", name="ck_report_runs_ended"
        ),
        sa.CheckConstraint(
            "(problem IS NOT NULL) = (state = 'failed')", name="ck_report_runs_problem"
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_report_runs"),
        sa.ForeignKeyConstraint(
            ["organization_id", "schedule_id"],
            ["report_schedules.organization_id", "report_schedules.id"],
            name="fk_report_runs_schedule",
        ),
    )
    op.create_index(
        "ix_report_runs_by_schedule", "report_runs", ["organization_id", "schedule_id", "id"]
    )
    op.create_index(
        "uq_report_runs_occasion",
        "report_runs",
        ["organization_id", "schedule_id", "occasion_at"],
        unique=True,
        postgresql_where=BY_THE_CLOCK,
        sqlite_where=BY_THE_CLOCK,
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("report_runs")
    op.drop_table("report_schedules")
