"""A new password for who forgot theirs: asked for, and set by the link in the letter."""

import attrs

from application.identity.mail_links import MailLinks
from application.identity.new_passwords import NewPasswords, must_still_be_long_enough
from application.identity.people_ports import PeopleViews, PeopleWork, TryCounts
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.rate_limits import PUBLIC
from domain.identity.events import PasswordReset
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member
from domain.identity.tries import Attempt, TryLimits
from domain.kernel.actors import Actor
from domain.kernel.addresses import address


@attrs.frozen(kw_only=True)
class AskForReset:
    organization: str
    email: str = attrs.field(converter=address, repr=False)
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class AskForResetHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    tries: TryCounts
    try_limits: TryLimits

    async def __call__(self, command: AskForReset, /) -> None:
        """Does the same for a member, for nobody, and where there is no such organization, but
        for the letter. Raises RateLimited.
        """
        who = f"{command.organization} {command.email}"
        await self.tries.take(self.try_limits.of(Attempt.RESET, who=who, address=command.address))
        # Nobody is a member of what does not exist, and the job finds nobody to write to.
        organization_id = await self.views.organization_called(command.organization) or PUBLIC
        member = await self.views.member_with(organization_id, command.email)
        letter = SendMemberLetter(
            purpose=Purpose.RESET, member_id=None if member is None else member.id
        )
        await self.unit_of_work(
            Actor.system(organization_id), lambda work: work.jobs.enqueue(letter.job)
        )


@attrs.frozen(kw_only=True)
class ResetPassword:
    token: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)
    origin: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class ResetPasswordHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    links: MailLinks
    new_passwords: NewPasswords
    clock: Clock

    async def __call__(self, command: ResetPassword, /) -> Member:
        """Ends all sessions. Raises MailTokenRefused, or what is wrong with the password."""
        shown = await self.links.read(command.token, Purpose.RESET, origin=command.origin)
        hashed = await self.new_passwords.hashed(command.password, chosen_by=shown.recipient)

        def reset(work: PeopleWork) -> Member:
            now = self.clock()
            token = work.mail_tokens.redeem(shown.digest, Purpose.RESET, now=now)
            known = work.members.get(token.member_id)
            must_still_be_long_enough(known, as_it_was_chosen=shown.recipient.member)
            member = known.with_password(hashed)
            work.sessions.end_all(member.id)
            work.facts.publish([PasswordReset(member_id=member.id, occurred_at=now)])
            return work.members.save(member)

        return await self.unit_of_work(shown.actor, reset)
