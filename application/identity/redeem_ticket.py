"""Redeem a ticket: whoever shows it acts as who asked for it, and nobody after them."""

import attrs

from application.identity.admit_session import AdmitSession
from application.identity.ports import Digest, IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.tickets import ApiKeyHolder, organization_on
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, SessionId


@attrs.frozen(kw_only=True)
class RedeemTicket:
    secret: str = attrs.field(repr=False)


@attrs.frozen
class KeyOfSocket:
    digest: bytes = attrs.field(repr=False)


@attrs.frozen
class SessionOfSocket:
    organization_id: OrganizationId
    session_id: SessionId


@attrs.frozen(kw_only=True)
class Admission:
    """`by` tells the key or session again later: what has ended should not keep its sockets."""

    actor: Actor
    by: KeyOfSocket | SessionOfSocket


@attrs.frozen(kw_only=True)
class RedeemTicketHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    admit_session: AdmitSession
    clock: Clock
    digest: Digest

    async def __call__(self, command: RedeemTicket, /) -> Admission:
        """Raises TicketRefused, or Unauthenticated if the key or session has ended meanwhile."""
        organization_id = organization_on(command.secret)
        digest, now = self.digest(command.secret), self.clock()

        def redeem(work: IdentityWork) -> Admission | SessionOfSocket:
            holder = work.tickets.redeem(digest, now=now)
            if not isinstance(holder, ApiKeyHolder):
                return SessionOfSocket(organization_id, holder.session_id)
            api_key = work.api_keys.get(holder.api_key_id)
            actor = api_key.actor(api_key.digest, now=now)
            return Admission(actor=actor, by=KeyOfSocket(api_key.digest))

        redeemed = await self.unit_of_work(Actor.system(organization_id), redeem)
        if isinstance(redeemed, Admission):
            return redeemed
        actor = await self.admit_session(organization_id, redeemed.session_id)
        return Admission(actor=actor, by=redeemed)
