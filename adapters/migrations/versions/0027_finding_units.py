"""Finding units."""

revision = "0027"
down_revision = "0026"


def upgrade() -> None: ...


def downgrade() -> None: ...
