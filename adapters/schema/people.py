"""Tables of the people of an organization."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.identity import organizations
from adapters.schema.metadata import Moment, metadata

# A member without a password has been invited and has not come yet.
members = Table(
    "members",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("email", String(254), nullable=False),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("password_hash", String(255)),
    Column("created_at", Moment, nullable=False),
    Column("verified_at", Moment),
    Column("new_email", String(254)),
    Column("second_factor_since", Moment),
    CheckConstraint("role IN ('owner', 'admin', 'manager', 'agent', 'viewer')", "role"),
    CheckConstraint("state IN ('invited', 'active', 'deactivated')", "state"),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
    UniqueConstraint("organization_id", "email"),
    Index(None, "organization_id", "name", "id"),
)

# How many active owners an organization has: counted, so that two who leave at the same time do
# not both find the other one still there.
ownership = Table(
    "ownership",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("owners", Integer, CheckConstraint("owners > 0", "owners"), nullable=False),
    ForeignKeyConstraint(["organization_id"], [organizations.c.organization_id]),
)

# A session is over when its row is gone: whoever asks next, in whatever process, finds nothing.
member_sessions = Table(
    "member_sessions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("member_id", Uuid, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("authenticated_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("device", String(300), nullable=False),
    Column("address", String(45), nullable=False),
    ForeignKeyConstraint(
        ["organization_id", "member_id"], [members.c.organization_id, members.c.id]
    ),
    UniqueConstraint("organization_id", "digest"),
    Index(None, "organization_id", "member_id", "seen_at"),
)

# What an authenticator shares with the program, sealed; `last_step` only ever grows. It counts
# from when its member has one. `id` is that of the member.
second_factors = Table(
    "second_factors",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("wrapped", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    ForeignKeyConstraint(["organization_id", "id"], [members.c.organization_id, members.c.id]),
)

# Whoever deletes the row has used the code.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    ForeignKeyConstraint(
        ["organization_id", "member_id"], [members.c.organization_id, members.c.id]
    ),
)

# Whoever deletes the row has followed the link.
mail_tokens = Table(
    "mail_tokens",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("member_id", Uuid, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("email", String(254), nullable=False),
    Column("expires_at", Moment, nullable=False),
    CheckConstraint("purpose IN ('invitation', 'email', 'reset')", "purpose"),
    ForeignKeyConstraint(
        ["organization_id", "member_id"], [members.c.organization_id, members.c.id]
    ),
    Index(None, "organization_id", "member_id"),
    Index(None, "organization_id", "expires_at"),
)

# Counted until they are told to the trail; `what` is what was lacking. Those of organizations that
# do not exist stand under the one that is reserved for them.
denials = Table(
    "denials",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("what", String(64), primary_key=True),
    Column("origin", String(43)),
    Column("began_at", Moment, nullable=False),
    Column("number", Integer, nullable=False),
    Index(None, "organization_id", "began_at"),
)

# Tries come before it is known whose they are, so all of them are counted under the organization
# that is reserved for it; the digest stands for what is counted.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("number", Integer, nullable=False),
    Index(None, "organization_id", "began_at"),
)
