"""What resources are found by.

What is stored already is found once it is saved again.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
Word = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")

OF_RESOURCE = "ix_pools_organization_id_resource_id_day"
BY_START = "ix_resources_organization_id_starts_at_id"


def upgrade() -> None:
    for column in (
        sa.Column("description", sa.String(4000), nullable=False, server_default=sa.text("''")),
        sa.Column("category", sa.String(100)),
        sa.Column("keywords", Document, nullable=False, server_default="[]"),
        sa.Column("low_at", sa.Integer()),
        sa.Column("starts_at", Moment),
        sa.Column("ends_at", Moment),
    ):
        op.add_column("resources", column)
    op.create_index(OF_RESOURCE, "pools", ["organization_id", "resource_id", "day"])
    op.create_index(BY_START, "resources", ["organization_id", "starts_at", "id"])
    _create(
        "resource_facets",
        sa.Column("facet", sa.String(32), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
    )
    _create("resource_words", sa.Column("word", Word, nullable=False))


def downgrade() -> None:
    op.drop_table("resource_words")
    op.drop_table("resource_facets")
    op.drop_index(BY_START, "resources")
    op.drop_index(OF_RESOURCE, "pools")
    for column in ("ends_at", "starts_at", "low_at", "keywords", "category", "description"):
        op.drop_column("resources", column)


def _create(table: str, *found_by: sa.Column[str]) -> None:
    names = [column.name for column in found_by]
    op.create_table(
        table,
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *found_by,
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", *names, "resource_id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["organization_id", "resource_id"],
            ["resources.organization_id", "resources.id"],
            name=f"fk_{table}_organization_id_resource_id_resources",
        ),
    )
    op.create_index(
        f"ix_{table}_organization_id_resource_id", table, ["organization_id", "resource_id"]
    )
