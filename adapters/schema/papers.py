"""Tables of paperwork."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
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

papers = Table(
    "papers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("booking_id", Uuid, nullable=False),
    Column("resource_id", Uuid, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("number", String(40), nullable=False),
    # Only of what has a place in a series without gaps.
    Column("series", String(8)),
    Column("year", Integer),
    Column("place", Integer),
    Column("corrects", Uuid),
    Column("issued_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("total_minor", BigInteger),
    Column("currency", String(3)),
    Column("content", Document, nullable=False),
    Column("withdrawn", Document),
    Column("reissues", Document, nullable=False),
    Column("fees_minor", BigInteger, nullable=False, server_default="0"),  # of issuing it again
    CheckConstraint(
        "kind IN ('voucher', 'invoice', 'credit_note', 'receipt', 'certificate')", "kind"
    ),
    CheckConstraint(
        "(series IS NULL) = (year IS NULL) AND (series IS NULL) = (place IS NULL)", "numbered"
    ),
    UniqueConstraint("organization_id", "number"),
    UniqueConstraint("organization_id", "series", "year", "place"),
    UniqueConstraint("organization_id", "booking_id", "kind", "ordinal"),
    Index(None, "organization_id", "resource_id"),
    Index(None, "organization_id", "corrects"),
    Index(None, "organization_id", "issued_at", "id"),
)

# What an invoice for several bookings asks for each of them.
joint_shares = Table(
    "joint_shares",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the paper
    Column("booking_id", Uuid, primary_key=True),
    Column("total_minor", BigInteger, nullable=False),
    CheckConstraint("total_minor > 0", "total"),
    ForeignKeyConstraint(["organization_id", "id"], [papers.c.organization_id, papers.c.id]),
    Index(None, "organization_id", "booking_id"),
)

# Printed once and kept as it was. `sealed` says that it opens with the key of its booking only.
paper_files = Table(
    "paper_files",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),  # that of the paper
    Column("sha256", String(64), nullable=False),
    Column("standard", String(16), nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["organization_id", "id"], [papers.c.organization_id, papers.c.id]),
)

# The last place that was given. Its row is locked from then on until the paper is there or is not.
paper_series = Table(
    "paper_series",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("series", String(8), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("last >= 1", "last"),
)

# Whose a certificate is: all that is looked into before it is known whose it is.
certificate_numbers = Table(
    "certificate_numbers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("number", String(40), primary_key=True),
    Column("id", Uuid, nullable=False),  # that of the paper
    Index(None, "number"),
)
