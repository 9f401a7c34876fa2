"""Denials counted in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.identity.denial_ports import CountedDenials, DenialCounts, DenialViews
from application.kernel.ports import Clock
from domain.identity.denials import SUMMED_FOR, Denial, Denials
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class MemoryDenials(DenialCounts, DenialViews, CountedDenials):
    clock: Clock
    sums: dict[tuple[object, ...], Denials] = attrs.field(factory=dict)

    async def note(self, denial: Denial) -> None:
        key = denial.organization_id, denial.subject, denial.what
        before = self.sums.get(key)
        self.sums[key] = Denials(
            denial=denial,
            since=before.since if before else self.clock(),
            number=before.number + 1 if before else 1,
        )

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        return list({one.denial.organization_id for one in self._due(now)})

    async def due(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[Denial]:
        ours = [one.denial for one in self._due(now)]
        return [one for one in ours if one.organization_id == actor.organization_id][:limit]

    def take(self, denial: Denial) -> Denials | None:
        return self.sums.pop((denial.organization_id, denial.subject, denial.what), None)

    def _due(self, now: datetime) -> Sequence[Denials]:
        return [one for one in self.sums.values() if one.since <= now - SUMMED_FOR]
