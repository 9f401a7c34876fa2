"""Checks against abuse, gift credit, quotes of refunds."""

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
