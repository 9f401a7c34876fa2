"""What the role that serves may do on PostgreSQL: work on rows, and nothing to the tables."""

from sqlalchemy import Connection, text

JOBS = "dbos"  # the job engine keeps tables of its own, and makes them itself


def let_in(connection: Connection, role: str | None) -> None:
    """Gives the role its rights, to tables that are yet to come as well."""
    if connection.dialect.name != "postgresql" or role is None:
        return
    if connection.execute(text("SELECT current_user")).scalar_one() == role:
        return  # the owner serves as well
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    for statement in (
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA {schema} TO {name}",
        f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rows} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {numbers} ON SEQUENCES TO {name}",
        f"CREATE SCHEMA IF NOT EXISTS {JOBS}",
        f"GRANT USAGE, CREATE ON SCHEMA {JOBS} TO {name}",
    ):
        connection.execute(text(statement))
