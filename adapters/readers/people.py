"""Members and their sessions as readers see them, in SQL."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Select, and_, bindparam, func, select

from adapters.mapping.people import mail_token_of, member_of, session_of
from adapters.schema.identity import organizations
from adapters.schema.organization_settings import organization_settings
from adapters.schema.people import mail_tokens, member_sessions, members, recovery_codes
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from application.identity.people_ports import PeopleViews, Recipient, SignedIn
from application.kernel.pages import Page, Slice
from domain.identity.mail_tokens import MailToken, Purpose
from domain.identity.members import Member, MemberNotFound
from domain.identity.organizations import OrganizationStatus
from domain.identity.sessions import Session
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, OrganizationId, SessionId
from domain.kernel.setting_catalogue import REQUIRE_SECOND_FACTOR


@attrs.frozen
class SqlPeopleViews(PeopleViews):
    database: Database

    async def organization_called(self, slug: str) -> OrganizationId | None:
        question = select(organizations.c.organization_id).where(organizations.c.slug == slug)
        return await self.database.read(
            lambda connection: connection.execute(question).scalar_one_or_none(), of=EVERYBODY
        )

    async def member_with(self, organization_id: OrganizationId, email: str) -> Member | None:
        question = select(members).where(
            members.c.organization_id == organization_id, members.c.email == email
        )
        return await self._perhaps(question, of=organization_id)

    async def member(self, actor: Actor, member_id: MemberId) -> Member:
        found = await self._perhaps(_one_member(actor, member_id), of=actor.organization_id)
        if found is None:
            raise MemberNotFound(member_id)
        return found

    async def members(self, actor: Actor, *, slice: Slice) -> Page[Member]:
        question = select(members).where(members.c.organization_id == actor.organization_id)
        keys = (members.c.name, members.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, member_of),
            of=actor.organization_id,
        )

    async def recovery_codes(self, actor: Actor, member_id: MemberId) -> int:
        question = select(func.count()).where(
            recovery_codes.c.organization_id == actor.organization_id,
            recovery_codes.c.member_id == member_id,
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalar_one(), of=actor.organization_id
        )

    async def recipient(self, actor: Actor, member_id: MemberId) -> Recipient | None:
        question = (
            _one_member(actor, member_id)
            .add_columns(organizations.c.name.label("organization_name"))
            .join(organizations, organizations.c.organization_id == members.c.organization_id)
        )

        def ask(connection: Connection) -> Recipient | None:
            row = connection.execute(question).one_or_none()
            if row is None:
                return None
            return Recipient(member=member_of(row), organization=row.organization_name)

        return await self.database.read(ask, of=actor.organization_id)

    async def token_with(
        self, organization_id: OrganizationId, digest: bytes, purpose: Purpose
    ) -> MailToken | None:
        question = select(mail_tokens).where(
            mail_tokens.c.organization_id == organization_id,
            mail_tokens.c.digest == digest,
            mail_tokens.c.purpose == purpose.value,
        )

        def ask(connection: Connection) -> MailToken | None:
            row = connection.execute(question).one_or_none()
            return mail_token_of(row) if row else None

        return await self.database.read(ask, of=organization_id)

    async def signed_in(self, organization_id: OrganizationId, digest: bytes) -> SignedIn | None:
        return await self._signed_in(organization_id, _by_digest(), {"p_digest": digest})

    async def signed_in_by(
        self, organization_id: OrganizationId, session_id: SessionId
    ) -> SignedIn | None:
        return await self._signed_in(organization_id, _by_id(), {"p_session_id": session_id})

    async def _signed_in(
        self, organization_id: OrganizationId, question: Select[Any], shown: dict[str, Any]
    ) -> SignedIn | None:
        key = {"p_organization_id": organization_id, **shown}

        def ask(connection: Connection) -> SignedIn | None:
            row = connection.execute(question, key).one_or_none()
            return None if row is None else _signed_in_of(row)

        return await self.database.read(ask, of=organization_id)

    async def sessions(self, actor: Actor, member_id: MemberId) -> Sequence[Session]:
        question = (
            select(member_sessions)
            .where(
                member_sessions.c.organization_id == actor.organization_id,
                member_sessions.c.member_id == member_id,
            )
            .order_by(member_sessions.c.seen_at.desc(), member_sessions.c.id)
        )
        return await self.database.read(
            lambda connection: [session_of(row) for row in connection.execute(question)],
            of=actor.organization_id,
        )

    async def _perhaps(self, question: Select[Any], *, of: OrganizationId) -> Member | None:
        def ask(connection: Connection) -> Member | None:
            row = connection.execute(question).one_or_none()
            return member_of(row) if row else None

        return await self.database.read(ask, of=of)


def _one_member(actor: Actor, member_id: MemberId) -> Select[Any]:
    return select(members).where(
        members.c.organization_id == actor.organization_id, members.c.id == member_id
    )


@lru_cache(maxsize=1)
def _by_digest() -> Select[Any]:
    return _signed_in().where(member_sessions.c.digest == bindparam("p_digest"))


@lru_cache(maxsize=1)
def _by_id() -> Select[Any]:
    return _signed_in().where(member_sessions.c.id == bindparam("p_session_id"))


def _signed_in() -> Select[Any]:
    theirs = [column.label(f"session_{column.name}") for column in member_sessions.c]
    return (
        select(
            members,
            *theirs,
            organizations.c.status.label("standing"),
            organization_settings.c.value.label("second_factor_required"),
        )
        .join_from(
            member_sessions,
            members,
            (members.c.organization_id == member_sessions.c.organization_id)
            & (members.c.id == member_sessions.c.member_id),
        )
        .join(
            organizations,
            organizations.c.organization_id == member_sessions.c.organization_id,
        )
        .outerjoin(
            organization_settings,
            and_(
                organization_settings.c.organization_id == member_sessions.c.organization_id,
                organization_settings.c.key == REQUIRE_SECOND_FACTOR.key,
            ),
        )
        .where(
            member_sessions.c.organization_id == bindparam("p_organization_id"),
        )
    )


def _signed_in_of(row: Any) -> SignedIn:
    names = [field.name for field in attrs.fields(Session)]
    return SignedIn(
        session=Session(**{name: getattr(row, f"session_{name}") for name in names}),
        member=member_of(row),
        standing=OrganizationStatus(row.standing),
        second_factor_required=row.second_factor_required is True,
    )
