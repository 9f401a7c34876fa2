"""Pages of documentation, and what they are found by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0039"
down_revision = "0038"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "libraries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("numbered", sa.Integer(), nullable=False),
        sa.Column("shelved", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.CheckConstraint("passages >= 0", name="ck_libraries_passages"),
        sa.CheckConstraint("shelved <= numbered", name="ck_libraries_shelved"),
        sa.PrimaryKeyConstraint("organization_id", name="pk_libraries"),
    )
    op.create_table(
        "pages",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("title", sa.String(1000), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("edition", sa.String(40)),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("fetched_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_pages"),
        sa.UniqueConstraint(
            "organization_id", "site_id", "url", name="uq_pages_organization_id_site_id_url"
        ),
    )
    op.create_index("ix_pages_organization_id_url_id", "pages", ["organization_id", "url", "id"])
    op.create_table(
        "passages",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("anchor", sa.String(1000), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headings", Document, nullable=False),
        sa.Column("symbols", Document, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "page_id"],
            ["pages.organization_id", "pages.id"],
            name="fk_passages_organization_id_page_id_pages",
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_passages"),
        sa.UniqueConstraint(
            "organization_id", "number", name="uq_passages_organization_id_number"
        ),
    )
    op.create_index(
        "ix_passages_organization_id_page_id_position",
        "passages",
        ["organization_id", "page_id", "position"],
    )
    op.create_table(
        "fresh_words",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "number", name="pk_fresh_words"),
    )
    op.create_table(
        "shelves",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("gone", sa.LargeBinary(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "last", name="pk_shelves"),
    )
    op.create_table(
        "postings",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.String(80), nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("holding", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "term", "shelf", name="pk_postings"),
    )
    build(op.get_bind())


def downgrade() -> None:
    for table in ("postings", "shelves", "fresh_words", "passages", "pages", "libraries"):
        op.drop_table(table)
