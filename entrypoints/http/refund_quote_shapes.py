"""Refunds that are quoted, in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.bookings.refund_quotes import LineGivenBack, RefundQuote
from domain.payments.payment import Method
from entrypoints.http.payment_shapes import SomeMoney
from entrypoints.http.refund_shapes import Reason
from entrypoints.http.shapes import Identifier, Input, MinorUnits, Moment, MoneyBody, Output

Label = Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=200, examples=["Double room"])]


class RefundQuoteInput(Input, frozen=True):
    amount_minor: SomeMoney
    fee_minor: MinorUnits = 0


class RefundAsQuotedInput(Input, frozen=True):
    """It goes back the way it came if there is no `method`."""

    quote_id: Identifier
    method: Method | None = None
    reason: Reason = ""


class LineGivenBackBody(Output, frozen=True):
    label: Label
    amount: MoneyBody

    @classmethod
    def of(cls, line: LineGivenBack) -> "LineGivenBackBody":
        return cls(label=line.label, amount=MoneyBody.of(line.amount))


class RefundQuoteBody(Output, frozen=True):
    """`unused` was paid for nothing; the rest of `amount` is let off, as `lines` say.

    `tax` is contained in that.
    """

    id: Identifier
    payment_id: Identifier
    booking_id: Identifier
    expires_at: Moment
    amount: MoneyBody
    fee: MoneyBody
    paid_out: MoneyBody
    unused: MoneyBody
    tax: MoneyBody
    lines: Annotated[Sequence[LineGivenBackBody], Meta(max_length=1000)]

    @classmethod
    def of(cls, quote: RefundQuote) -> "RefundQuoteBody":
        return cls(
            id=quote.id,
            payment_id=quote.payment_id,
            booking_id=quote.booking_id,
            expires_at=quote.expires_at,
            amount=MoneyBody.of(quote.amount),
            fee=MoneyBody.of(quote.fee),
            paid_out=MoneyBody.of(quote.paid_out),
            unused=MoneyBody.of(quote.unused),
            tax=MoneyBody.of(quote.tax),
            lines=[LineGivenBackBody.of(line) for line in quote.lines],
        )
