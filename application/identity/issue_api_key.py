"""Issue an API key; its secret is in the answer and nowhere else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from application.identity.ports import Digest, IdentityWork, KeyWork
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from domain.identity.api_keys import HINT, ApiKey, Mode, TooManyApiKeys, draw, must_have
from domain.identity.events import ApiKeyCreated
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
    once: Once["IssuedApiKey"] | None = None


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
        """Raises ScopesBeyondOwn, or TooManyApiKeys for the tier of the organization."""
        now = self.clock()
        issued = issued_by(
            command,
            ApiKeyId(self.new_id()),
            secret=draw(command.mode, self.chance),
            digest=self.digest,
            now=now,
        )

        def issue(work: IdentityWork) -> IssuedApiKey:
            (kept,) = keep(work, [issued], now=now)
            return kept

        return await self.unit_of_work(command.actor, issue, once=command.once)


def issued_by(
    command: IssueApiKey, id: ApiKeyId, *, secret: str, digest: Digest, now: datetime
) -> IssuedApiKey:
    """Raises ScopesBeyondOwn."""
    must_have(command.actor, command.scopes)
    api_key = ApiKey(
        id=id,
        organization_id=command.actor.organization_id,
        name=command.name,
        hint=secret[:HINT],
        digest=digest(secret),
        scopes=command.scopes,
        created_at=now,
        expires_at=None if command.good_for is None else now + command.good_for,
    )
    return IssuedApiKey(api_key=api_key, secret=secret)


def keep(
    work: KeyWork, issued: Sequence[IssuedApiKey], *, now: datetime
) -> tuple[IssuedApiKey, ...]:
    """All of them, or raises TooManyApiKeys."""
    if not issued:
        return ()
    most = work.organizations.own().tier.limits.api_keys
    if most is not None:
        work.access.changed()  # one after the other, or two would take the last place
        if work.api_keys.in_use(now=now) + len(issued) > most:
            raise TooManyApiKeys(most)
    work.facts.publish([_created(one.api_key) for one in issued])
    return tuple(attrs.evolve(one, api_key=work.api_keys.save(one.api_key)) for one in issued)


def _created(api_key: ApiKey) -> ApiKeyCreated:
    return ApiKeyCreated(
        api_key_id=api_key.id,
        scopes=tuple(sorted(scope.value for scope in api_key.scopes)),
        expires_at=api_key.expires_at,
        occurred_at=api_key.created_at,
    )
