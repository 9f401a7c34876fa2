"""Remove a second factor: one's own by a code of it, somebody else's with their password."""

import attrs

from application.identity.change_member import MemberStep, seen
from application.identity.people_ports import PeopleWork
from application.identity.reauthentication import Reauthentication
from application.identity.second_factor_codes import SecondFactorCodes
from application.identity.send_member_letter import SendMemberLetter
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.events import SecondFactorRemoved, SecondFactorReset
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member
from domain.identity.passwords import SHORTEST_ALONE, composed
from domain.identity.second_factors import OwnSecondFactor, PasswordNeedsSecondFactor
from domain.identity.sessions import WrongPassword
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SessionId


@attrs.frozen(kw_only=True)
class RemoveSecondFactor:
    """`session_id` is the one that goes on; all others end."""

    actor: Actor
    session_id: SessionId
    password: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RemoveSecondFactorHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    reauthentication: Reauthentication
    codes: SecondFactorCodes
    clock: Clock

    async def __call__(self, command: RemoveSecondFactor, /) -> Member:
        """Raises WrongPassword, WrongCode, NoSecondFactor, PasswordNeedsSecondFactor or
        RateLimited.
        """
        shown = await self.reauthentication(
            command.actor, command.password, address=command.address
        )
        shown.must_have_second_factor()
        if len(composed(command.password)) < SHORTEST_ALONE:
            raise PasswordNeedsSecondFactor(SHORTEST_ALONE)
        await self.codes.count(shown.id)

        def remove(work: PeopleWork) -> Member:
            member = work.members.get(shown.id)
            if member.password_hash != shown.password_hash:
                raise WrongPassword  # it has changed since it was shown
            self.codes.use(work, member.id, command.code)
            work.second_factors.remove(member.id)
            work.sessions.end_all(member.id, but=command.session_id)
            removed = SecondFactorRemoved(member_id=member.id, occurred_at=self.clock())
            work.facts.publish([removed])
            return work.members.save(member.without_second_factor())

        member = await self.unit_of_work(command.actor, remove)
        await self.codes.give_back(member.id)
        return member


@attrs.frozen(kw_only=True)
class ResetSecondFactor(MemberStep):
    """Of somebody who has lost it. Their password may be too short alone, so it goes as well."""


@attrs.frozen(kw_only=True)
class ResetSecondFactorHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    clock: Clock

    async def __call__(self, command: ResetSecondFactor, /) -> Member:
        """They are written to for a new password. Raises NoSecondFactor or OwnSecondFactor."""
        if command.member_id == command.actor.id:
            raise OwnSecondFactor

        def reset(work: PeopleWork) -> Member:
            member = seen(work, command).without_second_factor().without_password()
            work.second_factors.remove(member.id)
            work.sessions.end_all(member.id)
            work.jobs.enqueue(SendMemberLetter(purpose=Purpose.RESET, member_id=member.id).job)
            work.facts.publish([SecondFactorReset(member_id=member.id, occurred_at=self.clock())])
            return work.members.save(member)

        return await self.unit_of_work(command.actor, reset, once=command.once)
