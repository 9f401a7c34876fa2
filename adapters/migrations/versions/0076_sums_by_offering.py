"""Sums of what is counted of bookings by offering and day."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0076"
down_revision = "0075"

STANDING = "state IN ('confirmed', 'in_progress', 'completed', 'no_show')"
ATTENDED = "state IN ('in_progress', 'completed')"
PAID = "confirmed_at IS NOT NULL AND paid_at IS NOT NULL"
COUNTED = {
    "bookings": "1 = 1",
    "pending": "state = 'held'",
    "let_go": "state IN ('released', 'expired', 'declined')",
    "confirmed": "confirmed_at IS NOT NULL",
    "standing": STANDING,
    "cancelled": "state = 'cancelled'",
    "cancelled_by_company": "state = 'cancelled' AND by_company",
    "no_shows": "state = 'no_show'",
    "attended": ATTENDED,
    "paid": PAID,
    "paid_and_attended": f"{PAID} AND {ATTENDED}",
}
ADDED_UP = ("people", "units", "lead_days", "total_minor", "worth_minor")
KEY = ("organization_id", "axis", "day", "kind", "currency", "resource_id")
QUARTERS_OF_A_DAY = 96


def upgrade() -> None:
    op.create_table(
        "offered_days",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(8), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*COUNTED, *ADDED_UP)),
        sa.CheckConstraint("axis IN ('booked', 'starts')", name=op.f("ck_offered_days_axis")),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_offered_days")),
    )
    for axis in ("booked", "starts"):
        _sum_up(axis)
    build(op.get_bind())


def _sum_up(axis: str) -> None:
    counts = [f"COUNT(CASE WHEN {which} THEN 1 END)" for which in COUNTED.values()]
    sums = [f"COALESCE(SUM(CASE WHEN {STANDING} THEN {name} END), 0)" for name in ADDED_UP]
    names = ", ".join((*KEY, *COUNTED, *ADDED_UP))
    day = f"{axis}_quarter / {QUARTERS_OF_A_DAY}"
    op.execute(
        f"INSERT INTO offered_days ({names}) "  # noqa: S608
        f"SELECT organization_id, '{axis}', {day}, kind, currency, resource_id, "
        f"{', '.join((*counts, *sums))} "
        f"FROM booking_facts GROUP BY organization_id, {day}, kind, currency, resource_id"
    )


def downgrade() -> None:
    op.drop_table("offered_days")
