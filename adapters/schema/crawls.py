"""Tables of sites and crawls."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from adapters.schema.metadata import Document, Moment, Perhaps, metadata

UNDER_WAY = text("ended_at IS NULL")
WAITING = text("state = 'waiting'")
KEPT = text("content_hash IS NOT NULL")
SCHEDULED = text("next_read_at IS NOT NULL")

sites = Table(
    "sites",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reading", Document, nullable=False),
    Column("language", String(35)),
    Column("release", String(50)),
    Column("deleted_at", Moment),
    Column("schedule", Perhaps),
    Column("next_read_at", Moment),
    Index(
        "ix_sites_scheduled",
        "organization_id",
        "next_read_at",
        postgresql_where=SCHEDULED,
        sqlite_where=SCHEDULED,
    ),
)

crawls = Table(
    "crawls",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("site_id", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("kept_before", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("reason", String(40)),
    Column("passages_before", Integer),
    CheckConstraint("(state IN ('done', 'cancelled')) = (ended_at IS NOT NULL)", "ended"),
    ForeignKeyConstraint(["organization_id", "site_id"], [sites.c.organization_id, sites.c.id]),
    Index(
        "uq_crawls_under_way",
        "organization_id",
        "site_id",
        unique=True,
        postgresql_where=UNDER_WAY,
        sqlite_where=UNDER_WAY,
    ),
    Index("ix_crawls_by_site", "organization_id", "site_id", "id"),
)

# One row an address, for as long as the site is there; it is about the crawl it names.
crawl_urls = Table(
    "crawl_urls",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("site_id", Uuid, primary_key=True),
    Column("key", String(64), primary_key=True),  # of its normal form, which may be long
    Column("url", Text, nullable=False),
    Column("host", String(260), nullable=False),
    Column("crawl_id", Uuid, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(40)),
    Column("depth", Integer, nullable=False),
    Column("hops", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lease", Uuid),
    Column("status", Integer),
    Column("size", Integer, nullable=False),
    Column("etag", String(200)),
    Column("last_modified", String(100)),
    Column("content_hash", String(64)),
    Column("fetched_at", Moment),
    Column("seed", Boolean),
    CheckConstraint("lease IS NULL OR state = 'waiting'", "lease"),
    ForeignKeyConstraint(["organization_id", "site_id"], [sites.c.organization_id, sites.c.id]),
    ForeignKeyConstraint(["organization_id", "crawl_id"], [crawls.c.organization_id, crawls.c.id]),
    # A leased one is due again when its lease runs out.
    Index(
        "ix_crawl_urls_waiting",
        "organization_id",
        "crawl_id",
        "host",
        "due_at",
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    ),
    Index("ix_crawl_urls_by_state", "organization_id", "crawl_id", "state", "key"),
    Index(
        "ix_crawl_urls_kept",
        "organization_id",
        "site_id",
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    ),
)

crawl_hosts = Table(
    "crawl_hosts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("site_id", Uuid, primary_key=True),
    Column("host", String(260), primary_key=True),
    Column("robots", Text),
    Column("robots_at", Moment),
    Column("delay", Float),
    Column("next_at", Moment),
    ForeignKeyConstraint(["organization_id", "site_id"], [sites.c.organization_id, sites.c.id]),
)
