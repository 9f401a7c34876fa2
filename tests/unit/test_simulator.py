"""The simulated provider does what Stripe does, and what of it can be chosen."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import anyio
import attrs
import pytest

from adapters.simulator.bank import Bank
from adapters.simulator.claims_back import SimulatedDispute
from application.payments.gateway import PaymentAsk, ProviderRefused, UnknownToProvider
from application.payments.payment_page import NoSuchChoice, NoSuchPaymentPage
from domain.kernel.identifiers import BookingId, PaymentId, RefundId
from domain.kernel.money import Money
from domain.payments.provider import (
    DisputeStatus,
    ProviderPayment,
    ProviderStatus,
    RefundStatus,
    Subject,
)
from tests.simulators import NOON, Simulation

pytestmark = pytest.mark.anyio

SHOP = "https://shop.example.com/thanks?basket=1"


def ask(minor: int = 10_000, *, manual: bool = False) -> PaymentAsk:
    return PaymentAsk(
        payment_id=PaymentId(uuid4()),
        booking_id=BookingId(uuid4()),
        amount=Money(minor, "GBP"),
        manual=manual,
        return_url=SHOP,
        description="A booking",
    )


def gbp(minor: int) -> Money:
    return Money(minor, "GBP")


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation.at(tmp_path)


async def started(simulation: Simulation, *, manual: bool = False) -> ProviderPayment:
    return await simulation.gateway().start(ask(manual=manual), key=str(uuid4()))


async def paid(simulation: Simulation, *choices: str) -> ProviderPayment:
    payment = await started(simulation)
    await simulation.chooses(payment, *choices)
    return await simulation.gateway().look(payment.reference)


async def events(simulation: Simulation) -> list[str]:
    page = await simulation.gateway().events(after=None, since=NOON - timedelta(days=1))
    return [event.type for event in page.events]


@pytest.mark.parametrize(
    ("choices", "status", "failure", "captured"),
    [
        (["success"], ProviderStatus.SUCCEEDED, None, 10_000),
        (["declined"], ProviderStatus.REQUIRES_PAYMENT_METHOD, "generic_decline", 0),
        (["insufficient_funds"], ProviderStatus.REQUIRES_PAYMENT_METHOD, "insufficient_funds", 0),
        (["expired", "success"], ProviderStatus.SUCCEEDED, None, 10_000),
        (["three_d_secure"], ProviderStatus.REQUIRES_ACTION, None, 0),
        (["three_d_secure", "walk_away"], ProviderStatus.REQUIRES_ACTION, None, 0),
        (["three_d_secure", "confirm"], ProviderStatus.SUCCEEDED, None, 10_000),
        (
            ["three_d_secure", "refuse"],
            ProviderStatus.REQUIRES_PAYMENT_METHOD,
            "authentication_required",
            0,
        ),
        (["slow"], ProviderStatus.PROCESSING, None, 0),
        (["walk_away"], ProviderStatus.REQUIRES_PAYMENT_METHOD, None, 0),
    ],
)
async def test_what_is_chosen_comes_true(
    simulation: Simulation,
    choices: list[str],
    status: ProviderStatus,
    failure: str | None,
    captured: int,
) -> None:
    payment = await paid(simulation, *choices)

    assert (payment.status, payment.failure, payment.captured) == (status, failure, gbp(captured))


async def test_fees_are_known_once_something_was_captured(simulation: Simulation) -> None:
    assert (await started(simulation)).fee is None
    assert (await paid(simulation, "success")).fee == gbp(170)


@pytest.mark.parametrize(("card", "after"), [("slow", 5), ("late", 61 * 60)])
async def test_some_payments_succeed_later(simulation: Simulation, card: str, after: int) -> None:
    payment = await paid(simulation, card)
    simulation.time.passes(timedelta(seconds=after - 1))
    waiting = await simulation.gateway().look(payment.reference)
    simulation.time.passes(timedelta(seconds=1))
    settled = await simulation.gateway().look(payment.reference)

    assert waiting.status is ProviderStatus.PROCESSING
    assert settled.status is ProviderStatus.SUCCEEDED
    assert (await events(simulation))[-1] == "payment_intent.succeeded"


async def test_what_is_authorised_lapses_after_a_week(simulation: Simulation) -> None:
    payment = await started(simulation, manual=True)
    await simulation.chooses(payment, "success")
    held = await simulation.gateway().look(payment.reference)
    simulation.time.passes(timedelta(days=7))
    lapsed = await simulation.gateway().look(payment.reference)

    assert held.status is ProviderStatus.REQUIRES_CAPTURE
    assert lapsed.status is ProviderStatus.CANCELED


async def test_refunds_that_fail_can_be_given_again(simulation: Simulation) -> None:
    payment = await paid(simulation, "failing_refunds")
    gateway = simulation.gateway()
    refund = await gateway.refund(RefundId(uuid4()), payment.reference, gbp(10_000), key="1")
    simulation.time.passes(timedelta(minutes=1))
    failed = await gateway.look_at_refund(refund.reference)
    again = await gateway.refund(RefundId(uuid4()), payment.reference, gbp(10_000), key="2")

    assert refund.status is RefundStatus.SUCCEEDED
    assert (failed.status, failed.failure) == (RefundStatus.FAILED, "lost_or_stolen_card")
    assert again.reference != refund.reference


async def test_refunds_may_take_their_time(simulation: Simulation) -> None:
    payment = await paid(simulation, "slow_refunds")
    gateway = simulation.gateway()
    refund = await gateway.refund(RefundId(uuid4()), payment.reference, gbp(4_000), key="1")
    simulation.time.passes(timedelta(minutes=1))

    assert refund.status is RefundStatus.PENDING
    assert (await gateway.look_at_refund(refund.reference)).status is RefundStatus.SUCCEEDED


async def dispute_after(simulation: Simulation, card: str) -> str:
    await paid(simulation, card)
    simulation.time.passes(timedelta(seconds=5))
    page = await simulation.gateway().events(after=None, since=NOON)
    return next(event.reference for event in page.events if event.subject is Subject.DISPUTE)


async def test_an_unanswered_dispute_is_lost(simulation: Simulation) -> None:
    reference = await dispute_after(simulation, "disputed")
    opened = await simulation.gateway().look_at_dispute(reference)
    simulation.time.passes(timedelta(days=7))
    lost = await simulation.gateway().look_at_dispute(reference)

    assert opened.status is DisputeStatus.NEEDS_RESPONSE
    assert (opened.withdrawn, opened.inquiry) == (gbp(11_500), False)
    assert opened.due_by == NOON + timedelta(days=7, seconds=5)
    assert lost.status is DisputeStatus.LOST


async def test_a_dispute_that_is_won_gives_the_amount_back(simulation: Simulation) -> None:
    reference = await dispute_after(simulation, "disputed")

    def win(connection: sqlite3.Connection) -> None:
        bank: Bank = simulation.provider.bank(connection, "one")
        bank.decide(bank.books.get(SimulatedDispute, reference), won=True)

    await simulation.provider.file.transact(win)

    won = await simulation.gateway().look_at_dispute(reference)
    assert (won.status, won.withdrawn) == (DisputeStatus.WON, gbp(1_500))


async def test_an_inquiry_takes_no_money(simulation: Simulation) -> None:
    reference = await dispute_after(simulation, "asked_about")
    dispute = await simulation.gateway().look_at_dispute(reference)

    assert (dispute.inquiry, dispute.withdrawn) == (True, gbp(0))


async def test_the_balance_is_the_sum_of_what_moved(simulation: Simulation) -> None:
    payment = await paid(simulation, "failing_refunds")
    gateway = simulation.gateway()
    await gateway.refund(RefundId(uuid4()), payment.reference, gbp(3_000), key="1")
    simulation.time.passes(timedelta(minutes=1))
    await gateway.look(payment.reference)
    tomorrow = NOON + timedelta(days=1)
    first = await gateway.balance_changes(since=NOON, until=tomorrow, limit=2)
    rest = await gateway.balance_changes(since=NOON, until=tomorrow, after=first.next, limit=2)

    assert rest.next is None
    moved = [*first.changes, *rest.changes]
    assert [(change.subject, change.amount.minor, change.fee.minor) for change in moved] == [
        (Subject.PAYMENT, 10_000, 170),
        (Subject.REFUND, -3_000, 0),
        (Subject.REFUND, 3_000, 0),
    ]


async def test_accounts_do_not_see_each_other(simulation: Simulation) -> None:
    payment = await paid(simulation, "success")
    other = simulation.gateway("other")

    with pytest.raises(UnknownToProvider):
        await other.look(payment.reference)
    assert not (await other.events(after=None, since=NOON)).events


async def test_what_was_refused_stays_refused_under_its_key(simulation: Simulation) -> None:
    payment = await started(simulation)
    with pytest.raises(ProviderRefused):
        await simulation.gateway().capture(payment.reference, gbp(1), key="capture")
    await simulation.chooses(payment, "success")

    with pytest.raises(ProviderRefused, match="payment_intent_unexpected_state"):
        await simulation.gateway().capture(payment.reference, gbp(1), key="capture")


async def test_it_is_all_there_for_another_process(tmp_path: Path) -> None:
    payment = await paid(Simulation.at(tmp_path), "success")
    found = await Simulation.at(tmp_path).gateway().look(payment.reference)

    assert found == payment


@pytest.fixture
async def crowd(tmp_path: Path) -> list[ProviderPayment]:
    """Sixteen who ask the same with the same key, each in a program of their own."""
    found: list[ProviderPayment] = []
    asked = ask()

    async def start() -> None:
        found.append(await Simulation.at(tmp_path).gateway().start(asked, key="same"))

    async with anyio.create_task_group() as group:
        for _ in range(16):
            group.start_soon(start)
    return found


async def test_one_key_makes_one_payment(crowd: list[ProviderPayment]) -> None:
    assert len(crowd) == 16
    assert len({payment.reference for payment in crowd}) == 1


async def test_pages_tell_the_shop_how_it_went(simulation: Simulation) -> None:
    payment = await started(simulation)
    assert payment.redirect_url
    token = payment.redirect_url.rpartition("/")[2]
    page = await simulation.pages.choose(token, "success")

    assert page.back == f"{SHOP}&payment_intent={payment.reference}&redirect_status=succeeded"
    assert not page.choices
    with pytest.raises(NoSuchChoice):
        await simulation.pages.choose(token, "success")
    with pytest.raises(NoSuchPaymentPage):
        await simulation.pages.show("nobody's")


async def test_nobody_is_sent_to_what_is_no_page(simulation: Simulation) -> None:
    asked = attrs.evolve(ask(), return_url="javascript:alert(1)")
    payment = await simulation.gateway().start(asked, key="1")
    assert payment.redirect_url

    page = await simulation.pages.show(payment.redirect_url.rpartition("/")[2])

    assert page.back is None
