"""Tables of pipelines, their runs, what they have brought and what they could not."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, Perhaps, metadata

UNDER_WAY = text("ended_at IS NULL")
DUE = text("next_run_at IS NOT NULL")
FED_BY_EVENTS = text("event_kind IS NOT NULL AND state <> 'archived'")
WAITING = text("taken_at IS NULL")

pipelines = Table(
    "pipelines",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(100), nullable=False),
    Column("target", String(16), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("source_id", Uuid),
    Column("event_kind", String(64)),
    Column("policy", Document, nullable=False),
    Column("schedule", Perhaps),
    Column("next_run_at", Moment),
    Column("later", Perhaps),
    Column("state", String(16), nullable=False),
    CheckConstraint("state IN ('active', 'paused', 'archived')", "state"),
    CheckConstraint("(source_id IS NULL) = (event_kind IS NOT NULL)", "feed"),
    Index("ix_pipelines_by_source", "organization_id", "source_id"),
    Index(
        "uq_pipelines_of_events",
        "organization_id",
        "event_kind",
        unique=True,
        postgresql_where=FED_BY_EVENTS,
        sqlite_where=FED_BY_EVENTS,
    ),
    Index(
        "ix_pipelines_due",
        "organization_id",
        "next_run_at",
        postgresql_where=DUE,
        sqlite_where=DUE,
    ),
)

# Never changed: what a run did can be told by them.
pipeline_editions = Table(
    "pipeline_editions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("pipeline_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("definition", Document, nullable=False),
    Column("made_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "pipeline_id"], [pipelines.c.organization_id, pipelines.c.id]
    ),
)

pipeline_runs = Table(
    "pipeline_runs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("pipeline_id", Uuid, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("parent_id", Uuid),
    Column("span", Perhaps),
    Column("whole", Boolean, nullable=False),
    Column("cursor", Perhaps),
    Column("later", Perhaps),
    Column("pages", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("known_before", Integer, nullable=False),
    Column("lease", Uuid),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("reason", String(64)),
    Column("queued_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    CheckConstraint(
        "(state IN ('succeeded', 'partial', 'failed', 'cancelled')) = (ended_at IS NOT NULL)",
        "ended",
    ),
    CheckConstraint("lease IS NULL OR ended_at IS NULL", "lease"),
    ForeignKeyConstraint(
        ["organization_id", "pipeline_id"], [pipelines.c.organization_id, pipelines.c.id]
    ),
    Index(
        "uq_pipeline_runs_under_way",
        "organization_id",
        "pipeline_id",
        unique=True,
        postgresql_where=UNDER_WAY,
        sqlite_where=UNDER_WAY,
    ),
    Index("ix_pipeline_runs_by_pipeline", "organization_id", "pipeline_id", "id"),
)

# One row a record that was taken, whose key follows from its name in the source.
pipeline_rows = Table(
    "pipeline_rows",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("pipeline_id", Uuid, primary_key=True),
    Column("key", Uuid, primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("vanished", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "pipeline_id"], [pipelines.c.organization_id, pipelines.c.id]
    ),
)

# One row a page of a run under way, however many records it has: their keys, 16 bytes each.
run_pages = Table(
    "run_pages",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("run_id", Uuid, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("seen", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "run_id"], [pipeline_runs.c.organization_id, pipeline_runs.c.id]
    ),
)

quarantined_rows = Table(
    "quarantined_rows",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("pipeline_id", Uuid, primary_key=True),
    Column("key", Uuid, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    Column("code", String(64), nullable=False),
    Column("field", String(200), nullable=False),
    Column("detail", String(2000), nullable=False),
    Column("record", Perhaps),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "run_id"], [pipeline_runs.c.organization_id, pipeline_runs.c.id]
    ),
)

run_notes = Table(
    "run_notes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("run_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("level", String(8), nullable=False),
    Column("what", String(32), nullable=False),
    Column("details", Document, nullable=False),
    CheckConstraint("level IN ('info', 'warning', 'error')", "level"),
    ForeignKeyConstraint(
        ["organization_id", "run_id"], [pipeline_runs.c.organization_id, pipeline_runs.c.id]
    ),
)

# The id is that of its sender; what it said is gone once it was taken.
posted_events = Table(
    "posted_events",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("key", Uuid, primary_key=True),
    Column("event_id", String(100), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("said", Perhaps),
    Index(
        "ix_posted_events_waiting",
        "organization_id",
        "kind",
        "received_at",
        "key",
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    ),
    Index("ix_posted_events_by_age", "organization_id", "received_at"),
)
