"""The port of whoever counts what is asked."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import attrs

from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import Quota, Verdict

# Of those who are not known to belong anywhere; no organization has it.
PUBLIC = OrganizationId(UUID(int=1))


@attrs.frozen(kw_only=True)
class Bucket:
    """Whose share of a quota it is."""

    quota: Quota
    subject: str
    organization_id: OrganizationId = PUBLIC

    @property
    def name(self) -> str:
        return f"{self.quota.name}:{self.subject}"


class RateLimiter(Protocol):
    """Counts for all processes together, or says so where it does not."""

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        """Takes up to `units`, and none if there are not the `least`; the verdict says how many.

        However many ask at the same time, nobody is granted what is not there. Raises
        Unavailable or Busy.
        """
        ...

    async def one_of_each(self, buckets: Sequence[Bucket]) -> Sequence[Verdict]:
        """As far as the first that has none: the verdicts up to that one. Raises as `take` does.

        Whoever has to go somewhere for it, goes once.
        """
        verdicts: list[Verdict] = []
        for bucket in buckets:
            verdicts.append(await self.take(bucket))
            if not verdicts[-1].granted:
                break
        return verdicts
