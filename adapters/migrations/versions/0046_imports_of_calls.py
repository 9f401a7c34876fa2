"""Calls of the past are imported as everything else is."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

NAME = "ck_imports_target"
NOW = "target IN ('offerings', 'pools', 'past_bookings', 'past_calls')"
BEFORE = "target IN ('offerings', 'pools', 'past_bookings')"
OF_CALLS = "DELETE FROM {} WHERE import_id IN (SELECT id FROM imports WHERE target = 'past_calls')"
SAID = sa.text(
    "UPDATE sqlite_master SET sql = replace(sql, :before, :now)"
    " WHERE type = 'table' AND name = 'imports'"
)


def upgrade() -> None:
    _say(BEFORE, NOW)


def downgrade() -> None:
    for table in ("import_chunks", "import_refusals"):
        op.execute(OF_CALLS.format(table))
    op.execute("DELETE FROM imports WHERE target = 'past_calls'")
    _say(NOW, BEFORE)


def _say(before: str, now: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(NAME, "imports", type_="check")
        op.create_check_constraint(NAME, "imports", now)
        return
    # A table that others refer to is not replaced; of a check, SQLite's manual says to write
    # down what it is to say (lang_altertable.html, 7).
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(SAID, {"before": before, "now": now})
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
