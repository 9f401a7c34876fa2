"""People, their sign-ins and roles."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("verified_at", Moment),
        sa.Column("new_email", sa.String(254)),
        sa.Column("second_factor_since", Moment),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_members"),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'manager', 'agent', 'viewer')", name="ck_members_role"
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'active', 'deactivated')", name="ck_members_state"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_members_organization_id_organizations",
        ),
        sa.UniqueConstraint("organization_id", "email", name="uq_members_organization_id_email"),
        sa.Index("ix_members_organization_id_name_id", "organization_id", "name", "id"),
    )
    op.create_table(
        "ownership",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("owners", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name="pk_ownership"),
        sa.CheckConstraint("owners > 0", name="ck_ownership_owners"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.organization_id"],
            name="fk_ownership_organization_id_organizations",
        ),
    )
    op.create_table(
        "member_sessions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("authenticated_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("device", sa.String(300), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_member_sessions"),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name="fk_member_sessions_organization_id_member_id_members",
        ),
        sa.UniqueConstraint(
            "organization_id", "digest", name="uq_member_sessions_organization_id_digest"
        ),
        sa.Index(
            "ix_member_sessions_organization_id_member_id_seen_at",
            "organization_id",
            "member_id",
            "seen_at",
        ),
    )
    op.create_table(
        "second_factors",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.String(200), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name="pk_second_factors"),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["members.organization_id", "members.id"],
            name="fk_second_factors_organization_id_id_members",
        ),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint(
            "organization_id", "member_id", "digest", name="pk_recovery_codes"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name="fk_recovery_codes_organization_id_member_id_members",
        ),
    )
    op.create_table(
        "mail_tokens",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name="pk_mail_tokens"),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'email', 'reset')", name="ck_mail_tokens_purpose"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name="fk_mail_tokens_organization_id_member_id_members",
        ),
        sa.Index("ix_mail_tokens_organization_id_member_id", "organization_id", "member_id"),
        sa.Index("ix_mail_tokens_organization_id_expires_at", "organization_id", "expires_at"),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name="pk_sign_in_tries"),
        sa.Index("ix_sign_in_tries_organization_id_began_at", "organization_id", "began_at"),
    )


def downgrade() -> None:
    op.drop_table("sign_in_tries")
    op.drop_table("mail_tokens")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    op.drop_table("member_sessions")
    op.drop_table("ownership")
    op.drop_table("members")
