"""Tables of the identity feature."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.metadata import Document, Moment, metadata

# The one table that is not keyed by organization and something: here they begin.
organizations = Table(
    "organizations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("slug", String(63), nullable=False),
    Column("name", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(16), nullable=False, server_default="active"),
    Column("tier", String(16), nullable=False, server_default="enterprise"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("wanted_slug", String(63)),
    Column("metadata", Document),
    UniqueConstraint("slug"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("hint", String(16), nullable=False),  # the first characters, to tell keys apart
    Column("digest", LargeBinary(32), nullable=False),
    Column("scopes", Document, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    # The secret before the last one, while it may still be used.
    Column("former_digest", LargeBinary(32)),
    Column("former_until", Moment),
    Column("last_used_at", Moment),
    Column("version", Integer, nullable=False, server_default="1"),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
    # Keys are looked up before it is known whose they are.
    Index(None, "digest"),
    Index(None, "former_digest"),
)

# Goes up with everything that takes somebody's access away, or changes what they may do.
access_versions = Table(
    "access_versions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
)
