"""Settings in force and more sealed."""

revision = "0026"
down_revision = "0025"


def upgrade() -> None: ...


def downgrade() -> None: ...
