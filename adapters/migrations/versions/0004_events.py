"""The event log, its heads, its readers and what they gave up on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    if op.get_context().dialect.supports_sequences:
        op.execute("CREATE SEQUENCE event_log_arrivals")
    op.create_table(
        "event_log",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrival", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger()),
        sa.Column("link", sa.LargeBinary(32)),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("payload", Document, nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_event_log"),
        sa.UniqueConstraint(
            "organization_id", "position", name="uq_event_log_organization_id_position"
        ),
    )
    op.create_index(
        "ix_event_log_organization_id_subject", "event_log", ["organization_id", "subject"]
    )
    waiting = sa.text("position IS NULL")
    op.create_index(
        "ix_event_log_waiting",
        "event_log",
        ["organization_id", "arrival"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    op.create_table(
        "event_heads",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_event_heads"),
    )
    op.create_table(
        "receipts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber", sa.String(64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", Moment),
        sa.PrimaryKeyConstraint("organization_id", "subscriber", name="pk_receipts"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber", sa.String(64), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("failed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "subscriber", "event_id", name="pk_dead_letters"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "event_id"],
            ["event_log.organization_id", "event_log.id"],
            name="fk_dead_letters_organization_id_event_id_event_log",
        ),
    )


def downgrade() -> None:
    op.drop_table("dead_letters")
    op.drop_table("receipts")
    op.drop_table("event_heads")
    op.drop_table("event_log")
    if op.get_context().dialect.supports_sequences:
        op.execute("DROP SEQUENCE event_log_arrivals")
