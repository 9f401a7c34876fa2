"""Every night, the day before is compared with what the provider says of it."""

from datetime import datetime, timedelta

import attrs

from application.kernel.ports import Clock, UseCase
from application.payments.reconcile import Reconcile
from domain.kernel.actors import Actor
from domain.payments.reconciliation import Reconciliation


@attrs.frozen(kw_only=True)
class ReconcileYesterday:
    actor: Actor


@attrs.frozen(kw_only=True)
class ReconcileYesterdayHandler:
    reconcile: UseCase[Reconcile, Reconciliation]
    clock: Clock

    async def __call__(self, command: ReconcileYesterday, /) -> int:
        """How much is listed for somebody to look into."""
        until = midnight_before(self.clock())
        since = until - timedelta(days=1)
        made = await self.reconcile(Reconcile(actor=command.actor, since=since, until=until))
        return len(made.findings)


def midnight_before(now: datetime) -> datetime:
    """In UTC, as providers count days."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
