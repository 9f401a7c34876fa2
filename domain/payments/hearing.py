"""What a payment becomes by what its provider says of it."""

from datetime import datetime

import attrs

from domain.payments.events import (
    PaymentAuthorised,
    PaymentAwaitsCustomer,
    PaymentCancelled,
    PaymentCaptured,
    PaymentDeclined,
    PaymentFeeKnown,
    PaymentProcessing,
)
from domain.payments.payment import Payment, PaymentState
from domain.payments.provider import ProviderPayment, ProviderStatus

STATES = {
    ProviderStatus.REQUIRES_PAYMENT_METHOD: PaymentState.REQUIRES_METHOD,
    ProviderStatus.REQUIRES_CONFIRMATION: PaymentState.REQUIRES_METHOD,
    ProviderStatus.REQUIRES_ACTION: PaymentState.REQUIRES_ACTION,
    ProviderStatus.PROCESSING: PaymentState.PROCESSING,
    ProviderStatus.REQUIRES_CAPTURE: PaymentState.AUTHORISED,
    ProviderStatus.SUCCEEDED: PaymentState.CAPTURED,
    ProviderStatus.CANCELED: PaymentState.CANCELLED,
}

# What was proven is not unproven: an older answer that comes late must not undo a newer one.
# Between states of equal rank customers go back and forth.
RANK = {
    PaymentState.CREATED: 0,
    PaymentState.REQUIRES_METHOD: 1,
    PaymentState.REQUIRES_ACTION: 1,
    PaymentState.PROCESSING: 1,
    PaymentState.AUTHORISED: 2,
    PaymentState.FAILED: 3,
    PaymentState.CANCELLED: 3,
    PaymentState.CAPTURED: 4,
}


def heard(payment: Payment, news: ProviderPayment, *, now: datetime) -> Payment:
    """As the provider says it is. The same news twice, or old news, tell of nothing.

    What it says about money counts whatever was known before: a payment that was captured after
    it had been given up here, or by somebody else, is captured.
    """
    known = attrs.evolve(
        payment,
        provider_reference=news.reference,
        card=news.card or payment.card,
        receipt_url=news.receipt_url or payment.receipt_url,
        heard_at=now,
    )
    return _fee_known(_moved(known, news, now=now), news, now=now)


def _moved(payment: Payment, news: ProviderPayment, *, now: datetime) -> Payment:
    state = STATES[news.status]
    is_old = RANK[state] < RANK[payment.state]
    is_known = state is payment.state and state is not PaymentState.REQUIRES_METHOD
    return payment if is_old or is_known else MOVES[state](payment, news, now)


def _asked_again(payment: Payment, news: ProviderPayment, now: datetime) -> Payment:
    """The customer has to choose how to pay, for the first time or because a try has failed."""
    asked = attrs.evolve(payment, state=PaymentState.REQUIRES_METHOD)
    tried = payment.state is not PaymentState.REQUIRES_METHOD or news.failure != payment.failure
    if news.failure is None or not tried:
        return asked
    return asked.told(PaymentDeclined, {"failure": news.failure}, now=now, failure=news.failure)


def _awaiting_customer(payment: Payment, _: ProviderPayment, now: datetime) -> Payment:
    return payment.told(PaymentAwaitsCustomer, {}, now=now, state=PaymentState.REQUIRES_ACTION)


def _processing(payment: Payment, _: ProviderPayment, now: datetime) -> Payment:
    return payment.told(PaymentProcessing, {}, now=now, state=PaymentState.PROCESSING)


def _authorised(payment: Payment, news: ProviderPayment, now: datetime) -> Payment:
    said = {"amount": news.amount}
    return payment.told(
        PaymentAuthorised, said, now=now, state=PaymentState.AUTHORISED, failure=None
    )


def _captured(payment: Payment, news: ProviderPayment, now: datetime) -> Payment:
    return payment.told(
        PaymentCaptured,
        {"method": payment.method.value, "amount": news.captured},
        now=now,
        state=PaymentState.CAPTURED,
        captured=news.captured,
        failure=None,
        step=None,
        step_amount=None,
    )


def _cancelled(payment: Payment, _: ProviderPayment, now: datetime) -> Payment:
    return payment.told(
        PaymentCancelled, {}, now=now, state=PaymentState.CANCELLED, step=None, step_amount=None
    )


def _fee_known(payment: Payment, news: ProviderPayment, *, now: datetime) -> Payment:
    if news.fee in {None, payment.fee} or payment.state is not PaymentState.CAPTURED:
        return payment
    return payment.told(PaymentFeeKnown, {"fee": news.fee}, now=now, fee=news.fee)


MOVES = {
    PaymentState.REQUIRES_METHOD: _asked_again,
    PaymentState.REQUIRES_ACTION: _awaiting_customer,
    PaymentState.PROCESSING: _processing,
    PaymentState.AUTHORISED: _authorised,
    PaymentState.CAPTURED: _captured,
    PaymentState.CANCELLED: _cancelled,
}
