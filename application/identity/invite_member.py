"""Invite somebody: they become a member when they follow the link in the letter."""

import attrs

from application.identity.people_ports import PeopleWork
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.identity.mail_tokens import Purpose
from domain.identity.members import (
    EmailTaken,
    Member,
    MemberCannotBecome,
    MemberState,
    must_reach,
)
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId


@attrs.frozen(kw_only=True)
class InviteMember:
    actor: Actor
    email: str = attrs.field(repr=False)
    name: str = attrs.field(repr=False)
    role: Role
    once: Once[Member] | None = None


@attrs.frozen(kw_only=True)
class InviteMemberHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: InviteMember, /) -> Member:
        must_reach(command.actor, command.role)
        member = Member(
            id=MemberId(self.new_id()),
            organization_id=command.actor.organization_id,
            email=command.email,
            name=command.name,
            role=command.role,
            created_at=self.clock(),
        )
        member.demand()

        def invite(work: PeopleWork) -> Member:
            if work.members.has_email(member.email):
                raise EmailTaken
            invitation = SendMemberLetter(purpose=Purpose.INVITATION, member_id=member.id)
            work.jobs.enqueue(invitation.job)
            return work.members.save(member)

        return await self.unit_of_work(command.actor, invite, once=command.once)


@attrs.frozen(kw_only=True)
class InviteAgain:
    """With a link of its own: the first may be lost, or too old."""

    actor: Actor
    member_id: MemberId
    once: Once[Member] | None = None


@attrs.frozen(kw_only=True)
class InviteAgainHandler:
    unit_of_work: UnitOfWork[PeopleWork]

    async def __call__(self, command: InviteAgain, /) -> Member:
        def invite(work: PeopleWork) -> Member:
            member = work.members.get(command.member_id)
            if member.state is not MemberState.INVITED:
                raise MemberCannotBecome(member.state)
            invitation = SendMemberLetter(purpose=Purpose.INVITATION, member_id=member.id)
            work.jobs.enqueue(invitation.job)
            return member

        return await self.unit_of_work(command.actor, invite, once=command.once)
