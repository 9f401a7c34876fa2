"""What came of things long done is forgotten, for each organization when it says so, at the latest
when its tier does."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import attrs

from application.identity.ports import IdentityViews
from application.kernel.ports import Clock
from application.kernel.retention import HistoryRetention
from application.kernel.settings import BusinessSettings
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor
from entrypoints.worker.guard import Guard

BATCH = 1000


class Forget(Protocol):
    def __call__(self, actor: Actor, *, before: datetime, limit: int) -> Awaitable[int]: ...


@attrs.frozen(kw_only=True)
class HistoriesAreForgotten:
    organizations: IdentityViews
    settings: BusinessSettings
    retention: HistoryRetention
    clock: Clock
    guard: Guard

    async def __call__(self) -> int:
        """How much was forgotten."""
        forgotten = 0
        for organization in await self.organizations.organizations():
            work = partial(self._of, organization)
            forgotten += await self.guard(
                "forget histories", work, organization_id=organization.id
            )
        return forgotten

    @property
    def _kinds(self) -> Sequence[tuple[str, Forget]]:
        """What is forgotten, by the setting that says when."""
        return (
            ("histories.source_days", self.retention.forget_attempts),
            ("histories.report_days", self.retention.forget_report_runs),
            ("histories.run_days", self.retention.forget_run_notes),
            ("histories.run_days", self.retention.forget_runs),
            ("histories.run_days", self.retention.forget_import_refusals),
            ("histories.event_days", self.retention.forget_posted_events),
        )

    async def _of(self, organization: Organization) -> int:
        actor, limits = Actor.system(organization.id), organization.tier.limits
        values, forgotten = await self.settings.of(actor), 0
        for key, forget in self._kinds:
            before = self.clock() - timedelta(days=limits.days_kept(values[key]))
            forgotten += await _in_batches(partial(forget, actor, before=before, limit=BATCH))
        return forgotten


async def _in_batches(work: Callable[[], Awaitable[int]]) -> int:
    total = done = await work()
    while done == BATCH:
        done = await work()
        total += done
    return total
