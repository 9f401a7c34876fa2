"""Show one's password once more: before it is changed, and before what is sensitive."""

import attrs

from application.identity.people_ports import PasswordHasher, PeopleViews, PeopleWork, TryCounts
from application.identity.renewed_sessions import RenewedSession, SessionRenewal
from application.kernel.ports import UnitOfWork
from domain.identity.members import Member
from domain.identity.passwords import composed
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
    address: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ConfirmSessionHandler:
    unit_of_work: UnitOfWork[PeopleWork]
    reauthentication: Reauthentication
    renewal: SessionRenewal

    async def __call__(self, command: ConfirmSession, /) -> RenewedSession:
        """Raises WrongPassword or RateLimited."""
        member = await self.reauthentication(
            command.actor, command.password, address=command.address
        )
        secret = await self.unit_of_work(
            command.actor,
            lambda work: self.renewal(work, command.session_id, member.organization_id),
        )
        return RenewedSession(member=member, secret=secret)
