"""What members change about themselves: their password, their name, their address."""

import attrs

from application.identity.mail_links import MailLinks
from application.identity.new_passwords import NewPasswords, must_still_be_long_enough
from application.identity.people_ports import PeopleViews, PeopleWork
from application.identity.reauthentication import Reauthentication
from application.identity.renewed_sessions import RenewedSession, SessionRenewal
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.events import PasswordChanged
from domain.identity.mail_tokens import MailTokenRefused, Purpose
from domain.identity.members import EmailTaken, Member, MemberNotFound
from domain.identity.sessions import WrongPassword
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, SessionId


@attrs.frozen(kw_only=True)
class ChangePassword:
    """`session_id` is the one that goes on, under another secret; all others end."""

    actor: Actor
    session_id: SessionId
    current: str = attrs.field(repr=False)
    password: str = attrs.field(repr=False)
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ChangePasswordHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    views: PeopleViews
    reauthentication: Reauthentication
    new_passwords: NewPasswords
    renewal: SessionRenewal
    clock: Clock

    async def __call__(self, command: ChangePassword, /) -> RenewedSession:
        """Raises WrongPassword, RateLimited, or what is wrong with the new password."""
        shown = await self.reauthentication(
            command.actor, command.current, address=command.address
        )
        recipient = await self.views.recipient(command.actor, shown.id)
        if recipient is None:
            raise MemberNotFound(shown.id)
        hashed = await self.new_passwords.hashed(command.password, chosen_by=recipient)

        def change(work: PeopleWork) -> RenewedSession:
            member = work.members.get(shown.id)
            if member.password_hash != shown.password_hash:
                raise WrongPassword  # it has changed since it was shown
            must_still_be_long_enough(member, as_it_was_chosen=recipient.member)
            work.sessions.end_all(member.id, but=command.session_id)
            secret = self.renewal(work, command.session_id, member.organization_id)
            work.facts.publish([PasswordChanged(member_id=member.id, occurred_at=self.clock())])
            changed = work.members.save(member.with_password(hashed))
            return RenewedSession(member=changed, secret=secret)

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class ChangeName:
    actor: Actor
    name: str = attrs.field(repr=False)
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeNameHandler:
    unit_of_work: UnitOfWork[PeopleWork]

    async def __call__(self, command: ChangeName, /) -> Member:
        """Raises BadMemberName."""

        def change(work: PeopleWork) -> Member:
            member = work.members.get(MemberId(command.actor.id))
            require_version(member.version, command.version)
            changed = attrs.evolve(member, name=command.name)
            changed.demand()
            return work.members.save(changed)

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class AskForEmail:
    actor: Actor
    email: str = attrs.field(repr=False)
    once: Once[Member] | None = None


@attrs.frozen(kw_only=True)
class AskForEmailHandler:
    unit_of_work: UnitOfWork[PeopleWork]

    async def __call__(self, command: AskForEmail, /) -> Member:
        """Until the link sent there is followed, the old address counts. Raises BadMemberEmail."""

        def ask(work: PeopleWork) -> Member:
            member = work.members.get(MemberId(command.actor.id)).about_to_move(command.email)
            letter = SendMemberLetter(purpose=Purpose.EMAIL, member_id=member.id)
            work.jobs.enqueue(letter.job)
            return work.members.save(member)

        return await self.unit_of_work(command.actor, ask, once=command.once)


@attrs.frozen(kw_only=True)
class ConfirmEmail:
    token: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ConfirmEmailHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    links: MailLinks
    clock: Clock

    async def __call__(self, command: ConfirmEmail, /) -> Member:
        """Raises MailTokenRefused, or EmailTaken."""
        shown = await self.links.read(command.token, Purpose.EMAIL)

        def confirm(work: PeopleWork) -> Member:
            now = self.clock()
            token = work.mail_tokens.redeem(shown.digest, Purpose.EMAIL, now=now)
            member = work.members.get(token.member_id)
            if member.new_email != token.email:
                raise MailTokenRefused  # another address has been asked for since
            if work.members.has_email(token.email):
                raise EmailTaken
            return work.members.save(member.move(now=now))

        return await self.unit_of_work(shown.actor, confirm)
