"""Table of gift credit. The code of a credit is nowhere: `digest` finds it."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, metadata

gift_credits = Table(
    "gift_credits",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("details", Document, nullable=False),
    Column("lapsed_minor", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("0 <= balance_minor AND balance_minor <= amount_minor", "balance"),
    UniqueConstraint("organization_id", "digest"),
    Index(None, "organization_id", "issued_at", "id"),
    Index(
        "ix_gift_credits_left",
        "organization_id",
        "expires_at",
        postgresql_where=text("balance_minor > 0"),
        sqlite_where=text("balance_minor > 0"),
    ),
)
