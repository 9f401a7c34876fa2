"""Invite somebody: they become a member when they follow the link in the letter."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import attrs

from application.identity.people_ports import InvitingWork, PeopleWork
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.identity.events import MemberInvited
from domain.identity.mail_tokens import Purpose
from domain.identity.members import (
    EmailTaken,
    Member,
    MemberCannotBecome,
    MemberState,
    TooManyMembers,
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
        member = invited_by(command, MemberId(self.new_id()), now=self.clock())

        def decide(work: PeopleWork) -> Member:
            (invited,) = invite(work, [member])
            return invited

        return await self.unit_of_work(command.actor, decide, once=command.once)


def invited_by(command: InviteMember, id: MemberId, *, now: datetime) -> Member:
    """Raises RoleTooHigh, BadMemberEmail or BadMemberName."""
    must_reach(command.actor, command.role)
    member = Member(
        id=id,
        organization_id=command.actor.organization_id,
        email=command.email,
        name=command.name,
        role=command.role,
        created_at=now,
    )
    member.demand()
    return member


def invite(work: InvitingWork, members: Sequence[Member]) -> Iterator[Member]:
    """One after the other; raises TooManyMembers at the first for the tier of the organization,
    and EmailTaken in the place of whose address is taken.
    """
    must_have_room_for(work, len(members))
    taken = set(work.members.emails_among([member.email for member in members]))
    for member in members:
        if member.email in taken:
            raise EmailTaken
        taken.add(member.email)
        tell(work, member, now=member.created_at)
        yield work.members.save(member)


def must_have_room_for(work: InvitingWork, more: int) -> None:
    """Raises TooManyMembers."""
    most = work.organizations.own().tier.limits.members
    if most is None or not more:
        return
    work.access.changed()  # one after the other, or two would take the last place
    if work.members.at_work() + more > most:
        raise TooManyMembers(most)


def tell(work: InvitingWork, member: Member, *, now: datetime) -> None:
    """Who is invited, by letter, and the trail."""
    invitation = SendMemberLetter(purpose=Purpose.INVITATION, member_id=member.id)
    work.jobs.enqueue(invitation.job)
    work.facts.publish(
        [MemberInvited(member_id=member.id, role=member.role.value, occurred_at=now)]
    )


@attrs.frozen(kw_only=True)
class InviteAgain:
    """With a link of its own: the first may be lost, or too old."""

    actor: Actor
    member_id: MemberId
    once: Once[Member] | None = None


@attrs.frozen(kw_only=True)
class InviteAgainHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: InviteAgain, /) -> Member:
        def invite(work: PeopleWork) -> Member:
            member = work.members.get(command.member_id)
            if member.state is not MemberState.INVITED:
                raise MemberCannotBecome(member.state)
            tell(work, member, now=self.clock())
            return member

        return await self.unit_of_work(command.actor, invite, once=command.once)
