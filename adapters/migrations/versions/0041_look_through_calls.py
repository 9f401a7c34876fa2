"""The program finds out whose calls, escalations and agents there is something to do about.

What was set up since these tables are looked through has that from the beginning.
"""

from alembic import op

from adapters.migrations.wall import OF_EVERYBODY

revision = "0041"
down_revision = "0040"

TABLES = ("agents", "calls", "escalations")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP POLICY IF EXISTS program ON {table}")
            op.execute(f"CREATE POLICY program ON {table} FOR SELECT USING ({OF_EVERYBODY})")


def downgrade() -> None:
    """An older program looks through them no less."""
