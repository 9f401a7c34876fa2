"""Pipelines, their runs, what they have brought and what they could not."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0061"
down_revision = "0060"

UNDER_WAY = sa.text("ended_at IS NULL")
DUE = sa.text("next_run_at IS NOT NULL")
FED_BY_EVENTS = sa.text("event_kind IS NOT NULL AND state <> 'archived'")
WAITING = sa.text("taken_at IS NULL")
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
COUNTS = ("new", "changed", "unchanged", "conflicts", "quarantined", "deleted", "left_out")


def key(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), primary_key=True) for name in ("organization_id", *names)]


def upgrade() -> None:
    _pipelines()
    _runs()
    _rows()
    _events()
    build(op.get_bind())


def downgrade() -> None:
    for table in (
        "posted_events",
        "run_notes",
        "quarantined_rows",
        "run_pages",
        "pipeline_rows",
        "pipeline_runs",
        "pipeline_editions",
        "pipelines",
    ):
        op.drop_table(table)


def _pipelines() -> None:
    op.create_table(
        "pipelines",
        *key("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Uuid()),
        sa.Column("event_kind", sa.String(64)),
        sa.Column("policy", DOCUMENT, nullable=False),
        sa.Column("schedule", DOCUMENT),
        sa.Column("next_run_at", MOMENT),
        sa.Column("later", DOCUMENT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'archived')", op.f("ck_pipelines_state")
        ),
        sa.CheckConstraint(
            "(source_id IS NULL) = (event_kind IS NOT NULL)", op.f("ck_pipelines_feed")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_pipelines")),
    )
    op.create_index("ix_pipelines_by_source", "pipelines", ["organization_id", "source_id"])
    op.create_index(
        "uq_pipelines_of_events",
        "pipelines",
        ["organization_id", "event_kind"],
        unique=True,
        postgresql_where=FED_BY_EVENTS,
        sqlite_where=FED_BY_EVENTS,
    )
    op.create_index(
        "ix_pipelines_due",
        "pipelines",
        ["organization_id", "next_run_at"],
        postgresql_where=DUE,
        sqlite_where=DUE,
    )
    op.create_table(
        "pipeline_editions",
        *key("pipeline_id"),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("definition", DOCUMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "pipeline_id", "number", name=op.f("pk_pipeline_editions")
        ),
        _of_pipeline("pipeline_editions"),
    )


def _runs() -> None:
    op.create_table(
        "pipeline_runs",
        *key("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pipeline_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("span", DOCUMENT),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("cursor", DOCUMENT),
        sa.Column("later", DOCUMENT),
        sa.Column("pages", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("known_before", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid()),
        sa.Column("leased_until", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", MOMENT),
        sa.Column("reason", sa.String(64)),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint(
            "(state IN ('succeeded', 'partial', 'failed', 'cancelled')) = (ended_at IS NOT NULL)",
            op.f("ck_pipeline_runs_ended"),
        ),
        sa.CheckConstraint("lease IS NULL OR ended_at IS NULL", op.f("ck_pipeline_runs_lease")),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_pipeline_runs")),
        _of_pipeline("pipeline_runs"),
    )
    op.create_index(
        "uq_pipeline_runs_under_way",
        "pipeline_runs",
        ["organization_id", "pipeline_id"],
        unique=True,
        postgresql_where=UNDER_WAY,
        sqlite_where=UNDER_WAY,
    )
    op.create_index(
        "ix_pipeline_runs_by_pipeline",
        "pipeline_runs",
        ["organization_id", "pipeline_id", "id"],
    )
    op.create_table(
        "run_pages",
        *key("run_id"),
        sa.Column("page", sa.Integer(), primary_key=True),
        sa.Column("seen", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "run_id", "page", name=op.f("pk_run_pages")),
        _of_run("run_pages"),
    )
    op.create_table(
        "run_notes",
        *key("run_id", "id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("details", DOCUMENT, nullable=False),
        sa.CheckConstraint("level IN ('info', 'warning', 'error')", op.f("ck_run_notes_level")),
        sa.PrimaryKeyConstraint("organization_id", "run_id", "id", name=op.f("pk_run_notes")),
        _of_run("run_notes"),
    )


def _rows() -> None:
    op.create_table(
        "pipeline_rows",
        *key("pipeline_id", "key"),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("vanished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "pipeline_id", "key", name=op.f("pk_pipeline_rows")
        ),
        _of_pipeline("pipeline_rows"),
    )
    op.create_table(
        "quarantined_rows",
        *key("pipeline_id", "key"),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("detail", sa.String(2000), nullable=False),
        sa.Column("record", DOCUMENT),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "pipeline_id", "key", name=op.f("pk_quarantined_rows")
        ),
        _of_run("quarantined_rows"),
    )


def _events() -> None:
    op.create_table(
        "posted_events",
        *key("key"),
        sa.Column("event_id", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT),
        sa.Column("said", DOCUMENT),
        sa.PrimaryKeyConstraint("organization_id", "key", name=op.f("pk_posted_events")),
    )
    op.create_index(
        "ix_posted_events_waiting",
        "posted_events",
        ["organization_id", "kind", "received_at", "key"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    op.create_index("ix_posted_events_by_age", "posted_events", ["organization_id", "received_at"])


def _of_pipeline(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", "pipeline_id"],
        ["pipelines.organization_id", "pipelines.id"],
        name=op.f(f"fk_{table}_organization_id_pipeline_id_pipelines"),
    )


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", "run_id"],
        ["pipeline_runs.organization_id", "pipeline_runs.id"],
        name=op.f(f"fk_{table}_organization_id_run_id_pipeline_runs"),
    )
