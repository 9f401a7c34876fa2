"""What giving back part of a payment comes to, promised for a while."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.bookings.booking import Booking
from domain.bookings.owing import tax_share
from domain.bookings.price import Price
from domain.bookings.promises import Promise
from domain.kernel.identifiers import PaymentId, QuoteId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict


@attrs.frozen
class RefundQuoteOutdated(Conflict):
    """The payment is no longer what it was when this was quoted."""

    code: ClassVar[str] = "refund_quote_outdated"
    quote_id: QuoteId

    def __str__(self) -> str:
        return "the payment has changed since; ask for a new quote"


@attrs.frozen(kw_only=True)
class LineGivenBack:
    """What a line of the price is let off by; of a discount, below zero."""

    label: str
    amount: Money


@attrs.frozen(kw_only=True)
class RefundQuote(Promise):
    """Of `amount`, `fee` is kept; `unused` was paid for nothing, and the rest is let off.

    `lines` add up to what is let off, and `tax` is what of that is passed on.
    """

    payment_id: PaymentId
    payment_version: int
    amount: Money
    fee: Money
    unused: Money
    tax: Money
    lines: tuple[LineGivenBack, ...]

    @classmethod
    def promise(
        cls,
        id: QuoteId,
        booking: Booking,
        *,
        payment_id: PaymentId,
        payment_version: int,
        amount: Money,
        fee: Money,
        unused: Money,
        now: datetime,
        good_for: timedelta,
    ) -> "RefundQuote":
        price, let_off = booking.agreement.price, amount - unused
        return cls(
            id=id,
            booking_id=booking.id,
            version=booking.version,
            expires_at=now + good_for,
            payment_id=payment_id,
            payment_version=payment_version,
            amount=amount,
            fee=fee,
            unused=unused,
            tax=tax_share(price, let_off),
            lines=tuple(_lines(price, let_off)),
        )

    @property
    def paid_out(self) -> Money:
        return self.amount - self.fee

    def must_hold(self, booking: Booking, payment_version: int, *, now: datetime) -> None:
        """Raises RefundQuoteOutdated, and what Promise.must_be_good raises."""
        self.must_be_good(booking, now=now)
        if payment_version != self.payment_version:
            raise RefundQuoteOutdated(self.id)


def _lines(price: Price, let_off: Money) -> Iterator[LineGivenBack]:
    """In proportion, and to the cent: what is rounded off one line is added to the next."""
    if price.total.minor <= 0 or let_off.minor == 0:
        return
    passed, given = 0, 0
    for line in price.lines:
        passed += line.amount.minor
        upto = let_off.minor * passed // price.total.minor
        share, given = upto - given, upto
        if share:
            yield LineGivenBack(label=line.label, amount=Money(share, let_off.currency))
