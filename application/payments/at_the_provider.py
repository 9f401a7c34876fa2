"""Do with a payment, or a refund, what is to be done with it at its provider next.

What that is follows from what is stored, and so does the key under which it is done: whoever
does it, however often, it is done once.
"""

from collections.abc import Awaitable
from typing import TypeVar

import attrs

from application.payments.gateway import (
    PaymentAsk,
    PaymentGateway,
    PaymentGateways,
    PaymentProviderDown,
    ProviderRefused,
    ProviderUnavailable,
    UnknownToProvider,
)
from domain.kernel.identifiers import OrganizationId
from domain.payments.joint import named_there
from domain.payments.payment import Payment, Step
from domain.payments.provider import ProviderPayment, ProviderRefund
from domain.payments.refunds import Refund

News = TypeVar("News")


@attrs.frozen(kw_only=True)
class AtTheProvider:
    """What is refused is given back as an answer; without one, PaymentProviderDown is raised.

    Raises NoPaymentProvider as well.
    """

    gateways: PaymentGateways

    async def carry_on(
        self, organization_id: OrganizationId, payment: Payment
    ) -> ProviderPayment | ProviderRefused:
        """Starts it, captures it, cancels it, or just looks."""
        return await _answer(self._next_step(self.gateways.of(organization_id), payment))

    async def give_back(
        self, organization_id: OrganizationId, refund: Refund, payment: Payment
    ) -> ProviderRefund | ProviderRefused:
        """Asks for it to be given back, or how that goes."""
        return await _answer(_given_back(self.gateways.of(organization_id), refund, payment))

    async def _next_step(self, gateway: PaymentGateway, payment: Payment) -> ProviderPayment:
        if payment.provider_reference is None:
            started = await gateway.start(_asked(payment), key=f"start:{payment.id}")
            return await self._take_step(gateway, payment, started.reference) or started
        news = await self._take_step(gateway, payment, payment.provider_reference)
        return news or await gateway.look(payment.provider_reference)

    async def _take_step(
        self, gateway: PaymentGateway, payment: Payment, reference: str
    ) -> ProviderPayment | None:
        match payment.step:
            case Step.CAPTURE:
                amount = payment.step_amount or payment.amount
                return await gateway.capture(reference, amount, key=f"capture:{payment.id}")
            case Step.CANCEL:
                return await gateway.cancel(reference, key=f"cancel:{payment.id}")
            case None:
                return None


async def _given_back(gateway: PaymentGateway, refund: Refund, payment: Payment) -> ProviderRefund:
    if refund.provider_reference is not None:
        return await gateway.look_at_refund(refund.provider_reference)
    return await gateway.refund(
        refund.id,
        named_there(payment.provider_reference or ""),
        refund.paid_out,
        key=f"refund:{refund.id}:{refund.attempt}",
    )


async def _answer(asked: Awaitable[News]) -> News | ProviderRefused:
    try:
        return await asked
    except UnknownToProvider as error:
        raise PaymentProviderDown from error  # it has been there: this answer is no answer
    except ProviderRefused as refused:
        return refused
    except ProviderUnavailable as error:
        raise PaymentProviderDown from error


def _asked(payment: Payment) -> PaymentAsk:
    return PaymentAsk(
        payment_id=payment.id,
        booking_id=payment.booking_id,
        amount=payment.amount if payment.joint is None else payment.joint.total,
        manual=payment.manual_capture,
        return_url=payment.return_url,
        description=payment.reference,
    )
