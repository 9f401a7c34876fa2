"""Tables of the people of an organization."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.identity import organizations
from adapters.schema.metadata import Moment, metadata

# A member without a password has been invited and has not come yet.
members = Table(
    "members",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("email", String(254), nullable=False),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("password_hash", String(255)),
    Column("created_at", Moment, nullable=False),
    Column("verified_at", Moment),
    CheckConstraint("role IN ('owner', 'admin', 'manager', 'agent', 'viewer')", "role"),
    CheckConstraint("state IN ('invited', 'active', 'deactivated')", "state"),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
    UniqueConstraint("organization_id", "email"),
    Index(None, "organization_id", "name", "id"),
)

# How many active owners an organization has: counted, so that two who leave at the same time do
# not both find the other one still there.
ownership = Table(
    "ownership",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("owners", Integer, CheckConstraint("owners > 0", "owners"), nullable=False),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
)
