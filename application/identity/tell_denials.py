"""Tell the trail what was denied, in sums; due by the clock."""

import attrs

from application.identity.denial_ports import DenialViews, DenialWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.rate_limits import PUBLIC
from domain.identity.denials import Denial
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class TellDenials:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class TellDenialsHandler:
    unit_of_work: UnitOfWork[DenialWork]
    views: DenialViews
    clock: Clock

    async def __call__(self, command: TellDenials, /) -> int:
        """How many sums were due; if that is the limit, there may be more."""
        now = self.clock()
        due = await self.views.due(command.actor, now=now, limit=command.limit)
        for denial in due:
            await self._tell(denial)
        return len(due)

    async def _tell(self, denial: Denial) -> None:
        def tell(work: DenialWork) -> None:
            summed = work.denials.take(denial)
            # There is no trail of organizations that do not exist.
            if summed is not None and denial.organization_id != PUBLIC:
                work.facts.publish([summed.told(now=self.clock())])

        await self.unit_of_work(denial.actor, tell)
