"""Payments and the ledger."""

revision = "0028"
down_revision = "0027"


def upgrade() -> None: ...


def downgrade() -> None: ...
