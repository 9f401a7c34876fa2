"""A payment provider that speaks when it likes: late, twice, in another order, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import attrs

from application.payments.gateway import (
    Notifications,
    PageOfChanges,
    PageOfEvents,
    PaymentGateway,
    PaymentGateways,
    ProviderUnavailable,
)
from domain.kernel.identifiers import OrganizationId
from domain.payments.provider import Subject
from tests.fakes.gateway import FakeGateway, FakeNotifications
from tests.simulation.faults import Faults, Faulty

Tell = Callable[[int], Awaitable[None]]
TRIES = 8
AGAIN = 30.0


@attrs.define(kw_only=True)
class Account(FakeGateway):
    """`said_now` is given the place of everything that is said, among all that was."""

    said_now: Callable[[int], None]

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        return PageOfEvents(events=(), next=None)

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        return PageOfChanges(changes=(), next=None)

    def _say(self, subject: Subject, reference: str, what: str) -> None:
        FakeGateway._say(self, subject, reference, what)  # noqa: SLF001
        self.said_now(len(self.said) - 1)


def no_answer() -> Exception:
    return ProviderUnavailable("no answer")


@attrs.frozen
class Accounts(PaymentGateways):
    accounts: Mapping[OrganizationId, Account]
    faults: Faults

    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        gateway: PaymentGateway = Faulty(
            self.accounts[organization_id], "provider", self.faults, no_answer
        )
        return gateway

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        return FakeNotifications(self.accounts[organization_id])


@attrs.frozen
class Postman:
    """Brings what the provider says to the program; `tell` raises where nobody takes it."""

    faults: Faults
    tell: Tell

    async def __call__(self, place: int) -> None:
        strikes, chance = self.faults.strikes, self.faults.chance("messages take their time")
        await asyncio.sleep(chance.uniform(0.02, 4))
        if strikes("provider's message is lost"):
            return
        if strikes("provider's message comes late"):
            await asyncio.sleep(chance.uniform(60, 1500))
        for _ in range(1 + 4 * strikes("provider's message comes twice")):
            await self._deliver(place)

    async def _deliver(self, place: int) -> None:
        for _ in range(TRIES):
            try:
                await self.tell(place)
            except Exception:  # noqa: BLE001
                await asyncio.sleep(AGAIN)
            else:
                return
