"""Payments become what their provider says, whatever the order in which that is heard."""

from contextlib import suppress
from itertools import permutations, product
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.identifiers import DisputeId
from domain.kernel.money import Money
from domain.payments.contesting import contested
from domain.payments.disputes import Dispute
from domain.payments.events import PaymentCancelled, PaymentCaptured, PaymentDeclined
from domain.payments.hearing import RANK, STATES, heard
from domain.payments.payment import ENDS, OPEN, Method, Payment, PaymentState, Step
from domain.payments.provider import Card, DisputeStatus, ProviderStatus
from domain.payments.refusals import (
    NothingToRefund,
    PaymentDisputed,
    PaymentNotOpen,
    TooMuchToCapture,
    TooMuchToRefund,
    WrongMethod,
)
from tests.samples import MINUTE, NOW, pounds
from tests.samples_of_payments import NOTHING, PRICE, booking_id, by_hand, dispute_news
from tests.samples_of_payments import news as said
from tests.samples_of_payments import payment as started

LATER = NOW + MINUTE
ASKED = ProviderStatus.REQUIRES_PAYMENT_METHOD
ACTION = ProviderStatus.REQUIRES_ACTION
PROCESSING = ProviderStatus.PROCESSING
HELD_BACK = ProviderStatus.REQUIRES_CAPTURE
CANCELLED = ProviderStatus.CANCELED
TAKEN = ProviderStatus.SUCCEEDED
BEFORE_PAYING = (ASKED, ACTION, PROCESSING)
STATUSES = st.lists(st.sampled_from(ProviderStatus), max_size=12)


def told(payment: Payment, *statuses: ProviderStatus) -> Payment:
    for status in statuses:
        payment = heard(payment, said(status), now=LATER)
    return payment


def names(payment: Payment) -> list[str]:
    return [event.name for event in payment.events]


def captured(amount: Money = PRICE) -> Payment:
    return heard(started(amount=amount), said(TAKEN, amount=amount), now=LATER)


def test_a_payment_begins_open_and_with_nothing_captured() -> None:
    payment = started()

    assert (payment.state, payment.is_open) == (PaymentState.CREATED, True)
    assert payment.captured == payment.refundable == NOTHING
    assert names(payment) == ["payment_started"]


def test_all_states_are_open_or_ends_and_have_a_rank() -> None:
    assert OPEN | ENDS == set(PaymentState) == set(RANK)
    assert set(STATES) == set(ProviderStatus)


def test_what_is_taken_by_hand_is_ours_at_once() -> None:
    payment = by_hand()

    assert (payment.state, payment.captured, payment.provider) == (
        PaymentState.CAPTURED,
        PRICE,
        None,
    )
    assert names(payment) == ["payment_started", "payment_captured"]


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ((ASKED,), PaymentState.REQUIRES_METHOD),
        ((ASKED, ACTION), PaymentState.REQUIRES_ACTION),
        ((ASKED, ACTION, PROCESSING, TAKEN), PaymentState.CAPTURED),
        ((ASKED, ACTION, ASKED), PaymentState.REQUIRES_METHOD),
        ((ASKED, HELD_BACK), PaymentState.AUTHORISED),
        ((HELD_BACK, ACTION), PaymentState.AUTHORISED),
        ((HELD_BACK, CANCELLED), PaymentState.CANCELLED),
        ((CANCELLED, HELD_BACK), PaymentState.CANCELLED),
        ((CANCELLED, TAKEN), PaymentState.CAPTURED),
        ((TAKEN, CANCELLED), PaymentState.CAPTURED),
        ((TAKEN, ACTION), PaymentState.CAPTURED),
    ],
)
def test_what_is_heard_takes_it_further_and_never_back(
    statuses: tuple[ProviderStatus, ...], state: PaymentState
) -> None:
    assert told(started(), *statuses).state is state


@pytest.mark.parametrize("order", list(permutations([ASKED, ACTION, PROCESSING, TAKEN])))
def test_news_of_a_payment_that_is_captured_end_there_in_every_order(
    order: tuple[ProviderStatus, ...],
) -> None:
    payment = told(started(), *order)

    assert (payment.state, payment.captured) == (PaymentState.CAPTURED, PRICE)
    assert names(payment).count("payment_captured") == 1


@given(STATUSES)
def test_the_same_news_twice_say_nothing_new(statuses: list[ProviderStatus]) -> None:
    once = told(started(), *statuses)
    twice = told(once, *statuses[-1:])

    assert names(twice) == names(once)
    assert twice == once


@given(STATUSES)
def test_an_end_is_left_only_for_money_that_has_come(statuses: list[ProviderStatus]) -> None:
    payment = started()
    for status in statuses:
        next = told(payment, status)
        assert RANK[next.state] >= RANK[payment.state]
        if payment.state in ENDS:
            assert next.state in {payment.state, PaymentState.CAPTURED}
        payment = next

    assert names(payment).count("payment_captured") == (TAKEN in statuses)
    assert payment.captured == (PRICE if TAKEN in statuses else NOTHING)


def test_what_was_cancelled_and_captured_all_the_same_is_captured() -> None:
    given_up = told(started().request_cancel(now=NOW), CANCELLED)
    payment = told(given_up, TAKEN)

    assert (given_up.state, given_up.step) == (PaymentState.CANCELLED, None)
    assert (payment.state, payment.captured) == (PaymentState.CAPTURED, PRICE)
    assert names(payment)[-2:] == [PaymentCancelled.name, PaymentCaptured.name]


def test_each_try_that_fails_is_told_once() -> None:
    declined = said(ASKED, failure="card_declined")
    payment = heard(told(started(), ASKED), declined, now=LATER)
    again = heard(payment, declined, now=LATER)
    after_another = heard(told(again, ACTION), declined, now=LATER)
    for_another_reason = heard(again, said(ASKED, failure="expired_card"), now=LATER)

    assert names(payment)[-1] == names(again)[-1] == PaymentDeclined.name
    assert (payment.failure, payment.is_open) == ("card_declined", True)
    assert [names(one).count(PaymentDeclined.name) for one in (again, after_another)] == [1, 2]
    assert for_another_reason.failure == "expired_card"


def test_cards_receipts_and_fees_are_kept_once_known() -> None:
    card, fee = Card(brand="visa", last4="4242", country="GB"), pounds(3)
    full = said(TAKEN, card=card, fee=fee, receipt_url="https://receipts.example/1")
    payment = heard(heard(started(), full, now=LATER), said(TAKEN), now=LATER)

    assert (payment.card, payment.fee, payment.receipt_url) == (card, fee, full.receipt_url)
    assert names(payment).count("payment_fee_known") == 1
    assert heard(started(), said(ASKED, fee=fee), now=LATER).fee is None


def test_a_provider_that_refuses_ends_what_it_never_heard_of() -> None:
    refused = started().refused("amount_too_small", now=LATER)
    known = told(started(), ASKED).request_cancel(now=NOW).refused("unexpected", now=LATER)

    assert (refused.state, refused.failure) == (PaymentState.FAILED, "amount_too_small")
    assert (known.state, known.step) == (PaymentState.REQUIRES_METHOD, None)
    assert told(refused, ASKED, HELD_BACK).state is PaymentState.FAILED
    assert told(refused, TAKEN).state is PaymentState.CAPTURED


def test_what_is_authorised_is_captured_in_whole_or_in_part() -> None:
    payment = told(started(manual_capture=True), HELD_BACK)

    assert payment.request_capture(None, now=NOW).step_amount == PRICE
    assert payment.request_capture(pounds(50), now=NOW).step is Step.CAPTURE
    for amount in (NOTHING, pounds(181), pounds(-1)):
        with pytest.raises(TooMuchToCapture):
            payment.request_capture(amount, now=NOW)
    with pytest.raises(PaymentNotOpen):
        payment.request_capture(None, now=NOW).request_capture(None, now=NOW)
    with pytest.raises(PaymentNotOpen):
        payment.request_capture(None, now=NOW).request_cancel(now=NOW)


@pytest.mark.parametrize("status", [ASKED, ACTION, PROCESSING, CANCELLED, TAKEN])
def test_only_what_is_authorised_is_captured(status: ProviderStatus) -> None:
    with pytest.raises(PaymentNotOpen):
        told(started(), status).request_capture(None, now=NOW)


def test_what_is_open_is_let_go_of_once() -> None:
    asked = started().request_cancel(now=NOW)

    assert asked.request_cancel(now=LATER) == asked
    for end in (CANCELLED, TAKEN):
        with pytest.raises(PaymentNotOpen):
            told(started(), end).request_cancel(now=NOW)


def test_a_payment_is_gone_on_with_if_it_is_for_the_same() -> None:
    payment = told(started(), ACTION)

    assert payment.would_do(PRICE, manual_capture=False)
    assert not payment.would_do(pounds(1), manual_capture=False)
    assert not payment.would_do(PRICE, manual_capture=True)
    assert not payment.request_cancel(now=NOW).would_do(PRICE, manual_capture=False)
    assert not told(started(), HELD_BACK).would_do(PRICE, manual_capture=False)


@given(st.lists(st.integers(1, 200), max_size=8))
def test_no_more_is_set_aside_than_was_captured(wanted: list[int]) -> None:
    payment = captured()
    for amount in wanted:
        with suppress(TooMuchToRefund):
            payment = payment.set_aside(pounds(amount))
        assert NOTHING <= payment.refunding <= payment.captured
    assert payment.put_back(payment.refunding).refundable == PRICE


def test_nothing_is_set_aside_of_nothing_or_in_another_currency() -> None:
    for amount in (NOTHING, pounds(-5), Money(100, "EUR")):
        with pytest.raises(NothingToRefund):
            captured().set_aside(amount)
    with pytest.raises(TooMuchToRefund):
        started().set_aside(pounds(1))


def test_what_came_by_hand_goes_back_by_hand() -> None:
    captured().must_go_back_by(Method.ONLINE)
    captured().must_go_back_by(Method.CASH)
    with pytest.raises(WrongMethod):
        by_hand().must_go_back_by(Method.ONLINE)


def test_nothing_goes_back_during_a_dispute_nor_a_second_time_after_it() -> None:
    opened = dispute(DisputeStatus.NEEDS_RESPONSE)
    disputed = contested(captured(), opened)
    won, lost = (
        contested(captured(), dispute(status))
        for status in (DisputeStatus.WON, DisputeStatus.LOST)
    )

    with pytest.raises(PaymentDisputed):
        disputed.set_aside(pounds(1))
    assert (won.disputed, won.refundable) == (False, PRICE)
    assert (lost.disputed, lost.refundable) == (False, NOTHING)
    inquiry = attrs.evolve(opened, inquiry=True)
    assert contested(captured(), inquiry).refundable == PRICE


def test_what_was_given_back_before_a_dispute_was_lost_is_not_owed_twice() -> None:
    partly = captured().set_aside(pounds(100))

    assert contested(partly, dispute(DisputeStatus.LOST)).refunding == PRICE


def dispute(status: DisputeStatus) -> Dispute:
    return Dispute.open(
        DisputeId(UUID(int=1001)),
        dispute_news(status, withdrawn=PRICE),
        payment_id=started().id,
        booking_id=booking_id(),
        now=NOW,
    )


@pytest.mark.parametrize(("first", "second"), list(product(BEFORE_PAYING, repeat=2)))
def test_customers_go_back_and_forth_before_they_have_paid(
    first: ProviderStatus, second: ProviderStatus
) -> None:
    assert told(started(), first, second).state is STATES[second]
