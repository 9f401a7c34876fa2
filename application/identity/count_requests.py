"""Count what is asked, by whoever asks and by their organization, and say what is left."""

from collections.abc import Callable, Sequence
from typing import Protocol

import attrs

from application.kernel.rate_limits import Bucket, RateLimiter
from application.kernel.refusals import RateLimited
from domain.identity.request_limits import Counted, RequestLimits
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import Quota, Verdict

Told = Callable[[Quota, Verdict], None]
"""Is told how each quota stands, also of the one that refuses."""


class Tiers(Protocol):
    async def __call__(self, organization_id: OrganizationId, /) -> Tier: ...


@attrs.frozen(kw_only=True)
class CountRequests:
    rates: RateLimiter
    tiers: Tiers
    limits: RequestLimits

    async def of_actor(self, actor: Actor, counted: Counted, *, told: Told) -> None:
        """Raises RateLimited, or what a limiter raises."""
        tier = await self.tiers(actor.organization_id)
        await self._take(
            [
                Bucket(
                    quota=self.limits.of(kind, tier),
                    subject=subject,
                    organization_id=actor.organization_id,
                )
                for kind, subject in (
                    (counted, actor.id.hex),
                    (Counted.ORGANIZATION, "all"),
                )
            ],
            told,
        )

    async def of_events(self, actor: Actor, number: int, *, told: Told) -> None:
        """All of them or none. Raises RateLimited, or what a limiter raises."""
        tier = await self.tiers(actor.organization_id)
        quota = self.limits.of(Counted.EVENT, tier)
        bucket = Bucket(quota=quota, subject="all", organization_id=actor.organization_id)
        verdict = await self.rates.take(bucket, units=number, least=number)
        told(quota, verdict)
        if not verdict.granted:
            raise RateLimited(verdict.reset, violated_policies=(quota.name,))

    async def of_address(self, address: str, counted: Counted, *, told: Told) -> None:
        """For those of whom nothing else is known. Raises RateLimited."""
        await self._take([Bucket(quota=self.limits.of(counted), subject=address)], told)

    async def _take(self, buckets: Sequence[Bucket], told: Told) -> None:
        verdicts = await self.rates.one_of_each(buckets)
        for bucket, verdict in zip(buckets, verdicts, strict=False):
            told(bucket.quota, verdict)
            if not verdict.granted:
                raise RateLimited(verdict.reset, violated_policies=(bucket.quota.name,))
