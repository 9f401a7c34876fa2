"""Trouble between us and the simulated provider, as often as one likes."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum
from typing import TypeVar

import attrs

from application.kernel.ports import Chance
from application.payments.gateway import (
    PageOfChanges,
    PageOfEvents,
    PaymentAsk,
    PaymentGateway,
    ProviderUnavailable,
)
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.evidence import Evidence
from domain.payments.provider import ProviderDispute, ProviderPayment, ProviderRefund

Result = TypeVar("Result")

HUNDRED = 100


class Fault(Enum):
    """Either it is not done at all, or it is done and nobody hears of it, or it takes long."""

    NOT_DONE = "not_done"
    UNHEARD = "unheard"
    SLOW = "slow"


@attrs.frozen
class Whims:
    """`percent` of all that is asked goes wrong, one way or another."""

    chance: Chance
    percent: int

    def __call__(self) -> Fault | None:
        if self.chance(HUNDRED) >= self.percent:
            return None
        faults = tuple(Fault)
        return faults[self.chance(len(faults))]


@attrs.frozen(kw_only=True)
class WhimsicalGateway(PaymentGateway):
    """`linger` is how long what is slow takes."""

    gateway: PaymentGateway
    whims: Callable[[], Fault | None]
    linger: Callable[[], Awaitable[None]]

    @property
    def provider(self) -> str:
        return self.gateway.provider

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment:
        return await self._perhaps(lambda: self.gateway.start(ask, key=key))

    async def look(self, reference: str, /) -> ProviderPayment:
        return await self._perhaps(lambda: self.gateway.look(reference))

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        return await self._perhaps(lambda: self.gateway.capture(reference, amount, key=key))

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        return await self._perhaps(lambda: self.gateway.cancel(reference, key=key))

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund:
        return await self._perhaps(
            lambda: self.gateway.refund(refund_id, reference, amount, key=key)
        )

    async def look_at_refund(self, reference: str, /) -> ProviderRefund:
        return await self._perhaps(lambda: self.gateway.look_at_refund(reference))

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute:
        return await self._perhaps(lambda: self.gateway.look_at_dispute(reference))

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        return await self._perhaps(
            lambda: self.gateway.submit_evidence(reference, evidence, key=key)
        )

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        return await self._perhaps(
            lambda: self.gateway.events(after=after, since=since, limit=limit)
        )

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        return await self._perhaps(
            lambda: self.gateway.balance_changes(
                since=since, until=until, after=after, limit=limit
            )
        )

    async def _perhaps(self, do: Callable[[], Awaitable[Result]]) -> Result:
        """Raises ProviderUnavailable if it goes wrong."""
        fault = self.whims()
        if fault is Fault.NOT_DONE:
            raise ProviderUnavailable(fault.value)
        if fault is Fault.SLOW:
            await self.linger()
        result = await do()
        if fault is Fault.UNHEARD:
            raise ProviderUnavailable(fault.value)
        return result
