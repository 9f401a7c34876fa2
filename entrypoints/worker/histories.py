"""What came of things long done is forgotten, for each organization when it says so, at the latest
when its tier does, and archived before where it says so."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import attrs

from application.identity.ports import IdentityViews
from application.kernel.ports import Clock
from application.kernel.retention import Forgetting, HistoryRetention
from application.kernel.settings import BusinessSettings
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor
from domain.kernel.histories import History
from entrypoints.worker.guard import Guard
from entrypoints.worker.rota import BATCH, in_batches


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

    async def _of(self, organization: Organization) -> int:
        actor, now = Actor.system(organization.id), self.clock()
        values, forgotten = await self.settings.of(actor), 0
        for history in History:
            days = organization.tier.limits.days_kept(values[history.days_setting])
            forgetting = Forgetting(
                before=now - timedelta(days=days),
                archived_at=now if _is_archived(history, values) else None,
            )
            forget = partial(self.retention.forget, actor, history, forgetting, limit=BATCH)
            forgotten += await in_batches(forget)
        made_before = now - timedelta(days=values["histories.archive_days"])
        old_archives = partial(
            self.retention.forget_archives, actor, before=made_before, limit=BATCH
        )
        return forgotten + await in_batches(old_archives)


def _is_archived(history: History, values: Mapping[str, Any]) -> bool:
    return history.archived_setting is not None and bool(values[history.archived_setting])
