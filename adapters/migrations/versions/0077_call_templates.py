"""Call templates."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0077"
down_revision = "0076"

KEPT = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "call_templates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("greeting", sa.String(1000), nullable=False),
        sa.Column("instructions", sa.String(4000), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_call_templates"),
    )
    op.create_index(
        "uq_call_templates_label",
        "call_templates",
        ["organization_id", "label"],
        unique=True,
        postgresql_where=KEPT,
        sqlite_where=KEPT,
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("call_templates")
