"""Whom a link in a mail was sent to."""

import attrs

from application.identity.people_ports import PeopleViews, Recipient
from application.identity.ports import Digest
from application.kernel.ports import Clock
from domain.identity.mail_tokens import MailTokenRefused, Purpose, organization_of_mail_token
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId


@attrs.frozen(kw_only=True)
class ShownLink:
    """`actor` is whom it was sent to; `digest` finds it again, to be used up in the transaction
    that acts on it.
    """

    actor: Actor
    recipient: Recipient
    digest: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class MailLinks:
    views: PeopleViews
    digest: Digest
    clock: Clock

    async def read(self, secret: str, purpose: Purpose, *, origin: str | None = None) -> ShownLink:
        """Raises MailTokenRefused."""
        actor = Actor.system(organization_of_mail_token(secret))
        digest = self.digest(secret)
        token = await self.views.token_with(actor.organization_id, digest, purpose)
        if token is None or token.expires_at <= self.clock():
            raise MailTokenRefused
        recipient = await self.views.recipient(actor, token.member_id)
        if recipient is None:
            raise MailTokenRefused
        actor = attrs.evolve(actor, id=ActorId(token.member_id), origin=origin)
        return ShownLink(actor=actor, recipient=recipient, digest=digest)
