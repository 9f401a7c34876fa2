"""Say who is asking, from the secret they show."""

import attrs

from application.identity.ports import Digest, IdentityViews
from application.kernel.ports import Clock
from domain.identity.api_keys import Unauthenticated, looks_right
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class Authenticate:
    views: IdentityViews
    digest: Digest
    clock: Clock

    async def __call__(self, secret: str, /) -> Actor:
        """Raises Unauthenticated."""
        if not looks_right(secret):
            raise Unauthenticated
        api_key = await self.views.key_with(self.digest(secret))
        if api_key is None:
            raise Unauthenticated
        return api_key.actor(now=self.clock())
