"""Members, sessions and links, from their rows."""

from typing import Any

from sqlalchemy import Row

from domain.identity.mail_tokens import MailToken, Purpose
from domain.identity.members import Member, MemberState
from domain.identity.roles import Role
from domain.identity.sessions import Session


def member_of(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        organization_id=row.organization_id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        state=MemberState(row.state),
        password_hash=row.password_hash,
        verified_at=row.verified_at,
        new_email=row.new_email,
        second_factor_since=row.second_factor_since,
        version=row.version,
    )


def session_of(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        member_id=row.member_id,
        digest=row.digest,
        created_at=row.created_at,
        authenticated_at=row.authenticated_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        device=row.device,
        address=row.address,
    )


def mail_token_of(row: Row[Any]) -> MailToken:
    return MailToken(
        digest=row.digest,
        member_id=row.member_id,
        purpose=Purpose(row.purpose),
        email=row.email,
        expires_at=row.expires_at,
    )
