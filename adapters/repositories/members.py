"""Members in SQL, and the number of owners among them."""

from collections.abc import Collection, Sequence
from typing import Any

import attrs
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.people import member_of
from adapters.repositories.second_factors import SqlSecondFactors
from adapters.schema.notices import notices, unwanted_notices
from adapters.schema.people import (
    mail_tokens,
    member_sessions,
    members,
    ownership,
)
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.identity.people_ports import Members
from application.kernel.ports import Stale
from domain.identity.members import LastOwner, Member, MemberNotFound, MemberState
from domain.kernel.identifiers import MemberId


@attrs.frozen
class SqlMembers(Members):
    """The last owner is kept by the database: of two who leave at the same time, the second one
    waits for the count that the first one changes, and then finds it at one.
    """

    scope: Scope

    def get(self, member_id: MemberId) -> Member:
        member = self._stored(member_id)
        if member is None:
            raise MemberNotFound(member_id)
        return member

    def has_email(self, email: str) -> bool:
        known = exists().where(self.scope.owns(members), members.c.email == email)
        return bool(self.scope.ask(select(known)).scalar_one())

    def emails_among(self, emails: Sequence[str]) -> Collection[str]:
        if not emails:
            return ()
        question = select(members.c.email).where(
            self.scope.owns(members), members.c.email.in_(emails)
        )
        return set(self.scope.ask(question).scalars())

    def at_work(self) -> int:
        question = select(func.count()).where(
            self.scope.owns(members), members.c.state != MemberState.DEACTIVATED.value
        )
        return int(self.scope.ask(question).scalar_one())

    def save(self, member: Member) -> Member:
        before = self._stored(member.id) if member.version else None
        self._count(was_owner=before is not None and before.is_owner, is_owner=member.is_owner)
        version = store(
            self.scope,
            members,
            member.id,
            member.version,
            email=member.email,
            name=member.name,
            role=member.role.value,
            state=member.state.value,
            password_hash=member.password_hash,
            created_at=member.created_at,
            verified_at=member.verified_at,
            new_email=member.new_email,
            second_factor_since=member.second_factor_since,
        )
        return attrs.evolve(member, version=version)

    def remove(self, member: Member) -> None:
        self._count(was_owner=member.is_owner, is_owner=False)
        SqlSecondFactors(self.scope).remove(member.id)
        for table in (member_sessions, mail_tokens, notices, unwanted_notices):
            self.scope.execute(
                delete(table).where(self.scope.owns(table), table.c.member_id == member.id)
            )
        removed = self.scope.execute(
            delete(members).where(
                self.scope.owns(members),
                members.c.id == member.id,
                members.c.version == member.version,
            )
        )
        if removed.rowcount != 1:
            raise Stale(f"members {member.id}")

    def _stored(self, member_id: MemberId) -> Member | None:
        question = select(members).where(self.scope.owns(members), members.c.id == member_id)
        row = self.scope.ask(question).one_or_none()
        return member_of(row) if row else None

    def _count(self, *, was_owner: bool, is_owner: bool) -> None:
        if is_owner and not was_owner:
            self.scope.execute(self._one_more())
        elif was_owner and not is_owner:
            self._one_less()

    def _one_more(self) -> Any:
        on_postgres = self.scope.connection.dialect.name == "postgresql"
        insert: Any = (postgresql if on_postgres else sqlite).insert(ownership)
        return insert.values(
            organization_id=self.scope.organization_id, owners=1
        ).on_conflict_do_update(
            index_elements=[ownership.c.organization_id],
            set_={"owners": ownership.c.owners + 1},
        )

    def _one_less(self) -> None:
        fewer = self.scope.execute(
            update(ownership)
            .where(self.scope.owns(ownership), ownership.c.owners > 1)
            .values(owners=ownership.c.owners - 1)
        )
        if fewer.rowcount != 1:
            raise LastOwner
