"""Row-level security."""

from alembic import op

from adapters.migrations.wall import build, tear_down

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    build(op.get_bind())


def downgrade() -> None:
    tear_down(op.get_bind())
