"""Sites and crawls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0038"
down_revision = "0037"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNDER_WAY = sa.text("ended_at IS NULL")
WAITING = sa.text("state = 'waiting'")
KEPT = sa.text("content_hash IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("reading", Document, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("release", sa.String(50)),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_sites"),
    )
    op.create_table(
        "crawls",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kept_before", sa.Integer(), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("reason", sa.String(40)),
        sa.CheckConstraint(
            "(state IN ('done', 'cancelled')) = (ended_at IS NOT NULL)", name="ck_crawls_ended"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "site_id"],
            ["sites.organization_id", "sites.id"],
            name="fk_crawls_organization_id_site_id_sites",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_crawls"),
    )
    op.create_index(
        "uq_crawls_under_way",
        "crawls",
        ["organization_id", "site_id"],
        unique=True,
        postgresql_where=UNDER_WAY,
        sqlite_where=UNDER_WAY,
    )
    op.create_index("ix_crawls_by_site", "crawls", ["organization_id", "site_id", "id"])
    op.create_table(
        "crawl_urls",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(260), nullable=False),
        sa.Column("crawl_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("lease", sa.Uuid()),
        sa.Column("status", sa.Integer()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(200)),
        sa.Column("last_modified", sa.String(100)),
        sa.Column("content_hash", sa.String(64)),
        sa.Column("fetched_at", Moment),
        sa.CheckConstraint("lease IS NULL OR state = 'waiting'", name="ck_crawl_urls_lease"),
        sa.ForeignKeyConstraint(
            ["organization_id", "site_id"],
            ["sites.organization_id", "sites.id"],
            name="fk_crawl_urls_organization_id_site_id_sites",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "crawl_id"],
            ["crawls.organization_id", "crawls.id"],
            name="fk_crawl_urls_organization_id_crawl_id_crawls",
        ),
        sa.PrimaryKeyConstraint("organization_id", "site_id", "key", name="pk_crawl_urls"),
    )
    op.create_index(
        "ix_crawl_urls_waiting",
        "crawl_urls",
        ["organization_id", "crawl_id", "host", "due_at"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    op.create_index(
        "ix_crawl_urls_by_state", "crawl_urls", ["organization_id", "crawl_id", "state", "key"]
    )
    op.create_index(
        "ix_crawl_urls_kept",
        "crawl_urls",
        ["organization_id", "site_id"],
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    )
    op.create_table(
        "crawl_hosts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(260), nullable=False),
        sa.Column("robots", sa.Text()),
        sa.Column("robots_at", Moment),
        sa.Column("delay", sa.Float()),
        sa.Column("next_at", Moment),
        sa.ForeignKeyConstraint(
            ["organization_id", "site_id"],
            ["sites.organization_id", "sites.id"],
            name="fk_crawl_hosts_organization_id_site_id_sites",
        ),
        sa.PrimaryKeyConstraint("organization_id", "site_id", "host", name="pk_crawl_hosts"),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("crawl_hosts")
    op.drop_table("crawl_urls")
    op.drop_table("crawls")
    op.drop_table("sites")
