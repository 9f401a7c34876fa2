"""Imports and how far they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

Document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_imports"),
        sa.CheckConstraint(
            "target IN ('offerings', 'pools', 'past_bookings')", name="ck_imports_target"
        ),
        sa.CheckConstraint("state IN ('running', 'completed')", name="ck_imports_state"),
        sa.CheckConstraint(
            "taken >= 0 AND refused >= 0 AND taken + refused <= rows", name="ck_imports_counts"
        ),
    )
    op.create_table(
        "import_chunks",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("rows", Document, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "import_id", "chunk", name="pk_import_chunks"),
        _of_import("import_chunks"),
    )
    op.create_table(
        "import_refusals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "import_id", "line", name="pk_import_refusals"),
        _of_import("import_refusals"),
    )


def downgrade() -> None:
    op.drop_table("import_refusals")
    op.drop_table("import_chunks")
    op.drop_table("imports")


def _of_import(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", "import_id"],
        ["imports.organization_id", "imports.id"],
        name=f"fk_{table}_organization_id_import_id_imports",
    )
