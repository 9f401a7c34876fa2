"""One organization's account with Stripe, by the official client."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import attrs
import httpx
import stripe

from adapters.stripe.amounts import sent
from adapters.stripe.evidence import evidence_of
from adapters.stripe.failures import told
from adapters.stripe.lists import Read, newest_last, span
from adapters.stripe.reading import (
    BOOKING_ID,
    PAYMENT_ID,
    REFUND_ID,
    change_in,
    dispute_in,
    listed_event,
    payment_in,
    refund_in,
)
from application.kernel.secrets import Secret
from application.payments.gateway import (
    PageOfChanges,
    PageOfEvents,
    PaymentAsk,
    PaymentGateway,
    UnknownToProvider,
)
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.evidence import Evidence
from domain.payments.provider import ProviderDispute, ProviderPayment, ProviderRefund

PROVIDER = "stripe"
CHARGE = "ch_"
API_VERSION = "2026-10-28.endive"
CONNECT, TOTAL = 2.0, 10.0  # seconds

Answer = TypeVar("Answer")

# It writes answers to the log, and those have secrets of customers in them.
logging.getLogger("stripe").setLevel(logging.WARNING)


@attrs.frozen(kw_only=True)
class Extras:
    """Parameters that Stripe knows and those who stand in for it may not."""

    description: bool = True
    payment_methods: Mapping[str, Any] | None = attrs.field(
        factory=lambda: {"automatic_payment_methods": {"enabled": True}}
    )
    expand_source: bool = True


@attrs.frozen(kw_only=True)
class StripeGateway(PaymentGateway):
    """`open` makes one; `close` it when it is no longer needed."""

    client: stripe.StripeClient = attrs.field(repr=False)
    http: stripe.HTTPXClient = attrs.field(repr=False)
    extras: Extras
    seconds: float

    @classmethod
    def open(
        cls, key: Secret, url: str, *, extras: Extras | None = None, seconds: float = TOTAL
    ) -> "StripeGateway":
        """Without retries: those are counted elsewhere, and have the same key."""
        http = stripe.HTTPXClient(timeout=httpx.Timeout(seconds, connect=CONNECT))
        client = stripe.StripeClient(
            key.value,
            stripe_version=API_VERSION,
            base_addresses={"api": url},
            max_network_retries=0,
            http_client=http,
        )
        return cls(client=client, http=http, extras=extras or Extras(), seconds=seconds)

    async def close(self) -> None:
        await self.http.close_async()  # type: ignore[no-untyped-call]

    @property
    def provider(self) -> str:
        return PROVIDER

    async def start(self, ask: PaymentAsk, /, *, key: str) -> ProviderPayment:
        with told(self.seconds):
            parameters: Any = {
                "amount": sent(ask.amount),
                "currency": ask.amount.currency.lower(),
                "capture_method": "manual" if ask.manual else "automatic",
                "metadata": {PAYMENT_ID: str(ask.payment_id), BOOKING_ID: str(ask.booking_id)},
                **(self.extras.payment_methods or {}),
            }
            if self.extras.description:
                parameters["description"] = ask.description
            intents = self.client.v1.payment_intents
            return payment_in(_plain(await intents.create_async(parameters, _keyed(key))))

    async def look(self, reference: str, /) -> ProviderPayment:
        with told(self.seconds):
            expand: Any = {"expand": ["latest_charge.balance_transaction"]}
            intents = self.client.v1.payment_intents
            return payment_in(_plain(await intents.retrieve_async(reference, expand)))

    async def capture(self, reference: str, amount: Money, /, *, key: str) -> ProviderPayment:
        with told(self.seconds):
            parameters: Any = {"amount_to_capture": sent(amount)}
            intents = self.client.v1.payment_intents
            return payment_in(
                _plain(await intents.capture_async(reference, parameters, _keyed(key)))
            )

    async def cancel(self, reference: str, /, *, key: str) -> ProviderPayment:
        with told(self.seconds):
            intents = self.client.v1.payment_intents
            return payment_in(_plain(await intents.cancel_async(reference, {}, _keyed(key))))

    async def refund(
        self, refund_id: RefundId, reference: str, amount: Money, /, *, key: str
    ) -> ProviderRefund:
        with told(self.seconds):
            parameters: Any = {
                "charge" if reference.startswith(CHARGE) else "payment_intent": reference,
                "amount": sent(amount),
                "metadata": {REFUND_ID: str(refund_id)},
            }
            refunds = self.client.v1.refunds
            return refund_in(_plain(await refunds.create_async(parameters, _keyed(key))))

    async def look_at_refund(self, reference: str, /) -> ProviderRefund:
        with told(self.seconds):
            return refund_in(_plain(await self.client.v1.refunds.retrieve_async(reference)))

    async def look_at_dispute(self, reference: str, /) -> ProviderDispute:
        with told(self.seconds):
            return dispute_in(_plain(await self.client.v1.disputes.retrieve_async(reference)))

    async def submit_evidence(
        self, reference: str, evidence: Evidence, /, *, key: str
    ) -> ProviderDispute:
        with told(self.seconds):
            parameters: Any = {"evidence": evidence_of(evidence), "submit": True}
            disputes = self.client.v1.disputes
            return dispute_in(
                _plain(await disputes.update_async(reference, parameters, _keyed(key)))
            )

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        """Stripe forgets events after thirty days; then it goes on from `since`."""
        read = self._reading(self.client.v1.events.list_async)
        try:
            found = await newest_last(read, after=after, since=since, limit=limit)
        except UnknownToProvider:
            found = await newest_last(read, after=None, since=since, limit=limit)
        with told(self.seconds):
            events = [listed_event(document) for document in found]
        return PageOfEvents(events=events, next=events[-1].id if events else after)

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        read = self._reading(self.client.v1.balance_transactions.list_async)
        expand = {"expand": ["data.source"]} if self.extras.expand_source else {}
        page, has_more = await read(
            {**expand, **span(since=since, until=until, after=after, limit=limit)}
        )
        with told(self.seconds):
            changes = [change_in(document) for document in page]
        return PageOfChanges(
            changes=changes, next=changes[-1].reference if changes and has_more else None
        )

    def _reading(self, ask: Callable[..., Awaitable[Any]]) -> Read:
        async def read(parameters: Mapping[str, Any]) -> tuple[Sequence[Mapping[str, Any]], bool]:
            with told(self.seconds):
                page = await ask(dict(parameters))
                return [_plain(one) for one in page.data], bool(page.has_more)

        return read


def _plain(answer: stripe.StripeObject) -> dict[str, Any]:
    return answer.to_dict()


def _keyed(key: str) -> stripe.RequestOptions:
    return {"idempotency_key": key}
