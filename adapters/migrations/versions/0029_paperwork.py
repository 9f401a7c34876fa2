"""Papers, their files, and numbers without gaps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0029"
down_revision = "0028"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

TABLES = ("papers", "paper_files", "paper_series", "certificate_numbers")


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("series", sa.String(8)),
        sa.Column("year", sa.Integer()),
        sa.Column("place", sa.Integer()),
        sa.Column("corrects", sa.Uuid()),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("sent_at", Moment),
        sa.Column("total_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(3)),
        sa.Column("content", Document, nullable=False),
        sa.Column("withdrawn", Document),
        sa.Column("reissues", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_papers"),
        sa.CheckConstraint(
            "kind IN ('voucher', 'invoice', 'credit_note', 'receipt', 'certificate')",
            name="ck_papers_kind",
        ),
        sa.CheckConstraint(
            "(series IS NULL) = (year IS NULL) AND (series IS NULL) = (place IS NULL)",
            name="ck_papers_numbered",
        ),
        _unique("number"),
        _unique("series", "year", "place"),
        _unique("booking_id", "kind", "ordinal"),
        _index("resource_id"),
        _index("corrects"),
        _index("issued_at", "id"),
    )
    op.create_table(
        "paper_files",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("standard", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_paper_files"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["papers.organization_id", "papers.id"],
            name="fk_paper_files_organization_id_id_papers",
        ),
    )
    op.create_table(
        "paper_series",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "series", "year", name="pk_paper_series"),
        sa.CheckConstraint("last >= 1", name="ck_paper_series_last"),
    )
    op.create_table(
        "certificate_numbers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "number", name="pk_certificate_numbers"),
        sa.Index("ix_certificate_numbers_number", "number"),
    )
    build(op.get_bind())


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _unique(*columns: str) -> sa.UniqueConstraint:
    name = "_".join(("uq_papers_organization_id", *columns))
    return sa.UniqueConstraint("organization_id", *columns, name=name)


def _index(*columns: str) -> sa.Index:
    name = "_".join(("ix_papers_organization_id", *columns))
    return sa.Index(name, "organization_id", *columns)
