"""What set off an event or a job, what was denied, and the short names of who has not come yet."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0025"
down_revision = "0024"

TRACED = ("event_log", "queued_jobs")


def upgrade() -> None:
    for table in TRACED:
        op.add_column(table, sa.Column("trace", sa.String(55)))
    op.add_column("organizations", sa.Column("wanted_slug", sa.String(63)))
    op.create_table(
        "denials",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(43)),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "subject", "what", name="pk_denials"),
    )
    op.create_index(
        "ix_denials_organization_id_began_at", "denials", ["organization_id", "began_at"]
    )
    op.create_table(
        "member_tickets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name="pk_member_tickets"),
    )
    op.create_index(
        "ix_member_tickets_organization_id_expires_at",
        "member_tickets",
        ["organization_id", "expires_at"],
    )
    build(op.get_bind())


def downgrade() -> None:
    for table in ("member_tickets", "denials"):
        op.drop_table(table)
    op.drop_column("organizations", "wanted_slug")
    for table in TRACED:
        op.drop_column(table, "trace")
