"""Where else something is sold, and what was booked there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0066"
down_revision = "0065"

DUE = sa.text("next_sync_at IS NOT NULL")
SPAN = "(first IS NULL) = (until IS NULL) AND (first IS NULL) <> (starts_at IS NULL)"


def upgrade() -> None:
    document = sa.JSON().with_variant(JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "channels",
        sa.Column("organization_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("resource_id", sa.Uuid, nullable=False),
        sa.Column("part", sa.String(32)),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("feed", sa.String(2000)),
        sa.Column("every_minutes", sa.Integer, nullable=False),
        sa.Column("vanish_percent", sa.Integer, nullable=False),
        sa.Column("vanish_floor", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_sync_at", moment),
        sa.Column("sync_id", sa.Uuid),
        sa.Column("known", document, nullable=False),
        sa.Column("synced_at", moment),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("vanished", sa.Integer, nullable=False),
        sa.CheckConstraint("units > 0", op.f("ck_channels_units")),
        sa.CheckConstraint("state IN ('active', 'paused', 'archived')", op.f("ck_channels_state")),
        sa.CheckConstraint(
            "next_sync_at IS NULL OR (state = 'active' AND feed IS NOT NULL)",
            op.f("ck_channels_next_sync_at"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_channels")),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name=op.f("fk_channels_organization_id_resource_id_resources"),
        ),
    )
    op.create_index(
        op.f("ix_channels_organization_id_resource_id_id"),
        "channels",
        ["organization_id", "resource_id", "id"],
    )
    op.create_index(
        "ix_channels_due",
        "channels",
        ["organization_id", "next_sync_at"],
        postgresql_where=DUE,
        sqlite_where=DUE,
    )
    _of_a_channel(
        "channel_busy_times",
        "fk_channel_busy_times_channel_channels",
        *_span(moment),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("modified_at", moment, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.CheckConstraint(SPAN, op.f("ck_channel_busy_times_span")),
    )
    _of_a_channel(
        "foreign_bookings",
        "fk_foreign_bookings_channel_channels",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("resource_id", sa.Uuid, nullable=False),
        sa.Column("uid", sa.String(500), nullable=False),
        sa.Column("recurrence_id", sa.String(40), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        *_span(moment),
        sa.Column("claims", document, nullable=False),
        sa.Column("short", document, nullable=False),
        sa.Column("is_short", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.CheckConstraint("state IN ('live', 'cancelled')", op.f("ck_foreign_bookings_state")),
        sa.CheckConstraint(SPAN, op.f("ck_foreign_bookings_span")),
        sa.UniqueConstraint(
            "organization_id",
            "channel_id",
            "uid",
            "recurrence_id",
            name=op.f("uq_foreign_bookings_event"),
        ),
    )
    _of_a_channel(
        "channel_syncs",
        "fk_channel_syncs_channel_channels",
        sa.Column("at", moment, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(100)),
        sa.Column("counts", document, nullable=False),
    )
    build(op.get_bind())


def _of_a_channel(table: str, foreign_key: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("organization_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("channel_id", sa.Uuid, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channels.organization_id", "channels.id"],
            name=op.f(foreign_key),
        ),
    )
    op.create_index(f"ix_{table}_of_channel", table, ["organization_id", "channel_id", "id"])


def _span(moment: sa.DateTime) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("first", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("starts_at", moment),
        sa.Column("ends_at", moment),
    )


def downgrade() -> None:
    op.drop_table("channel_syncs")
    op.drop_table("foreign_bookings")
    op.drop_table("channel_busy_times")
    op.drop_table("channels")
