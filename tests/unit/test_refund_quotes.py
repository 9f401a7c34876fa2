"""What giving back comes to is said first, and given back as it was said."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.bookings.quote_refund import ConfirmRefundQuote, QuoteRefund
from domain.bookings.price import LineKind, Price, PriceLine
from domain.bookings.promises import QuoteOutdated
from domain.bookings.quotes import QuoteExpired, QuoteNotFound
from domain.bookings.refund_quotes import RefundQuote, RefundQuoteOutdated
from domain.kernel.identifiers import QuoteId
from domain.kernel.money import Money
from domain.payments.refunds import Refund
from domain.payments.refusals import FeeAboveRefund, TooMuchToRefund
from tests.samples import DESK, NOW, QUARTER, SECOND, held, pounds
from tests.samples_of_payments import NOTHING, PRICE, payment_id
from tests.unit.cashier import Cashier
from tests.unit.refunding import ask_for, sold

pytestmark = pytest.mark.anyio


def price(*amounts: int) -> Price:
    kinds = [LineKind.CHARGE if amount >= 0 else LineKind.DISCOUNT for amount in amounts]
    lines = [
        PriceLine.once(kind, f"line {place}", Money(amount, "GBP"))
        for place, (kind, amount) in enumerate(zip(kinds, amounts, strict=True))
    ]
    return Price.of(lines, currency="GBP")


def quoted(agreed: Price, amount: Money, *, unused: Money = NOTHING) -> RefundQuote:
    booking = held()
    agreement = attrs.evolve(booking.agreement, price=agreed)
    return RefundQuote.promise(
        QuoteId(payment_id(1)),
        attrs.evolve(booking, agreement=agreement),
        payment_id=payment_id(),
        payment_version=1,
        amount=amount,
        fee=NOTHING,
        unused=unused,
        now=NOW,
        good_for=QUARTER,
    )


@given(st.lists(st.integers(-5_000, 50_000), min_size=1, max_size=8), st.data())
def test_lines_add_up_to_what_is_let_off(amounts: list[int], data: st.DataObject) -> None:
    agreed = price(*amounts)
    if agreed.total.minor <= 0:
        return
    amount = Money(data.draw(st.integers(1, agreed.total.minor)), "GBP")
    unused = Money(data.draw(st.integers(0, amount.minor)), "GBP")
    quote = quoted(agreed, amount, unused=unused)

    given_back = sum((line.amount for line in quote.lines), start=NOTHING)
    assert given_back == amount - unused


def test_all_of_it_is_every_line_as_it_was_paid() -> None:
    quote = quoted(price(10_000, 5_000, -1_500), Money(13_500, "GBP"))

    assert [line.amount.minor for line in quote.lines] == [10_000, 5_000, -1_500]


async def quote(cashier: Cashier, amount: Money, *, fee: Money = NOTHING) -> RefundQuote:
    (payment,) = cashier.rows.payments.values()
    command = QuoteRefund(actor=DESK, payment_id=payment.id, amount=amount, fee=fee)
    promised: RefundQuote = await cashier.till.quote_refund(command)
    return promised


async def confirm(cashier: Cashier, promised: RefundQuote) -> Refund:
    command = ConfirmRefundQuote(
        actor=DESK, payment_id=promised.payment_id, quote_id=promised.id, reason="it rained"
    )
    refund: Refund = await cashier.till.refund_as_quoted(command)
    return refund


async def test_what_was_quoted_is_what_is_given_back() -> None:
    cashier, booking = await sold()
    promised = await quote(cashier, pounds(50), fee=pounds(5))
    assert cashier.payments(booking)[0].refunding == NOTHING
    refund = await confirm(cashier, promised)

    assert (promised.paid_out, promised.unused) == (pounds(45), NOTHING)
    assert (refund.amount, refund.fee, refund.allowance) == (pounds(50), pounds(5), pounds(50))
    assert refund.reason == "it rained"
    assert cashier.payments(booking)[0].refunding == pounds(50)


async def test_it_is_confirmed_once() -> None:
    cashier, _ = await sold()
    promised = await quote(cashier, pounds(50))
    await confirm(cashier, promised)

    with pytest.raises(RefundQuoteOutdated):
        await confirm(cashier, promised)


async def test_once_the_payment_or_the_booking_has_changed_it_is_good_no_more() -> None:
    cashier, booking = await sold()
    before = await quote(cashier, pounds(50))
    await ask_for(cashier, booking, pounds(10))
    with pytest.raises(RefundQuoteOutdated):
        await confirm(cashier, before)

    changed = await quote(cashier, pounds(50))
    await cashier.desk.cancel(booking.id)
    with pytest.raises(QuoteOutdated):
        await confirm(cashier, changed)


async def test_it_is_good_for_a_while() -> None:
    cashier, _ = await sold()
    promised = await quote(cashier, pounds(50))
    cashier.desk.clock.passes(QUARTER - SECOND)
    other = await quote(cashier, pounds(60))
    cashier.desk.clock.passes(SECOND)

    with pytest.raises(QuoteExpired):
        await confirm(cashier, promised)
    await confirm(cashier, other)


async def test_what_could_not_be_asked_for_is_not_quoted() -> None:
    cashier, _ = await sold()

    with pytest.raises(TooMuchToRefund):
        await quote(cashier, PRICE + pounds(1))
    with pytest.raises(FeeAboveRefund):
        await quote(cashier, pounds(5), fee=pounds(5))


async def test_the_quote_of_another_payment_is_unknown() -> None:
    cashier, _ = await sold()
    promised = await quote(cashier, pounds(50))

    with pytest.raises(QuoteNotFound):
        await confirm(cashier, attrs.evolve(promised, payment_id=payment_id(999)))
