"""Revoke an API key, for good."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.api_keys import ApiKey
from domain.identity.events import ApiKeyRevoked
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId


@attrs.frozen(kw_only=True)
class RevokeApiKey:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    api_key_id: ApiKeyId
    version: int | None = None
    once: Once[ApiKey] | None = None


@attrs.frozen(kw_only=True)
class RevokeApiKeyHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: RevokeApiKey, /) -> ApiKey:
        """Doing it twice changes nothing: the first moment stays."""

        def revoke(work: IdentityWork) -> ApiKey:
            api_key = work.api_keys.get(command.api_key_id)
            require_version(api_key.version, command.version)
            revoked = api_key.revoke(now=self.clock())
            if revoked is api_key:
                return api_key
            work.access.changed()
            work.facts.publish([ApiKeyRevoked(api_key_id=api_key.id, occurred_at=self.clock())])
            return work.api_keys.save(revoked)

        return await self.unit_of_work(command.actor, revoke, once=command.once)
