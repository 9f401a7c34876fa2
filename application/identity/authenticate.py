"""Say who is asking, from the secret they show."""

import attrs

from application.identity.ports import Digest, KeyViews
from application.identity.uses import Uses
from application.kernel.ports import Clock
from domain.identity.api_keys import Unauthenticated, looks_right
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class Authenticate:
    views: KeyViews
    digest: Digest
    clock: Clock
    uses: Uses

    async def __call__(self, secret: str, /) -> Actor:
        """Raises Unauthenticated."""
        if not looks_right(secret):
            raise Unauthenticated
        digest, now = self.digest(secret), self.clock()
        api_key = await self.views.key_with(digest)
        if api_key is None:
            raise Unauthenticated
        actor = api_key.actor(digest, now=now)
        self.uses.note(api_key, at=now)
        return actor
