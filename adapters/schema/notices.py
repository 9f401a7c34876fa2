"""Tables of what members are told of in the program."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, String, Table, Uuid

from adapters.schema.metadata import Moment, metadata
from adapters.schema.people import members

# What it is about is read there, by whoever may: nothing of it stands here.
notices = Table(
    "notices",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("about", Uuid, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("read_at", Moment),
    ForeignKeyConstraint(
        ["organization_id", "member_id"], [members.c.organization_id, members.c.id]
    ),
    Index(None, "organization_id", "member_id", "given_at", "id"),
    Index(None, "organization_id", "member_id", "read_at"),
    Index(None, "organization_id", "given_at"),
)

# Members are told of every kind but these.
unwanted_notices = Table(
    "unwanted_notices",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("kind", String(32), primary_key=True),
    ForeignKeyConstraint(
        ["organization_id", "member_id"], [members.c.organization_id, members.c.id]
    ),
)
