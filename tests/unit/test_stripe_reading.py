"""What Stripe's objects say, read strictly; and amounts, as Stripe counts them."""

from datetime import datetime, timezone
from typing import Any
from uuid import UUID

import pytest

from adapters.stripe.amounts import Uneven, received, sent
from adapters.stripe.reading import (
    change_in,
    dispute_in,
    event_in,
    payment_in,
    refund_in,
)
from domain.kernel.money import Money
from domain.payments.provider import (
    Card,
    DisputeStatus,
    ProviderStatus,
    RefundStatus,
    Subject,
)

ID = UUID("0e4ac2a9-19ea-40e9-b96a-beaa2aafafea")
MOMENT = 1_780_315_200
BALANCE: dict[str, Any] = {
    "id": "txn_1",
    "amount": 1099,
    "currency": "gbp",
    "fee": 36,
    "net": 1063,
    "type": "charge",
    "created": MOMENT,
    "source": {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"},
}
INTENT: dict[str, Any] = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "succeeded",
    "amount": 1099,
    "amount_received": 1000,
    "currency": "gbp",
    "client_secret": "pi_1_secret_x",
    "metadata": {"payment_id": str(ID), "booking_id": str(ID)},
    "last_payment_error": None,
    "next_action": None,
    "latest_charge": {
        "id": "ch_1",
        "balance_transaction": BALANCE,
        "payment_method_details": {
            "card": {"brand": "visa", "last4": "4242", "country": "DE"},
            "type": "card",
        },
        "receipt_url": "https://pay.stripe.com/receipts/1",
    },
}
REFUND: dict[str, Any] = {
    "id": "re_1",
    "status": "failed",
    "amount": 100,
    "currency": "gbp",
    "payment_intent": "pi_1",
    "charge": "ch_1",
    "metadata": {"refund_id": str(ID)},
    "failure_reason": "lost_or_stolen_card",
}
DISPUTE: dict[str, Any] = {
    "id": "dp_1",
    "status": "warning_needs_response",
    "reason": "general",
    "amount": 1000,
    "currency": "gbp",
    "payment_intent": "pi_1",
    "charge": "ch_1",
    "balance_transactions": [],
    "evidence_details": {"due_by": MOMENT},
}


def test_a_payment_is_read_whole() -> None:
    payment = payment_in(INTENT)

    assert (payment.reference, payment.payment_id) == ("pi_1", ID)
    assert payment.status is ProviderStatus.SUCCEEDED
    assert (payment.amount, payment.captured) == (Money(1099, "GBP"), Money(1000, "GBP"))
    assert payment.fee == Money(36, "GBP")
    assert payment.card == Card(brand="visa", last4="4242", country="DE")


def test_the_bank_s_page_and_the_reason_of_a_decline_are_read() -> None:
    action = {"type": "redirect_to_url", "redirect_to_url": {"url": "https://bank.example"}}
    error = {"code": "card_declined", "decline_code": "insufficient_funds"}
    challenged = payment_in(INTENT | {"status": "requires_action", "next_action": action})
    declined = payment_in(INTENT | {"last_payment_error": error, "latest_charge": "ch_1"})

    assert challenged.redirect_url == "https://bank.example"
    assert (declined.failure, declined.card) == ("insufficient_funds", None)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "requires_prayer"},
        {"amount": "1099"},
        {"amount": None},
        {"currency": "pounds"},
        {"metadata": {"payment_id": "mine"}},
        {"id": None},
    ],
)
def test_what_makes_no_sense_is_no_payment(change: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        payment_in(INTENT | change)


def test_a_refund_may_have_failed() -> None:
    refund = refund_in(REFUND)

    assert (refund.refund_id, refund.payment_reference) == (ID, "pi_1")
    assert (refund.status, refund.failure) == (RefundStatus.FAILED, "lost_or_stolen_card")


def test_inquiries_take_nothing_and_disputes_amount_and_fee() -> None:
    inquiry = dispute_in(DISPUTE)
    taken = BALANCE | {"amount": -1000, "fee": 2000, "net": -3000, "type": "adjustment"}
    dispute = dispute_in(DISPUTE | {"status": "under_review", "balance_transactions": [taken]})

    assert (inquiry.inquiry, inquiry.withdrawn.minor) == (True, 0)
    assert inquiry.status is DisputeStatus.NEEDS_RESPONSE
    assert inquiry.due_by == datetime.fromtimestamp(MOMENT, timezone.utc)
    assert (dispute.inquiry, dispute.withdrawn.minor) == (False, 3000)


def test_a_movement_is_of_the_payment_whose_charge_it_was() -> None:
    change = change_in(BALANCE)

    assert (change.subject, change.source) == (Subject.PAYMENT, "pi_1")
    assert (change.amount.minor, change.fee.minor) == (1099, 36)
    assert change_in(BALANCE | {"source": "po_1", "type": "payout"}).subject is None


@pytest.mark.parametrize(
    ("about", "subject", "reference"),
    [
        ({"id": "pi_1", "object": "payment_intent"}, Subject.PAYMENT, "pi_1"),
        ({"id": "ch_1", "object": "charge", "payment_intent": "pi_1"}, Subject.PAYMENT, "pi_1"),
        ({"id": "ch_1", "object": "charge", "payment_intent": None}, None, ""),
        ({"id": "re_1", "object": "refund", "payment_intent": "pi_1"}, Subject.REFUND, "re_1"),
        ({"id": "dp_1", "object": "dispute"}, Subject.DISPUTE, "dp_1"),
        ({"id": "cus_1", "object": "customer"}, None, ""),
        ({"object": "balance"}, None, ""),
    ],
)
def test_an_event_says_what_to_look_at(
    about: dict[str, Any], subject: Subject | None, reference: str
) -> None:
    event = {"id": "evt_1", "type": "x", "created": MOMENT, "data": {"object": about}}
    read = event_in(str(event).replace("'", '"').replace("None", "null").encode())

    assert (read.subject, read.reference) == (subject, reference)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"id": 1}', b"\xff", b'{"id": "evt_1"}'])
def test_what_makes_no_sense_is_no_event(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        event_in(body)


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(1099, "GBP"), 1099),
        (Money(500, "JPY"), 500),
        (Money(500, "ISK"), 50_000),
        (Money(500, "UGX"), 50_000),
        (Money(500_00, "MGA"), 500),
        (Money(12_340, "KWD"), 12_340),
    ],
)
def test_amounts_are_counted_as_stripe_does(money: Money, amount: int) -> None:
    assert sent(money) == amount
    assert received(amount, money.currency.lower()) == money


@pytest.mark.parametrize("money", [Money(12_345, "KWD"), Money(501, "MGA")])
def test_what_stripe_cannot_take_is_not_rounded(money: Money) -> None:
    with pytest.raises(Uneven):
        sent(money)


@pytest.mark.parametrize(("amount", "currency"), [(50_001, "isk"), (100, "pounds"), (100, "")])
def test_what_stripe_cannot_have_sent_is_nonsense_and_no_refusal(
    amount: int, currency: str
) -> None:
    with pytest.raises(ValueError, match=r".*") as raised:
        received(amount, currency)

    assert not isinstance(raised.value, Uneven)
