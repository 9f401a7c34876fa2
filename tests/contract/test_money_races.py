"""Many at once about the same money: whatever the order, none is taken or given back twice."""

from collections import Counter
from typing import Any

import pytest

from application.bookings.pay_booking import PayBooking
from application.bookings.request_refund import RequestRefund
from application.bookings.settle_booking import SettleBooking
from application.bookings.take_payment import TakePayment
from application.payments.carry_on_payment import CarriedOn, CarryOnPayment
from application.payments.carry_on_refund import CarryOnRefund
from domain.bookings.booking import Booking
from domain.kernel.actors import SYSTEM
from domain.payments.ledger import Account, Books, Owed
from domain.payments.payment import Method, Payment
from domain.payments.provider import ProviderStatus
from domain.payments.refunds import Refund
from domain.payments.refusals import MoreThanIsOwed, TooMuchToRefund
from tests.contract.crowds import race
from tests.contract.paying import captured
from tests.contract.storages import Storage, Work, put_on_sale
from tests.samples import DESK, held, hotel, pounds
from tests.samples_of_payments import NOTHING, PRICE, booking_id, payment_id
from tests.tills import Till

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

BOOKING = booking_id()
SETTLE = SettleBooking(actor=DESK, booking_id=BOOKING, by=SYSTEM)


async def hold(storage: Storage) -> Booking:
    await put_on_sale(storage)
    booking = held(hotel(1, 3))

    def take(work: Work) -> Booking:
        work.inventory.take(booking.hold_id, booking.agreement.claims)
        return work.bookings.save(booking)

    return await storage.work(DESK, take)


async def paid_with(storage: Storage, *payments: Payment) -> Till:
    """For a held booking, and written in the books."""
    await hold(storage)
    till = Till(work=storage.work)

    def pay(work: Work) -> None:
        for payment in payments:
            till.taking_note.payment(work, None, payment)

    await storage.work(DESK, pay)
    return till


async def books(storage: Storage) -> Books:
    return await storage.work(DESK, lambda work: work.ledger.books_of(BOOKING, "GBP"))


async def look(storage: Storage) -> tuple[Booking, list[Payment], list[Refund]]:
    def read(work: Work) -> tuple[Booking, list[Payment], list[Refund]]:
        payments = [*work.payments.locked_of(BOOKING)]
        return work.bookings.get(BOOKING), payments, [*work.refunds.of_booking(BOOKING)]

    return await storage.work(DESK, read)


async def test_of_many_who_settle_one_confirms_and_charges(storage: Storage) -> None:
    till = await paid_with(storage, captured())

    outcomes = await race([till.settle(SETTLE) for _ in range(8)])

    assert {type(outcome) for outcome in outcomes} == {Booking}
    booking, _, refunds = await look(storage)
    assert (booking.state.value, booking.version, refunds) == ("confirmed", 2, [])
    assert (await books(storage)).balances == {Account.CLEARING: PRICE, Account.SALES: -PRICE}
    assert (await storage.events()).count("booking_confirmed") == 1


async def test_of_many_who_settle_one_gives_back(storage: Storage) -> None:
    till = await paid_with(storage, captured(801), captured(802))

    await race([till.settle(SETTLE) for _ in range(8)])

    booking, payments, refunds = await look(storage)
    assert booking.state.value == "confirmed"
    assert [one.amount for one in refunds] == [PRICE]
    assert sum((one.refunding for one in payments), start=NOTHING) == PRICE
    assert (await storage.jobs()).count("carry_on_refund") == 1


async def test_many_who_ask_for_refunds_have_no_more_than_was_captured(storage: Storage) -> None:
    till = await paid_with(storage, captured())
    ask = RequestRefund(
        actor=DESK,
        payment_id=payment_id(),
        amount=pounds(50),
        fee=NOTHING,
        method=Method.ONLINE,
        reason="it rained",
    )

    outcomes = await race([till.ask_for_refund(ask) for _ in range(8)])

    assert Counter(map(type, outcomes)) == {Refund: 3, TooMuchToRefund: 5}
    _, (payment,), refunds = await look(storage)
    assert payment.refunding == sum((one.amount for one in refunds), start=NOTHING) == pounds(150)


async def test_what_is_credit_is_so_once_whichever_payment_it_goes_back_to(
    storage: Storage,
) -> None:
    till = await paid_with(storage, captured(801), captured(802))

    def charge(work: Work) -> None:
        paid, owed = (
            work.ledger.books_of(BOOKING, "GBP"),
            Owed(total=PRICE, tax=NOTHING, fees=NOTHING),
        )
        journals = till.bookkeeping.of_charge(BOOKING, paid, owed, now=till.clock())
        work.ledger.write([*journals])

    await storage.work(DESK, charge)
    asks = [
        RequestRefund(
            actor=DESK,
            payment_id=payment_id(id),
            amount=PRICE,
            fee=NOTHING,
            method=Method.CASH,
            reason="it rained",
        )
        for id in (801, 802)
    ]
    await race([till.ask_for_refund(ask) for ask in asks])

    _, _, refunds = await look(storage)
    assert sum((one.allowance for one in refunds), start=NOTHING) == PRICE
    assert (await books(storage)).credit == NOTHING


async def test_of_many_who_take_all_of_it_by_hand_one_does(storage: Storage) -> None:
    await hold(storage)
    till = Till(work=storage.work)
    take = TakePayment(
        actor=DESK, booking_id=BOOKING, amount=PRICE, method=Method.CASH, note="till 2"
    )

    outcomes = await race([till.take(take) for _ in range(8)])

    assert Counter(map(type, outcomes)) == {Payment: 1, MoreThanIsOwed: 7}
    assert (await books(storage)).paid == PRICE


async def test_of_many_who_begin_to_pay_there_is_one_payment(storage: Storage) -> None:
    await hold(storage)
    till = Till(work=storage.work)
    pay = PayBooking(actor=DESK, booking_id=BOOKING)

    outcomes = await race([till.pay(pay) for _ in range(8)])

    assert Counter(map(type, outcomes)) == {CarriedOn: 8}
    _, (payment,), _ = await look(storage)
    assert list(till.gateway.payments) == [payment.provider_reference] == ["pi_1"]


async def test_of_many_who_hear_of_it_one_writes_it_down(storage: Storage) -> None:
    await hold(storage)
    till = Till(work=storage.work)
    begun = await till.pay(PayBooking(actor=DESK, booking_id=BOOKING))
    till.gateway.becomes(begun.payment.id, ProviderStatus.SUCCEEDED)
    comes_back = CarryOnPayment(actor=DESK, payment_id=begun.payment.id)

    outcomes = await race([till.carry_on(comes_back) for _ in range(8)])

    assert Counter(map(type, outcomes)) == {CarriedOn: 8}
    assert (await storage.events()).count("payment_captured") == 1
    assert (await books(storage)).balances == {Account.CLEARING: PRICE, Account.DEPOSITS: -PRICE}


async def test_of_many_who_give_back_one_does(storage: Storage) -> None:
    till = await paid_with(storage)
    begun = await till.pay(PayBooking(actor=DESK, booking_id=BOOKING))
    till.gateway.becomes(begun.payment.id, ProviderStatus.SUCCEEDED)
    await till.carry_on(CarryOnPayment(actor=DESK, payment_id=begun.payment.id))
    command: Any = RequestRefund(
        actor=DESK,
        payment_id=begun.payment.id,
        amount=pounds(50),
        fee=NOTHING,
        method=Method.ONLINE,
        reason="it rained",
    )
    asked = await till.ask_for_refund(command)

    def approve(work: Work) -> None:
        approved = asked.approve(by=SYSTEM, alone_up_to=None, now=till.clock())
        till.taking_note.refund(work, asked, approved)

    await storage.work(DESK, approve)
    give_back = CarryOnRefund(actor=DESK, refund_id=asked.id)
    await race([till.carry_on_refund(give_back) for _ in range(8)])

    _, _, (refund,) = await look(storage)
    assert (refund.state.value, len(till.gateway.refunds)) == ("succeeded", 1)
    assert (await books(storage)).of(Account.CLEARING) == pounds(130)
