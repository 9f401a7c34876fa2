"""What is decided about members: their role, whether they may come, and that they go."""

import attrs

from application.identity.invite_member import must_have_room_for
from application.identity.people_ports import PeopleWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.events import (
    MemberDeactivated,
    MemberReactivated,
    MemberRemoved,
    MemberRoleChanged,
)
from domain.identity.members import Member, must_reach
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId


@attrs.frozen(kw_only=True)
class MemberStep:
    """`version` is the one decided on."""

    actor: Actor
    member_id: MemberId
    version: int | None
    once: Once[Member] | None = None


def seen(work: PeopleWork, command: MemberStep) -> Member:
    """Raises RoleTooHigh, or VersionChanged."""
    member = work.members.get(command.member_id)
    must_reach(command.actor, member.role)
    require_version(member.version, command.version)
    return member


@attrs.frozen(kw_only=True)
class ChangeRole(MemberStep):
    role: Role


@attrs.frozen(kw_only=True)
class ChangeRoleHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: ChangeRole, /) -> Member:
        """It counts from the next request of theirs on. Raises LastOwner."""
        must_reach(command.actor, command.role)

        def change(work: PeopleWork) -> Member:
            member = seen(work, command)
            changed = MemberRoleChanged(
                member_id=member.id,
                before=member.role.value,
                after=command.role.value,
                occurred_at=self.clock(),
            )
            work.facts.publish([changed])
            return work.members.save(attrs.evolve(member, role=command.role))

        return await self.unit_of_work(command.actor, change, once=command.once)


@attrs.frozen(kw_only=True)
class DeactivateMember(MemberStep):
    """Their sessions end."""


@attrs.frozen(kw_only=True)
class DeactivateMemberHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: DeactivateMember, /) -> Member:
        """Raises LastOwner."""

        def deactivate(work: PeopleWork) -> Member:
            member = seen(work, command).deactivate()
            work.sessions.end_all(member.id)
            work.mail_tokens.forget(member.id)
            work.facts.publish([MemberDeactivated(member_id=member.id, occurred_at=self.clock())])
            return work.members.save(member)

        return await self.unit_of_work(command.actor, deactivate, once=command.once)


@attrs.frozen(kw_only=True)
class ReactivateMember(MemberStep):
    pass


@attrs.frozen(kw_only=True)
class ReactivateMemberHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: ReactivateMember, /) -> Member:
        """Raises TooManyMembers."""

        def reactivate(work: PeopleWork) -> Member:
            member = seen(work, command).reactivate()
            must_have_room_for(work, 1)
            work.facts.publish([MemberReactivated(member_id=member.id, occurred_at=self.clock())])
            return work.members.save(member)

        return await self.unit_of_work(command.actor, reactivate, once=command.once)


@attrs.frozen(kw_only=True)
class RemoveMember(MemberStep):
    """What they did keeps their id, and nothing keeps their name."""


@attrs.frozen(kw_only=True)
class RemoveMemberHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: RemoveMember, /) -> Member:
        """As they were. Raises LastOwner."""

        def remove(work: PeopleWork) -> Member:
            member = seen(work, command)
            work.members.remove(member)
            work.facts.publish([MemberRemoved(member_id=member.id, occurred_at=self.clock())])
            return member

        return await self.unit_of_work(command.actor, remove)
