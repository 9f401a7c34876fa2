"""What members are told of in the program."""

import sqlalchemy as sa
from alembic import op

from adapters.migrations.wall import build

revision = "0058"
down_revision = "0057"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("read_at", Moment),
        _of_members("notices"),
        sa.PrimaryKeyConstraint("organization_id", "member_id", "id", name="pk_notices"),
    )
    op.create_table(
        "unwanted_notices",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        _of_members("unwanted_notices"),
        sa.PrimaryKeyConstraint(
            "organization_id", "member_id", "kind", name="pk_unwanted_notices"
        ),
    )
    for columns in (("member_id", "given_at", "id"), ("member_id", "read_at"), ("given_at",)):
        keys = ["organization_id", *columns]
        op.create_index(f"ix_notices_{'_'.join(keys)}", "notices", keys)
    build(op.get_bind())


def downgrade() -> None:
    for table in ("unwanted_notices", "notices"):
        op.drop_table(table)


def _of_members(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", "member_id"],
        ["members.organization_id", "members.id"],
        name=f"fk_{table}_organization_id_member_id_members",
    )
