"""What of documentation is quoted in calls, as it was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from adapters.migrations.wall import build

revision = "0044"
down_revision = "0043"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "quoted_passages",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("anchor", sa.String(1000), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("headings", Document, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("left_at", Moment),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_quoted_passages"),
    )
    op.create_table(
        "quotations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(40)),
        sa.Column("fetched_at", Moment, nullable=False),
        sa.Column("quoted_by", sa.Uuid(), nullable=False),
        sa.Column("quoted_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_quotations"),
        sa.ForeignKeyConstraint(
            ["organization_id", "call_id"],
            ["calls.organization_id", "calls.id"],
            name="fk_quotations_organization_id_call_id_calls",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "passage_id"],
            ["quoted_passages.organization_id", "quoted_passages.id"],
            name="fk_quotations_organization_id_passage_id_quoted_passages",
        ),
    )
    for columns in (("call_id", "quoted_at", "id"), ("passage_id",)):
        keys = ["organization_id", *columns]
        op.create_index(f"ix_quotations_{'_'.join(keys)}", "quotations", keys)
    build(op.get_bind())


def downgrade() -> None:
    for table in ("quotations", "quoted_passages"):
        op.drop_table(table)
