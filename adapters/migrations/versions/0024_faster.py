"""Faster searches."""

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Nothing: the indexes there are serve, once searches ask in their order."""


def downgrade() -> None:
    """Nothing: the indexes there are serve, once searches ask in their order."""
