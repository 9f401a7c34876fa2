"""Brings a database to the schema this program was written for.

Each function is a unit of work: `await database.write(upgrade)`.
"""

from sqlalchemy import Connection, inspect, text

HEAD = "0085"
"""The newest step. Steps are numbered, so text tells which of two is the later one."""

LOCK = 0x66726F6E74  # any number that nobody else locks


def current(connection: Connection) -> str | None:
    """The last step taken, or None if the database is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def pending(connection: Connection) -> bool:
    """Whether steps are missing. A database that is ahead of the program misses none."""
    return _before(current(connection), HEAD)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Takes all steps up to `revision` or none; of several processes, one takes them."""
    target = HEAD if revision == "head" else revision
    if not _before(current(connection), target):
        return
    _take_turns(connection)
    if _before(current(connection), target):
        # Alembic takes longer to import than most programs to start, and is seldom needed.
        from adapters.migrations.steps import go_up  # noqa: PLC0415

        go_up(connection, target)


def downgrade(connection: Connection, revision: str) -> None:
    """Takes steps back until `revision`, or "base", is the last; what they made is lost."""
    from adapters.migrations.steps import go_down  # noqa: PLC0415

    _take_turns(connection)
    go_down(connection, revision)


def _before(one: str | None, other: str) -> bool:
    return one is None or one < other


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return  # writers are alone already
    # Steps may take long. They must not wait long: whoever waits for a table's lock has everybody
    # else wait behind it, so only the turn is waited for without a limit.
    for statement in (
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL idle_in_transaction_session_timeout = 0",
        "SET LOCAL lock_timeout = 0",
        f"SELECT pg_advisory_xact_lock({LOCK})",
        "SET LOCAL lock_timeout TO DEFAULT",
    ):
        connection.execute(text(statement))
