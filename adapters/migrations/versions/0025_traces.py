"""What belongs to one trace."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None: ...


def downgrade() -> None: ...
