"""Revoke an API key, for good."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.identity.api_keys import ApiKey
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId


@attrs.frozen(kw_only=True)
class RevokeApiKey:
    actor: Actor
    api_key_id: ApiKeyId


@attrs.frozen(kw_only=True)
class RevokeApiKeyHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: RevokeApiKey, /) -> ApiKey:
        """Doing it twice changes nothing: the first moment stays."""

        def revoke(work: IdentityWork) -> ApiKey:
            api_key = work.api_keys.get(command.api_key_id)
            if api_key.revoked_at is not None:
                return api_key
            revoked = attrs.evolve(api_key, revoked_at=self.clock())
            work.api_keys.revoke(revoked)
            return revoked

        return await self.unit_of_work(command.actor, revoke)
