"""Accept an invitation, with a password of one's own."""

import attrs

from application.identity.mail_links import MailLinks
from application.identity.new_passwords import NewPasswords
from application.identity.people_ports import PeopleWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.events import MemberJoined
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member


@attrs.frozen(kw_only=True)
class AcceptInvitation:
    token: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)
    origin: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class AcceptInvitationHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    links: MailLinks
    new_passwords: NewPasswords
    clock: Clock

    async def __call__(self, command: AcceptInvitation, /) -> Member:
        """Raises MailTokenRefused, SlugTaken, or what is wrong with the password."""
        shown = await self.links.read(command.token, Purpose.INVITATION, origin=command.origin)
        hashed = await self.new_passwords.hashed(command.password, chosen_by=shown.recipient)

        def accept(work: PeopleWork) -> Member:
            now = self.clock()
            token = work.mail_tokens.redeem(shown.digest, Purpose.INVITATION, now=now)
            member = work.members.get(token.member_id).join(hashed, now=now)
            joined = MemberJoined(member_id=member.id, role=member.role.value, occurred_at=now)
            work.facts.publish([joined])
            organization = work.organizations.own()
            if organization.wanted_slug is not None:
                work.organizations.save(organization.proved())
            return work.members.save(member)

        return await self.unit_of_work(shown.actor, accept)
