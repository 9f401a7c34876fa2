"""Tables of channels: what our feeds have said, and what was booked elsewhere."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.inventory import resources
from adapters.schema.metadata import Document, Moment, metadata

DUE = text("next_sync_at IS NOT NULL")
# Local dates of what is sold by the day, moments of what takes place once.
SPAN = "(first IS NULL) = (until IS NULL) AND (first IS NULL) <> (starts_at IS NULL)"

channels = Table(
    "channels",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("part", String(32)),
    Column("name", String(100), nullable=False),
    Column("units", Integer, CheckConstraint("units > 0", "units"), nullable=False),
    Column("link", String(64), nullable=False),
    Column("feed", String(2000)),
    Column("every_minutes", Integer, nullable=False),
    Column("vanish_percent", Integer, nullable=False),
    Column("vanish_floor", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_sync_at", Moment),
    Column("sync_id", Uuid),
    Column("known", Document, nullable=False),
    Column("synced_at", Moment),
    Column("failed", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
    CheckConstraint("state IN ('active', 'paused', 'archived')", "state"),
    CheckConstraint(
        "next_sync_at IS NULL OR (state = 'active' AND feed IS NOT NULL)", "next_sync_at"
    ),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "resource_id", "id"),
    Index(
        "ix_channels_due",
        "organization_id",
        "next_sync_at",
        postgresql_where=DUE,
        sqlite_where=DUE,
    ),
)

channel_busy_times = Table(
    "channel_busy_times",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("channel_id", Uuid, nullable=False),
    Column("first", Date),
    Column("until", Date),
    Column("starts_at", Moment),
    Column("ends_at", Moment),
    Column("sequence", Integer, nullable=False),
    Column("modified_at", Moment, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    CheckConstraint(SPAN, "span"),
    ForeignKeyConstraint(
        ["organization_id", "channel_id"],
        [channels.c.organization_id, channels.c.id],
        name="fk_channel_busy_times_channel_channels",
    ),
    Index("ix_channel_busy_times_of_channel", "organization_id", "channel_id", "id"),
)

# What one has stands in `claims`, under its id.
foreign_bookings = Table(
    "foreign_bookings",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("channel_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("uid", String(500), nullable=False),
    Column("recurrence_id", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("first", Date),
    Column("until", Date),
    Column("starts_at", Moment),
    Column("ends_at", Moment),
    Column("claims", Document, nullable=False),
    Column("short", Document, nullable=False),
    Column("is_short", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    CheckConstraint("state IN ('live', 'cancelled')", "state"),
    CheckConstraint(SPAN, "span"),
    UniqueConstraint(
        "organization_id",
        "channel_id",
        "uid",
        "recurrence_id",
        name="uq_foreign_bookings_event",
    ),
    ForeignKeyConstraint(
        ["organization_id", "channel_id"],
        [channels.c.organization_id, channels.c.id],
        name="fk_foreign_bookings_channel_channels",
    ),
    Index("ix_foreign_bookings_of_channel", "organization_id", "channel_id", "id"),
)

channel_syncs = Table(
    "channel_syncs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("channel_id", Uuid, nullable=False),
    Column("at", Moment, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("reason", String(100)),
    Column("counts", Document, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "channel_id"],
        [channels.c.organization_id, channels.c.id],
        name="fk_channel_syncs_channel_channels",
    ),
    Index("ix_channel_syncs_of_channel", "organization_id", "channel_id", "id"),
)
