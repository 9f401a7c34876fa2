"""The program finds out whose gift credit has expired.

What was set up since this table is looked through has that from the beginning.
"""

from alembic import op

from adapters.migrations.wall import OF_EVERYBODY

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY IF EXISTS program ON gift_credits")
        op.execute(f"CREATE POLICY program ON gift_credits FOR SELECT USING ({OF_EVERYBODY})")


def downgrade() -> None:
    """An older program looks through it no less."""
