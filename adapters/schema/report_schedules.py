"""Tables of reports that are sent by the clock, and of what came of each occasion."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, metadata

SCHEDULED = text("next_due_at IS NOT NULL")
BY_THE_CLOCK = text("NOT by_hand")

report_schedules = Table(
    "report_schedules",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner_id", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_due_at", Moment),
    Column("sending", Document, nullable=False),
    CheckConstraint("state IN ('active', 'paused')", "state"),
    CheckConstraint("(next_due_at IS NULL) = (state = 'paused')", "due"),
    Index("ix_report_schedules_by_owner", "organization_id", "owner_id", "id"),
    Index(
        "ix_report_schedules_scheduled",
        "organization_id",
        "next_due_at",
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    ),
)

report_runs = Table(
    "report_runs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("schedule_id", Uuid, nullable=False),
    Column("occasion_at", Moment, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("export_id", Uuid),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("mailed", Integer, nullable=False),
    Column("attached", Boolean, nullable=False),
    Column("problem", String(64)),
    CheckConstraint("state IN ('running', 'sent', 'failed')", "state"),
    CheckConstraint("(ended_at IS NULL) = (state = 'running')", "ended"),
    CheckConstraint("(problem IS NOT NULL) = (state = 'failed')", "problem"),
    ForeignKeyConstraint(
        ["organization_id", "schedule_id"],
        [report_schedules.c.organization_id, report_schedules.c.id],
        name="fk_report_runs_schedule",
    ),
    Index("ix_report_runs_by_schedule", "organization_id", "schedule_id", "id"),
    Index(
        "uq_report_runs_occasion",
        "organization_id",
        "schedule_id",
        "occasion_at",
        unique=True,
        postgresql_where=BY_THE_CLOCK,
        sqlite_where=BY_THE_CLOCK,
    ),
)
