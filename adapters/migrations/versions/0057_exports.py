"""Reports made into files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from adapters.migrations.wall import build

revision = "0057"
down_revision = "0056"

Moment = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(40), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("after", Document),
        sa.Column("all_read", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.String(64)),
        sa.Column("ordered", Document, nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'completed', 'failed', 'cancelled')", name="ck_exports_state"
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (state = 'running')", name="ck_exports_ended"),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_exports"),
    )
    op.create_index(
        "ix_exports_organization_id_requested_by_id",
        "exports",
        ["organization_id", "requested_by", "id"],
    )
    op.create_index(
        "ix_exports_organization_id_expires_at", "exports", ["organization_id", "expires_at"]
    )
    op.create_table(
        "export_parts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "export_id", "waiting", "number", name="pk_export_parts"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "export_id"],
            ["exports.organization_id", "exports.id"],
            name="fk_export_parts_organization_id_export_id_exports",
        ),
    )
    build(op.get_bind())


def downgrade() -> None:
    op.drop_table("export_parts")
    op.drop_table("exports")
