"""Who came."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marks", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_attendance"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["resources.organization_id", "resources.id"],
            name="fk_attendance_organization_id_id_resources",
        ),
    )


def downgrade() -> None:
    op.drop_table("attendance")
