"""Sums of how far ahead bookings are made, and of when their days came on the books."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0078"
down_revision = "0077"

STANDING = "state IN ('confirmed', 'in_progress', 'completed', 'no_show')"
QUARTERS_OF_A_DAY = 96
FACTS = "booking_facts"
BY_TIME = "ix_booking_facts_organization_id_{}"
CAME = (
    "confirmed_at IS NOT NULL AND (facts.state <> 'cancelled' OR cancelled_at > confirmed_at)",
    "confirmed_at",
    1,
)
WENT = ("facts.state = 'cancelled' AND cancelled_at > confirmed_at", "cancelled_at", -1)


def upgrade() -> None:
    _create_leads()
    _create_books()
    op.create_index(BY_TIME.format("confirmed_at"), FACTS, ["organization_id", "confirmed_at"])
    there = sa.text("cancelled_at IS NOT NULL")
    op.create_index(
        BY_TIME.format("cancelled_at"),
        FACTS,
        ["organization_id", "cancelled_at"],
        postgresql_where=there,
        sqlite_where=there,
    )
    build(op.get_bind())


def _create_leads() -> None:
    key = ("organization_id", "axis", "day", "kind", "lead_days")
    op.create_table(
        "booking_leads",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("axis", sa.String(8), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("standing", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("axis IN ('booked', 'starts')", name=op.f("ck_booking_leads_axis")),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_booking_leads")),
    )
    for axis in ("booked", "starts"):
        day = f"{axis}_quarter / {QUARTERS_OF_A_DAY}"
        op.execute(
            f"INSERT INTO booking_leads ({', '.join(key)}, standing) "  # noqa: S608
            f"SELECT organization_id, '{axis}', {day}, kind, lead_days, COUNT(*) "
            f"FROM booking_facts WHERE {STANDING} "
            f"GROUP BY organization_id, {day}, kind, lead_days"
        )


def _create_books() -> None:
    key = ("organization_id", "day", "changed_day", "kind", "currency")
    op.create_table(
        "days_on_books",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("changed_day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_days_on_books")),
    )
    changes = " UNION ALL ".join(
        "SELECT days.organization_id, days.day, "  # noqa: S608
        f"{_day_of(moment)} AS changed_day, facts.kind, days.currency, "
        f"{sign} * days.units AS units, {sign} * days.worth_minor AS worth_minor "
        "FROM booking_days days JOIN booking_facts facts "
        "ON facts.organization_id = days.organization_id AND facts.id = days.booking_id "
        f"WHERE {which}"
        for which, moment, sign in (CAME, WENT)
    )
    names = ", ".join(key)
    op.execute(
        f"INSERT INTO days_on_books ({names}, units, worth_minor) "  # noqa: S608
        f"SELECT {names}, SUM(units), SUM(worth_minor) FROM ({changes}) changes GROUP BY {names}"
    )


def _day_of(moment: str) -> str:
    if op.get_bind().dialect.name == "postgresql":
        return f"CAST(floor(extract(epoch FROM {moment}) / 86400) AS INTEGER)"
    return f"CAST(strftime('%s', {moment}) AS INTEGER) / 86400"


def downgrade() -> None:
    for moment in ("cancelled_at", "confirmed_at"):
        op.drop_index(BY_TIME.format(moment), FACTS)
    op.drop_table("days_on_books")
    op.drop_table("booking_leads")
