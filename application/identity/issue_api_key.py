"""Issue an API key; its secret is in the answer and nowhere else."""

from datetime import timedelta

import attrs

from application.identity.ports import Digest, IdentityWork
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.identity.api_keys import HINT, ApiKey, Mode, draw
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId


@attrs.frozen(kw_only=True)
class IssueApiKey:
    """`good_for` None stands for a key that does not expire."""

    actor: Actor
    name: str
    mode: Mode
    scopes: frozenset[Permission]
    good_for: timedelta | None = None


@attrs.frozen(kw_only=True)
class IssuedApiKey:
    api_key: ApiKey
    secret: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class IssueApiKeyHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    digest: Digest

    async def __call__(self, command: IssueApiKey, /) -> IssuedApiKey:
        now, secret = self.clock(), draw(command.mode, self.chance)
        api_key = ApiKey(
            id=ApiKeyId(self.new_id()),
            organization_id=command.actor.organization_id,
            name=command.name,
            hint=secret[:HINT],
            digest=self.digest(secret),
            scopes=command.scopes,
            created_at=now,
            expires_at=None if command.good_for is None else now + command.good_for,
        )
        await self.unit_of_work(command.actor, lambda work: work.api_keys.add(api_key))
        return IssuedApiKey(api_key=api_key, secret=secret)
