"""Deposits first and the rest later, and journeys that are confirmed when all of it is paid."""

from random import Random
from uuid import uuid4

import attrs
import pytest

from application.bookings.duplicates import Duplicates
from application.bookings.hold_itinerary import HoldItinerary, HoldItineraryHandler
from application.bookings.reclaiming import Reclaiming
from domain.bookings.booking import Booking
from domain.bookings.conditions import Conditions
from domain.bookings.deposits import Deposit
from domain.payments.ledger import Account
from domain.payments.provider import ProviderStatus
from domain.payments.refusals import NothingToPay
from tests.samples import DAY, DESK, HOLD_TERMS, HOUR, hotel, pounds, room_terms
from tests.samples_of_payments import PRICE
from tests.unit.cashier import Cashier

pytestmark = pytest.mark.anyio

A_THIRD = Deposit(percent=30, hours_before=5 * 24)


async def with_deposit() -> tuple[Cashier, Booking]:
    cashier = await Cashier.open()
    terms = attrs.evolve(room_terms(version=1), conditions=Conditions(deposit=A_THIRD))
    await cashier.desk.memory(DESK, lambda work: work.sales_terms.save(terms))
    return cashier, await cashier.held()


async def buy(cashier: Cashier, booking: Booking, *, in_full: bool = False) -> int:
    """In pounds, how much had to be paid."""
    payment = await cashier.pay(booking, in_full=in_full)
    cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
    await cashier.comes_back(payment)
    await cashier.works_off()
    cashier.must_balance()
    return payment.amount.minor // 100


async def test_a_deposit_confirms_and_the_rest_is_due_later() -> None:
    cashier, booking = await with_deposit()

    assert await buy(cashier, booking) == 54
    assert cashier.state(booking) == "confirmed"
    assert cashier.balances(booking) == {
        Account.CLEARING: 54,
        Account.RECEIVABLE: 126,
        Account.SALES: -180,
    }
    with pytest.raises(NothingToPay):
        await cashier.pay(booking)
    cashier.desk.clock.passes(8 * DAY)
    assert await buy(cashier, booking) == 126
    assert cashier.balances(booking) == {Account.CLEARING: 180, Account.SALES: -180}


async def test_the_rest_may_be_paid_before_it_is_due() -> None:
    cashier, booking = await with_deposit()
    await buy(cashier, booking)

    assert await buy(cashier, booking, in_full=True) == 126
    with pytest.raises(NothingToPay):
        await cashier.pay(booking, in_full=True)


async def test_all_of_it_is_due_at_once_if_the_rest_would_be() -> None:
    cashier, _ = await with_deposit()
    cashier.desk.clock.passes(8 * DAY)
    await cashier.desk.expire_holds()

    assert await buy(cashier, await cashier.held()) == 180


async def test_of_a_deposit_what_is_not_kept_goes_back() -> None:
    cashier, booking = await with_deposit()
    await buy(cashier, booking)
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()

    assert [one.amount for one in cashier.refunds(booking)] == [pounds(54)]
    assert cashier.balances(booking) == {}


async def test_a_fee_above_what_was_paid_is_owed() -> None:
    cashier, booking = await with_deposit()
    await buy(cashier, booking)
    cashier.desk.clock.passes(7 * DAY)
    await cashier.desk.cancel(booking.id)
    await cashier.works_off()

    assert cashier.refunds(booking) == []
    assert await buy(cashier, booking) == 90 - 54
    assert cashier.balances(booking) == {Account.CLEARING: 90, Account.SALES: -90}


async def journey() -> tuple[Cashier, list[Booking]]:
    cashier = await Cashier.open(capacity=2)
    desk = cashier.desk
    quotes = [await desk.quote(hotel(1, 3)), await desk.quote(hotel(3, 4))]
    handler = HoldItineraryHandler(
        unit_of_work=desk.memory,
        clock=desk.clock,
        new_id=uuid4,
        chance=Random(2).randrange,
        reference_prefix="FD",
        terms=HOLD_TERMS,
        reclaiming=Reclaiming(unit_of_work=desk.memory, clock=desk.clock, freeing=desk.freeing),
        duplicates=Duplicates(unit_of_work=desk.memory, clock=desk.clock),
    )
    held = await handler(HoldItinerary(actor=DESK, quote_ids=[one.id for one in quotes]))
    return cashier, [desk.stored(id) for id in held.itinerary.pending]


async def test_a_journey_is_confirmed_once_all_of_it_is_paid() -> None:
    cashier, (first, second) = await journey()

    await buy(cashier, first)
    assert {cashier.state(one) for one in (first, second)} == {"held"}
    await buy(cashier, second)

    assert {cashier.state(one) for one in (first, second)} == {"confirmed"}
    assert [one.state.value for one in cashier.rows.payments.values()] == ["captured"] * 2


async def test_of_a_journey_that_was_left_all_that_was_paid_goes_back() -> None:
    cashier, (first, second) = await journey()
    paid = await buy(cashier, first)
    cashier.desk.clock.passes(2 * HOUR)
    await cashier.desk.expire_holds()
    await cashier.works_off()

    assert {cashier.state(one) for one in (first, second)} == {"expired"}
    assert [one.amount for one in cashier.refunds(first)] == [pounds(paid)]
    assert cashier.balances(first) == {}
    assert PRICE in {first.agreement.price.total, second.agreement.price.total}
