"""Redeem a ticket: whoever shows it acts as the key it was issued to, and nobody after them."""

import attrs

from application.identity.ports import Digest, IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.tickets import organization_on
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class RedeemTicket:
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Admission:
    """`key_digest` tells the key again later: a revoked one should not keep its sockets."""

    actor: Actor
    key_digest: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RedeemTicketHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock
    digest: Digest

    async def __call__(self, command: RedeemTicket, /) -> Admission:
        """Raises TicketRefused, or Unauthenticated if the key has been revoked meanwhile."""
        organization_id = organization_on(command.secret)
        digest, now = self.digest(command.secret), self.clock()

        def redeem(work: IdentityWork) -> Admission:
            api_key = work.api_keys.get(work.tickets.redeem(digest, now=now))
            actor = api_key.actor(api_key.digest, now=now)
            return Admission(actor=actor, key_digest=api_key.digest)

        return await self.unit_of_work(Actor.system(organization_id), redeem)
