"""What is remembered of somebody's access is good for as long as nothing about it was changed.

A process asks for the version of an organization's access at most once in the length of a lease,
however many requests there are, and goes by the answer until the lease runs out. Whoever changes
access waits, after the commit and before the answer, for as long as a lease lasts: by then every
process has asked again, or will before it lets anybody in. No process has to know the others.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import attrs

from adapters.cache.shared_questions import SharedQuestions
from application.identity.ports import Settle
from domain.kernel.identifiers import OrganizationId

Ask = Callable[[OrganizationId], Awaitable[int]]

MARGIN = 1.1  # clocks of several hosts do not run equally fast


@attrs.frozen
class Lease:
    version: int
    until: float


@attrs.frozen(kw_only=True, eq=False)
class AccessLeases:
    """`seconds` is a clock that only goes forward. Every process must have the same `length`."""

    ask: Ask
    seconds: Callable[[], float]
    length: timedelta
    _leases: dict[OrganizationId, Lease] = attrs.field(factory=dict, init=False)
    _questions: SharedQuestions[OrganizationId, Lease] = attrs.field(init=False)

    @_questions.default
    def _shared(self) -> SharedQuestions[OrganizationId, Lease]:
        return SharedQuestions(
            ask=self._lease, seconds=self.seconds, young=self.length.total_seconds()
        )

    async def version(self, organization_id: OrganizationId) -> int:
        """No change of access that was acknowledged before now is missing in it."""
        lease = self._leases.get(organization_id)
        if lease is None or self.seconds() >= lease.until:
            lease = await self._questions(organization_id)
        return lease.version

    async def _lease(self, organization_id: OrganizationId) -> Lease:
        # It runs from before the question: what is committed after it may be missing.
        until = self.seconds() + self.length.total_seconds()
        lease = Lease(await self.ask(organization_id), until)
        self._leases[organization_id] = lease
        return lease


@attrs.frozen
class SettleAfter(Settle):
    """Outlasts all leases that were begun before."""

    length: timedelta

    async def __call__(self) -> None:
        await asyncio.sleep(self.length.total_seconds() * MARGIN)
