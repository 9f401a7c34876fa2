"""Do with a payment, or a refund, what is to be done with it at its provider next.

What that is follows from what is stored, and so does the key under which it is done: whoever
does it, however often, it is done once.
"""

import attrs

from application.payments.gateway import PaymentAsk, PaymentGateway, PaymentGateways
from domain.kernel.identifiers import OrganizationId
from domain.payments.payment import Payment, Step
from domain.payments.provider import ProviderPayment, ProviderRefund
from domain.payments.refunds import Refund


@attrs.frozen(kw_only=True)
class AtTheProvider:
    """Raises what a PaymentGateway raises, and NoPaymentProvider."""

    gateways: PaymentGateways

    async def carry_on(self, organization_id: OrganizationId, payment: Payment) -> ProviderPayment:
        """Starts it, captures it, cancels it, or just looks."""
        gateway = self.gateways.of(organization_id)
        if payment.provider_reference is None:
            started = await gateway.start(_asked(payment), key=f"start:{payment.id}")
            return await self._take_step(gateway, payment, started.reference) or started
        news = await self._take_step(gateway, payment, payment.provider_reference)
        return news or await gateway.look(payment.provider_reference)

    async def give_back(
        self, organization_id: OrganizationId, refund: Refund, payment: Payment
    ) -> ProviderRefund:
        """Asks for it to be given back, or how that goes."""
        gateway = self.gateways.of(organization_id)
        if refund.provider_reference is not None:
            return await gateway.look_at_refund(refund.provider_reference)
        return await gateway.refund(
            refund.id,
            payment.provider_reference or "",
            refund.paid_out,
            key=f"refund:{refund.id}:{refund.attempt}",
        )

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


def _asked(payment: Payment) -> PaymentAsk:
    return PaymentAsk(
        payment_id=payment.id,
        booking_id=payment.booking_id,
        amount=payment.amount,
        manual=payment.manual_capture,
        return_url=payment.return_url,
        description=payment.reference,
    )
