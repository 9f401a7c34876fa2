"""Tables of what goes over sockets: who may open one, who means to book, what was said last."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from adapters.schema.identity import api_keys
from adapters.schema.inventory import pools, resources
from adapters.schema.metadata import Moment, metadata

# Whoever deletes the row has redeemed the ticket.
tickets = Table(
    "tickets",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("api_key_id", Uuid, nullable=False),
    Column("expires_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "api_key_id"], [api_keys.c.organization_id, api_keys.c.id]
    ),
    Index(None, "organization_id", "expires_at"),
)

# The same for members: theirs are as good as the session they were asked for in.
member_tickets = Table(
    "member_tickets",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "organization_id", "expires_at"),
)

# Somebody means to book; nothing is taken by it.
intents = Table(
    "intents",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("resource_id", Uuid, nullable=False),
    Column("stock_id", Uuid, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("units", Integer, CheckConstraint("units > 0", "units"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "resource_id"], [resources.c.organization_id, resources.c.id]
    ),
    Index(None, "organization_id", "stock_id"),
    Index(None, "organization_id", "expires_at"),
)

# How full a pool was when that was last told, so that each crossing is told once.
levels = Table(
    "levels",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("pool_id", String(64), primary_key=True),
    Column("level", String(8), nullable=False),
    CheckConstraint("level IN ('plenty', 'low', 'full')", "level"),
    ForeignKeyConstraint(["organization_id", "pool_id"], [pools.c.organization_id, pools.c.id]),
)
