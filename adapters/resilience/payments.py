"""A payment provider that may be down: a few tries, then it is left alone for a while."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import attrs

from adapters.resilience.breaker import Breaker, BreakerOpen, Preset, State
from application.kernel.figures import UNTOLD, Figures
from application.kernel.told_figures import RETRIES
from application.payments.gateway import (
    NotAdmitted,
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

TRIES = 3
PRESET = Preset(failures=5, successes=3, open_for=30)


def is_outage(error: BaseException) -> bool:
    """One organization's bad key is nobody else's trouble."""
    return isinstance(error, ProviderUnavailable) and not isinstance(error, NotAdmitted)


@attrs.frozen(kw_only=True)
class PaymentBreakers:
    """One for each kind of use; `webhooks` is for all that is only looked at."""

    payments: Breaker
    refunds: Breaker
    webhooks: Breaker


@attrs.frozen(kw_only=True)
class BreakingGateway(PaymentGateway):
    """Asks so many times at most, always with the same key; `pause` waits before another try."""

    gateway: PaymentGateway
    breakers: PaymentBreakers
    pause: Callable[[int], Awaitable[None]]
    tries: int = TRIES
    figures: Figures = UNTOLD

    @property
    def provider(self) -> str:
        return self.gateway.provider

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment:
        return await self._pay(lambda: self.gateway.start(ask, key=key))

    async def look(self, reference: str, /) -> ProviderPayment:
        return await self._look(lambda: self.gateway.look(reference))

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        return await self._pay(lambda: self.gateway.capture(reference, amount, key=key))

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        return await self._pay(lambda: self.gateway.cancel(reference, key=key))

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund:
        return await self._through(
            self.breakers.refunds,
            lambda: self.gateway.refund(refund_id, reference, amount, key=key),
        )

    async def look_at_refund(self, reference: str, /) -> ProviderRefund:
        return await self._look(lambda: self.gateway.look_at_refund(reference))

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute:
        return await self._look(lambda: self.gateway.look_at_dispute(reference))

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        return await self._through(
            self.breakers.refunds,
            lambda: self.gateway.submit_evidence(reference, evidence, key=key),
        )

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        return await self._look(lambda: self.gateway.events(after=after, since=since, limit=limit))

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        return await self._look(
            lambda: self.gateway.balance_changes(
                since=since, until=until, after=after, limit=limit
            )
        )

    async def _pay(self, do: Callable[[], Awaitable[Result]]) -> Result:
        return await self._through(self.breakers.payments, do)

    async def _look(self, do: Callable[[], Awaitable[Result]]) -> Result:
        return await self._through(self.breakers.webhooks, do)

    async def _through(self, breaker: Breaker, do: Callable[[], Awaitable[Result]]) -> Result:
        """Raises ProviderUnavailable."""
        for tried in range(1, self.tries):
            try:
                return await self._once(breaker, do)
            except NotAdmitted:
                raise
            except ProviderUnavailable:
                if breaker.state is State.OPEN:
                    raise
                self.figures.add(RETRIES, breaker.name, "again")
                await self.pause(tried)
        try:
            return await self._once(breaker, do)
        except ProviderUnavailable:
            self.figures.add(RETRIES, breaker.name, "given_up")
            raise

    async def _once(self, breaker: Breaker, do: Callable[[], Awaitable[Result]]) -> Result:
        try:
            return await breaker(do)
        except BreakerOpen:
            raise ProviderUnavailable("breaker_open") from None
