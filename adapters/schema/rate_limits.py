"""The table of what has been asked lately, by whom it is counted."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Uuid

from adapters.schema.metadata import metadata

# Buckets that belong to no organization, such as those of addresses, have one that is reserved.
# Until `full_at`, in microseconds since 1970, something is missing from the bucket.
rate_limits = Table(
    "rate_limits",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("bucket", String(120), primary_key=True),
    Column("full_at", BigInteger, nullable=False),
    Column("granted", Integer, nullable=False),  # of the last ask
    Index(None, "organization_id", "full_at"),
)
