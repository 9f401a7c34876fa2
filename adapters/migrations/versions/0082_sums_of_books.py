"""What the books of days that are over come to. A worker sums up what is there already."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0082"
down_revision = "0081"

ALIKE = {"kind": 32, "currency": 3, "cause": 24, "debit": 16, "credit": 16}


def upgrade() -> None:
    _create_sums("moved_quarters", "quarter")
    _create_sums("moved_hours", "hour")
    _create_sums("moved_days", "day", sa.Column("resource_id", sa.Uuid(), nullable=False))
    op.create_table(
        "books_summed_up",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_books_summed_up")),
    )
    build(op.get_bind())


def _create_sums(table: str, number: str, *of: sa.Column[object]) -> None:
    key = ("organization_id", number, *(column.name for column in of), *ALIKE)
    op.create_table(
        table,
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(number, sa.Integer(), nullable=False, autoincrement=False),
        *of,
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in ALIKE.items()),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in ("books_summed_up", "moved_days", "moved_hours", "moved_quarters"):
        op.drop_table(table)
