"""Issue a ticket for a socket; its secret is in the answer and nowhere else."""

from datetime import datetime

import attrs

from application.identity.ports import Digest, IdentityWork
from application.kernel.ports import Chance, Clock, UnitOfWork
from domain.identity.tickets import GOOD_FOR, ApiKeyHolder, SessionHolder, Ticket, draw_ticket
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId, SessionId


@attrs.frozen(kw_only=True)
class IssueTicket:
    """`session_id` is that of a member; without one it is a key that asks."""

    actor: Actor
    session_id: SessionId | None = None

    @property
    def holder(self) -> ApiKeyHolder | SessionHolder:
        if self.session_id is None:
            return ApiKeyHolder(ApiKeyId(self.actor.id))
        return SessionHolder(self.session_id)


@attrs.frozen(kw_only=True)
class IssuedTicket:
    secret: str = attrs.field(repr=False)
    expires_at: datetime


@attrs.frozen(kw_only=True)
class IssueTicketHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, command: IssueTicket, /) -> IssuedTicket:
        now, secret = self.clock(), draw_ticket(command.actor.organization_id, self.chance)
        ticket = Ticket(
            digest=self.digest(secret),
            holder=command.holder,
            expires_at=now + GOOD_FOR,
        )

        def issue(work: IdentityWork) -> None:
            work.tickets.forget_expired(now=now)
            work.tickets.add(ticket)

        await self.unit_of_work(command.actor, issue)
        return IssuedTicket(secret=secret, expires_at=ticket.expires_at)
