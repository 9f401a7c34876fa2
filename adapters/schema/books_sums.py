"""Tables of what the books of days that are over come to: figures about money are read from them.

Books are only added to, at the time at which that is done: such days change no more.
"""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Uuid

from adapters.schema.metadata import metadata


def _sums(table: str, number: str, *of: Column[object]) -> Table:
    """Transfers between two accounts: how many, and what they come to."""
    return Table(
        table,
        metadata,
        Column("organization_id", Uuid, primary_key=True),
        Column(number, Integer, primary_key=True, autoincrement=False),
        *of,
        Column("kind", String(32), primary_key=True),  # empty where no booking is known of
        Column("currency", String(3), primary_key=True),
        Column("cause", String(24), primary_key=True),
        Column("debit", String(16), primary_key=True),
        Column("credit", String(16), primary_key=True),
        Column("number", BigInteger, nullable=False),
        Column("minor", BigInteger, nullable=False),
    )


# Quarters of an hour, hours and days of UTC, counted from 1970.
moved_quarters = _sums("moved_quarters", "quarter")
moved_hours = _sums("moved_hours", "hour")
moved_days = _sums("moved_days", "day", Column("resource_id", Uuid, primary_key=True))

# Days of UTC before that are summed up.
books_summed_up = Table(
    "books_summed_up",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("until_day", Integer, nullable=False),
)
