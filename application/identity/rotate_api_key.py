"""Give an API key another secret, while the one before it still works for a while."""

from datetime import timedelta

import attrs

from application.identity.issue_api_key import IssuedApiKey
from application.identity.ports import Digest, IdentityWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.api_keys import HINT, draw
from domain.identity.events import ApiKeyRotated
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ApiKeyId


@attrs.frozen(kw_only=True)
class RotateApiKey:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    api_key_id: ApiKeyId
    overlap: timedelta
    version: int | None
    once: Once[IssuedApiKey] | None = None


@attrs.frozen(kw_only=True)
class RotateApiKeyHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock
    chance: Chance
    digest: Digest

    async def __call__(self, command: RotateApiKey, /) -> IssuedApiKey:
        """Raises ApiKeyEnded or ScopesBeyondOwn."""

        def rotate(work: IdentityWork) -> IssuedApiKey:
            api_key = work.api_keys.get(command.api_key_id)
            require_version(api_key.version, command.version)
            secret = draw(api_key.mode, self.chance)
            rotated = api_key.rotate(
                self.digest(secret),
                secret[:HINT],
                overlap=command.overlap,
                by=command.actor,
                now=self.clock(),
            )
            work.access.changed()
            work.facts.publish(
                [
                    ApiKeyRotated(
                        api_key_id=rotated.id,
                        former_until=rotated.former_until,
                        occurred_at=self.clock(),
                    )
                ]
            )
            return IssuedApiKey(api_key=work.api_keys.save(rotated), secret=secret)

        return await self.unit_of_work(command.actor, rotate, once=command.once)
