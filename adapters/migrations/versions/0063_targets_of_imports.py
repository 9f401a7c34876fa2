"""Bookings to come, contacts and documents are imported as everything else is."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"

NAME = "ck_imports_target"
BEFORE = "target IN ('offerings', 'pools', 'past_bookings', 'past_calls')"
NOW = (
    "target IN ('offerings', 'pools', 'past_bookings', 'past_calls', 'bookings', 'contacts',"
    " 'documents')"
)
OF_IMPORTS = (
    "DELETE FROM {} WHERE import_id IN (SELECT id FROM imports WHERE target IN"
    " ('bookings', 'contacts', 'documents'))"
)
OF_PIPELINES = (
    "DELETE FROM {} WHERE pipeline_id IN (SELECT id FROM pipelines WHERE target IN"
    " ('bookings', 'contacts', 'documents'))"
)
OF_RUNS = (
    "DELETE FROM {} WHERE run_id IN (SELECT pipeline_runs.id FROM pipeline_runs"
    " JOIN pipelines ON pipelines.organization_id = pipeline_runs.organization_id"
    " AND pipelines.id = pipeline_runs.pipeline_id"
    " WHERE target IN ('bookings', 'contacts', 'documents'))"
)
THEMSELVES = "DELETE FROM {} WHERE target IN ('bookings', 'contacts', 'documents')"
BY_PIPELINE = ("quarantined_rows", "pipeline_rows", "pipeline_runs", "pipeline_editions")
SAID = sa.text(
    "UPDATE sqlite_master SET sql = replace(sql, :before, :now)"
    " WHERE type = 'table' AND name = 'imports'"
)


def upgrade() -> None:
    _say(BEFORE, NOW)


def downgrade() -> None:
    for statement, tables in (
        (OF_IMPORTS, ("import_chunks", "import_refusals")),
        (OF_RUNS, ("run_notes", "run_pages")),
        (OF_PIPELINES, BY_PIPELINE),
        (THEMSELVES, ("imports", "pipelines")),
    ):
        for table in tables:
            op.execute(statement.format(table))
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
