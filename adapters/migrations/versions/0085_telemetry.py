"""What programs of an organization measure, log and trace."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0085"
down_revision = "0084"

TRACED = sa.text("trace_id IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
INDEXES = {
    "ix_measurements_by_name": ("measurements", "name", "at", "id"),
    "ix_measurements_by_age": ("measurements", "at"),
    "ix_log_lines_by_age": ("log_lines", "at", "id"),
    "ix_log_lines_by_source": ("log_lines", "source", "at", "id"),
    "ix_spans_by_age": ("spans", "begins_at"),
}


def upgrade() -> None:
    op.create_table(
        "measurements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("labels", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_measurements")),
    )
    op.create_table(
        "log_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("message", sa.String(4000), nullable=False),
        sa.Column("trace_id", sa.String(32)),
        sa.Column("labels", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_log_lines")),
    )
    op.create_table(
        "spans",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("span_id", sa.String(16), nullable=False),
        sa.Column("parent_id", sa.String(16)),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("labels", DOCUMENT, nullable=False),
        sa.CheckConstraint("begins_at <= ends_at", name=op.f("ck_spans_order")),
        sa.PrimaryKeyConstraint("organization_id", "trace_id", "span_id", name=op.f("pk_spans")),
    )
    for name, (table, *columns) in INDEXES.items():
        op.create_index(name, table, ["organization_id", *columns])
    op.create_index(
        "ix_log_lines_of_traces",
        "log_lines",
        ["organization_id", "trace_id", "at", "id"],
        postgresql_where=TRACED,
        sqlite_where=TRACED,
    )
    build(op.get_bind())


def downgrade() -> None:
    for table in ("spans", "log_lines", "measurements"):
        op.drop_table(table)
