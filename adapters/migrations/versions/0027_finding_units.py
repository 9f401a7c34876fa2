"""Resources are found whose words are of any way before today's."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

BEFORE_THE_FIRST = sa.text("found_by < 1")


def upgrade() -> None:
    op.drop_index("ix_resources_unfindable", "resources")
    op.create_index(
        "ix_resources_organization_id_found_by_id",
        "resources",
        ["organization_id", "found_by", "id"],
    )


def downgrade() -> None:
    op.drop_index("ix_resources_organization_id_found_by_id", "resources")
    op.create_index(
        "ix_resources_unfindable",
        "resources",
        ["organization_id", "id"],
        postgresql_where=BEFORE_THE_FIRST,
        sqlite_where=BEFORE_THE_FIRST,
    )
