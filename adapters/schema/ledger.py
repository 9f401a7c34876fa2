"""The books: what happened in money, and nothing of it is ever changed or deleted."""

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    event,
)

from adapters.schema.metadata import Moment, metadata

journals = Table(
    "journals",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("cause", String(24), nullable=False),
    Column("about", String(80), nullable=False),
    Column("booking_id", Uuid),
    Column("occurred_at", Moment, nullable=False),
    UniqueConstraint("organization_id", "cause", "about"),
    Index(None, "organization_id", "occurred_at", "id"),
)

# From one account to another: whatever is in here, the accounts add up to zero in each currency.
transfers = Table(
    "transfers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("journal_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("booking_id", Uuid),
    Column("debit", String(16), nullable=False),
    Column("credit", String(16), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    CheckConstraint("amount_minor > 0", "amount"),
    CheckConstraint("debit <> credit", "accounts"),
    ForeignKeyConstraint(
        ["organization_id", "journal_id"], [journals.c.organization_id, journals.c.id]
    ),
    Index(None, "organization_id", "booking_id"),
)

FOR_GOOD = "what is in the books stays there"
FOR_GOOD_ON_POSTGRES = f"""
    CREATE FUNCTION refuse_changes() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{FOR_GOOD}'; END $$"""
NO_MORE_ON_POSTGRES = "DROP FUNCTION refuse_changes()"


def for_good(table: str, dialect: str) -> tuple[str, ...]:
    """What makes rows of the table stay as they were written."""
    if dialect == "postgresql":
        change = f"CREATE TRIGGER tr_{table}_for_good BEFORE UPDATE OR DELETE ON {table}"
        return (f"{change} FOR EACH ROW EXECUTE FUNCTION refuse_changes()",)
    return tuple(
        f"CREATE TRIGGER tr_{table}_{change} BEFORE {change} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{FOR_GOOD}'); END"
        for change in ("update", "delete")
    )


def _listen(table: Table, when: str, statement: str, dialect: str) -> None:
    ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
    event.listen(table, when, ddl)


_listen(journals, "before_create", FOR_GOOD_ON_POSTGRES, "postgresql")
_listen(journals, "after_drop", NO_MORE_ON_POSTGRES, "postgresql")
for _table in (journals, transfers):
    for _dialect in ("postgresql", "sqlite"):
        for _statement in for_good(_table.name, _dialect):
            _listen(_table, "after_create", _statement, _dialect)
