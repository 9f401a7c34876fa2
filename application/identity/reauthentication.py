"""Show one's password once more: before it is changed, and before what is sensitive."""

import attrs

from application.identity.people_ports import PasswordHasher, PeopleViews, PeopleWork, TryCounts
from application.identity.renewed_sessions import RenewedSession, SessionRenewal
from application.identity.second_factor_codes import SecondFactorCodes
from application.kernel.ports import UnitOfWork
from domain.identity.members import Member
from domain.identity.passwords import composed
from domain.identity.second_factors import SecondFactorNeeded
from domain.identity.sessions import WrongPassword
from domain.identity.tries import Attempt, TryLimits
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId, SessionId


@attrs.frozen(kw_only=True)
class Reauthentication:
    """Counted as tries to sign in are: a stolen session is no way to guess the password."""

    views: PeopleViews
    hasher: PasswordHasher
    tries: TryCounts
    try_limits: TryLimits

    async def __call__(self, actor: Actor, password: str, *, address: str) -> Member:
        """Raises WrongPassword or RateLimited."""
        member = await self.views.member(actor, MemberId(actor.id))
        counted = self.try_limits.of(Attempt.CONFIRM, who=str(member.id), address=address)
        await self.tries.take(counted)
        if not await self.hasher.matches(composed(password), member.password_hash):
            raise WrongPassword
        await self.tries.give_back(counted)
        return member


@attrs.frozen(kw_only=True)
class ConfirmSession:
    actor: Actor
    session_id: SessionId
    password: str = attrs.field(repr=False)
    code: str | None = attrs.field(default=None, repr=False)
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ConfirmSessionHandler:
    """Of whoever signs in with two factors, both are shown again."""

    unit_of_work: UnitOfWork[PeopleWork]
    reauthentication: Reauthentication
    codes: SecondFactorCodes
    renewal: SessionRenewal

    async def __call__(self, command: ConfirmSession, /) -> RenewedSession:
        """Raises WrongPassword, SecondFactorNeeded, WrongCode or RateLimited."""
        shown = await self.reauthentication(
            command.actor, command.password, address=command.address
        )
        if shown.has_second_factor:
            if command.code is None:
                raise SecondFactorNeeded
            await self.codes.count(shown.id)

        def confirm(work: PeopleWork) -> RenewedSession:
            member = work.members.get(shown.id)
            if member.password_hash != shown.password_hash:
                raise WrongPassword  # it has changed since it was shown
            if member.has_second_factor:
                self._use(work, member, command.code)
            secret = self.renewal(work, command.session_id, member.organization_id)
            return RenewedSession(member=member, secret=secret)

        renewed = await self.unit_of_work(command.actor, confirm)
        if shown.has_second_factor:
            await self.codes.give_back(shown.id)
        return renewed

    def _use(self, work: PeopleWork, member: Member, code: str | None) -> None:
        if code is None:
            raise SecondFactorNeeded
        self.codes.use(work, member.id, code)
