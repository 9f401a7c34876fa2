"""Indexes by which what is counted of one offering is found."""

from alembic import op

revision = "0081"
down_revision = "0080"

FOUND_BY = (
    ("booking_facts", "booked_at"),
    ("booking_facts", "starts_at"),
    ("booking_days", "day"),
)


def upgrade() -> None:
    for table, moment in FOUND_BY:
        op.create_index(_index(table, moment), table, ["organization_id", "resource_id", moment])


def downgrade() -> None:
    for table, moment in FOUND_BY:
        op.drop_index(_index(table, moment), table)


def _index(table: str, moment: str) -> str:
    return f"ix_{table}_organization_id_resource_id_{moment}"
