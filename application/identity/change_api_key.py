"""Change what an API key is called, and what it may do."""

import attrs

from application.identity.ports import IdentityWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.api_keys import ApiKey
from domain.identity.events import ApiKeyChanged
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId


@attrs.frozen(kw_only=True)
class ChangeApiKey:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    api_key_id: ApiKeyId
    name: str
    scopes: frozenset[Permission]
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeApiKeyHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: ChangeApiKey, /) -> ApiKey:
        """Raises ScopesBeyondOwn."""

        def change(work: IdentityWork) -> ApiKey:
            api_key = work.api_keys.get(command.api_key_id)
            require_version(api_key.version, command.version)
            changed = api_key.change(name=command.name, scopes=command.scopes, by=command.actor)
            work.access.changed()
            work.facts.publish(
                [
                    ApiKeyChanged(
                        api_key_id=api_key.id,
                        before=_words(api_key),
                        after=_words(changed),
                        occurred_at=self.clock(),
                    )
                ]
            )
            return work.api_keys.save(changed)

        return await self.unit_of_work(command.actor, change)


def _words(api_key: ApiKey) -> tuple[str, ...]:
    return tuple(sorted(scope.value for scope in api_key.scopes))
