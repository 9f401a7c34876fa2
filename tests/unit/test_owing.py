"""What is owed for a booking as it stands, and by when."""

from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.booking import Booking
from domain.bookings.conditions import Conditions
from domain.bookings.deposits import BadDeposit, Deposit, Instalment
from domain.bookings.life import BookingState
from domain.bookings.owing import due, instalments, owing
from domain.bookings.price import LineKind, PriceLine
from domain.kernel.money import Money
from domain.payments.payment_references import ALPHABET, payment_reference
from tests.samples import DAY, HOUR, NOW, held, hotel, pounds
from tests.samples_of_payments import NOTHING, PRICE

A_THIRD = Deposit(percent=30, hours_before=5 * 24)
TAXED = PriceLine.once(LineKind.TAX, "VAT", pounds(36))


def sold(state: BookingState = BookingState.CONFIRMED, **agreed: object) -> Booking:
    """Two nights; what is agreed beside that is told."""
    booking = held(hotel(1, 3))
    agreement = attrs.evolve(booking.agreement, **agreed)  # type: ignore[arg-type]
    return attrs.evolve(booking, state=state, agreement=agreement)


def taxed() -> Booking:
    price = held().agreement.price
    return sold(price=attrs.evolve(price, lines=(*price.lines, TAXED), total=pounds(216)))


@pytest.mark.parametrize("state", list(BookingState))
def test_what_was_promised_is_owed_and_what_was_not_is_not(state: BookingState) -> None:
    promised = {
        BookingState.CONFIRMED,
        BookingState.IN_PROGRESS,
        BookingState.COMPLETED,
        BookingState.NO_SHOW,
    }

    assert owing(sold(state)).total == (PRICE if state in promised else NOTHING)


def test_of_what_was_cancelled_the_fee_is_owed_and_the_tax_in_proportion() -> None:
    cancelled = taxed().cancel(now=held().starts_at - 5 * DAY)

    assert (owing(cancelled).total, owing(cancelled).tax) == (pounds(108), pounds(18))
    assert owing(taxed()).tax == pounds(36)


def test_fees_for_changes_are_owed_beside_the_price_unless_the_company_cancels() -> None:
    changed = sold(change_fees=pounds(20))

    assert owing(changed).total == pounds(200)
    assert owing(changed.cancel(now=held().starts_at - 5 * DAY)).total == pounds(110)
    assert owing(changed.cancel_by_company(reason="flooded", now=NOW)).total == NOTHING


def test_what_was_sold_elsewhere_is_in_somebody_elses_books() -> None:
    assert owing(sold(history=True)).total == NOTHING


@pytest.mark.parametrize(("percent", "hours"), [(9, 1), (100, 1), (30, -1)])
def test_deposits_are_some_of_the_price_and_come_first(percent: int, hours: int) -> None:
    with pytest.raises(BadDeposit):
        Deposit(percent=percent, hours_before=hours)


@given(st.integers(0, 10**9), st.integers(10, 99), st.integers(0, 1000), st.integers(0, 1000))
def test_instalments_add_up_to_the_price(
    minor: int, percent: int, hours: int, hours_left: int
) -> None:
    price, starts_at = Money(minor, "GBP"), NOW + hours_left * HOUR
    deposit = Deposit(percent=percent, hours_before=hours)

    parts = deposit.split(price, starts_at=starts_at, now=NOW)

    assert sum((one.amount for one in parts), start=NOTHING) == price
    assert parts[0].due_at == NOW
    assert all(NOW < one.due_at <= starts_at and one.amount.minor > 0 for one in parts[1:])


def test_a_hold_is_paid_by_its_first_instalment_and_the_rest_when_it_is_due() -> None:
    booking = sold(conditions=Conditions(deposit=A_THIRD))
    on_hold = attrs.evolve(booking, state=BookingState.HELD)
    later = booking.starts_at - 4 * DAY

    assert instalments(on_hold, now=NOW) == (
        Instalment(amount=pounds(54), due_at=NOW),
        Instalment(amount=pounds(126), due_at=booking.starts_at - 5 * DAY),
    )
    assert due(on_hold, paid=NOTHING, now=NOW) == pounds(54)
    assert due(on_hold, paid=NOTHING, now=later) == PRICE
    assert due(booking, paid=pounds(54), now=NOW) == NOTHING
    assert due(booking, paid=pounds(54), now=later) == pounds(126)
    assert due(booking, paid=pounds(200), now=later) == pounds(-20)


def test_what_was_cancelled_is_due_at_once() -> None:
    cancelled = sold(conditions=Conditions(deposit=A_THIRD)).cancel(now=held().starts_at - 5 * DAY)

    assert due(cancelled, paid=pounds(54), now=NOW) == pounds(36)


def test_payments_are_called_by_their_day_and_letters_nobody_mistakes() -> None:
    drawn = payment_reference(NOW, Random(1).randrange)

    assert drawn.startswith("PAY-20261120-")
    assert len(drawn) == len("PAY-20261120-") + 6
    assert set(drawn[-6:]) <= set(ALPHABET)
    assert not {"I", "L", "O", "U"} & set(ALPHABET)
