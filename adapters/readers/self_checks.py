"""The invariants that cost money when broken, checked by whoever serves.

PostgreSQL shows it one organization at a time, so a few have their turn each time it is asked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from adapters.readers.verification_checks import Check
from adapters.readers.verification_events import event_checks
from adapters.readers.verification_inventory import inventory_checks
from adapters.readers.verification_payments import payment_checks
from adapters.sql.database import NOBODY, Database
from application.identity.ports import IdentityViews
from application.kernel.ports import Clock
from application.kernel.standing import SelfChecks
from domain.kernel.identifiers import OrganizationId

AT_A_TIME = 50
CHECKED = frozenset(
    {
        "taken_is_claimed",
        "taken_within_limits",
        "transfers_belong_to_journals",
        "captured_money_is_in_the_books",
        "refunds_are_paid_in_the_books",
        "heads_are_last",
        "heads_are_linked",
    }
)


@attrs.define(kw_only=True, eq=False)
class SqlSelfChecks(SelfChecks):
    database: Database
    organizations: IdentityViews
    clock: Clock
    at_a_time: int = AT_A_TIME
    _found: dict[OrganizationId, Counter[str]] = attrs.field(factory=dict, init=False)
    _next: int = attrs.field(default=0, init=False)

    async def __call__(self) -> Mapping[str, int]:
        checks = _checks(self.clock())
        every = await self._whose()
        if self._next >= len(every):
            self._next = 0
        for organization_id in every[self._next : self._next + self.at_a_time]:
            self._found[organization_id] = await self._findings(checks, organization_id)
        self._next += self.at_a_time
        total: Counter[str] = sum((self._found.get(it, Counter()) for it in every), Counter())
        return {name: total[name] for name in CHECKED}

    async def _whose(self) -> Sequence[OrganizationId]:
        if self.database.engine.dialect.name != "postgresql":
            return [NOBODY]  # shows everything, whoever asks
        return [it.id for it in await self.organizations.organizations()]

    async def _findings(
        self, checks: Sequence[Check], organization_id: OrganizationId
    ) -> Counter[str]:
        found = Counter[str]()
        for check in checks:
            found[check.name] = len(await self.database.read(check, of=organization_id))
        return found


def _checks(now: datetime) -> Sequence[Check]:
    every = (*inventory_checks(), *payment_checks(now=now), *event_checks())
    return [check for check in every if check.name in CHECKED]
