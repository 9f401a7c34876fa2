"""Invite an owner on behalf of whoever operates the program, who hands over the link."""

from datetime import datetime

import attrs

from application.identity.people_ports import PeopleViews, PeopleWork
from application.identity.ports import Digest
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.identity.events import MemberInvited
from domain.identity.mail_tokens import MailToken, Purpose, draw_mail_token
from domain.identity.members import EmailTaken, Member, MemberState
from domain.identity.organizations import Organization
from domain.identity.roles import Role
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId


@attrs.frozen(kw_only=True)
class InviteOwner:
    organization: Organization
    email: str = attrs.field(repr=False)
    name: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class InvitedOwner:
    """With the secret they choose a password; nothing else knows it."""

    member: Member
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class InviteOwnerHandler:
    """Whoever can run the program on its machine has no need to prove an address."""

    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    clock: Clock
    new_id: NewId
    chance: Chance
    digest: Digest

    async def __call__(self, command: InviteOwner, /) -> InvitedOwner:
        """Again for somebody who did not come, with another link.

        Raises EmailTaken, BadMemberEmail or BadMemberName.
        """
        organization, now = command.organization, self.clock()
        invited = self._invited(command, now=now)
        known = await self.views.member_with(organization.id, invited.email)
        if known is not None and known.role is Role.OWNER and known.state is MemberState.INVITED:
            invited = known
        secret = draw_mail_token(organization.id, self.chance)
        token = MailToken(
            digest=self.digest(secret),
            member_id=invited.id,
            purpose=Purpose.INVITATION,
            email=invited.email,
            expires_at=now + Purpose.INVITATION.good_for,
        )

        def invite(work: PeopleWork) -> InvitedOwner:
            if invited is not known and work.members.has_email(invited.email):
                raise EmailTaken
            member = invited if invited is known else work.members.save(invited)
            work.mail_tokens.add(token)
            work.facts.publish(
                [MemberInvited(member_id=invited.id, role=invited.role.value, occurred_at=now)]
            )
            return InvitedOwner(member=member, secret=secret)

        return await self.unit_of_work(Actor.system(organization.id), invite)

    def _invited(self, command: InviteOwner, *, now: datetime) -> Member:
        member = Member(
            id=MemberId(self.new_id()),
            organization_id=command.organization.id,
            email=command.email,
            name=command.name,
            role=Role.OWNER,
            created_at=now,
        )
        member.demand()
        return member
