"""Sums of what is counted of bookings."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0067"
down_revision = "0066"

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
TABLES = {"booking_quarters": ("quarter", 1), "booking_hours": ("hour", 4)}


def upgrade() -> None:
    for table, (number, quarters) in TABLES.items():
        op.create_table(
            table,
            sa.Column("organization_id", sa.Uuid(), nullable=False),
            sa.Column("axis", sa.String(8), nullable=False),
            sa.Column(number, sa.Integer(), nullable=False, autoincrement=False),
            sa.Column("kind", sa.String(32), nullable=False),
            sa.Column("currency", sa.String(3), nullable=False),
            *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*COUNTED, *ADDED_UP)),
            sa.CheckConstraint("axis IN ('booked', 'starts')", name=op.f(f"ck_{table}_axis")),
            sa.PrimaryKeyConstraint(
                "organization_id", "axis", number, "kind", "currency", name=op.f(f"pk_{table}")
            ),
        )
        for axis in ("booked", "starts"):
            _sum_up_moments(table, number, axis, quarters)
    op.create_table(
        "sold_days",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("sold", "pending", "people", "worth_minor")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "day", "resource_id", "currency", name=op.f("pk_sold_days")
        ),
    )
    _sum_up_days()
    build(op.get_bind())


def _sum_up_moments(table: str, number: str, axis: str, quarters: int) -> None:
    counts = [f"COUNT(CASE WHEN {which} THEN 1 END)" for which in COUNTED.values()]
    sums = [f"COALESCE(SUM(CASE WHEN {STANDING} THEN {name} END), 0)" for name in ADDED_UP]
    names = ", ".join((*COUNTED, *ADDED_UP))
    of = f"{axis}_quarter / {quarters}"
    op.execute(
        f"INSERT INTO {table} (organization_id, axis, {number}, kind, currency, {names}) "  # noqa: S608
        f"SELECT organization_id, '{axis}', {of}, kind, currency, {', '.join((*counts, *sums))} "
        f"FROM booking_facts GROUP BY organization_id, {of}, kind, currency"
    )


def _sum_up_days() -> None:
    sold = [
        f"COALESCE(SUM(CASE WHEN {STANDING} THEN {name} END), 0)"
        for name in ("units", "people", "worth_minor")
    ]
    op.execute(
        "INSERT INTO sold_days (organization_id, day, resource_id, currency, sold, people, "  # noqa: S608
        "worth_minor, pending) "
        f"SELECT organization_id, day, resource_id, currency, {', '.join(sold)}, "
        "COALESCE(SUM(CASE WHEN state = 'held' THEN units END), 0) "
        "FROM booking_days GROUP BY organization_id, day, resource_id, currency"
    )


def downgrade() -> None:
    op.drop_table("sold_days")
    op.drop_table("booking_hours")
    op.drop_table("booking_quarters")
