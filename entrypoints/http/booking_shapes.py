"""Quotes and bookings in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.views import BookingSummary
from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.cancellation import Cancellation
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.promises import CancellationQuote, ChangeQuote
from domain.bookings.quotes import Quote
from entrypoints.http.consent_shapes import ConsentBody
from entrypoints.http.kinds.registry import RequestBody, request_body
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.price_shapes import PriceBody
from entrypoints.http.sales_terms_shapes import ConditionsBody, TierInput
from entrypoints.http.shapes import (
    ContactBody,
    Identifier,
    Moment,
    MoneyBody,
    Name,
    Output,
    Version,
    ZoneName,
)

Reference = Annotated[
    str, Meta(max_length=16, pattern="^[0-9A-Z]{10,12}$", examples=["FD7K3M9QXA"])
]


class AgreementBody(Output, frozen=True):
    """What was quoted and, from then on, holds. `change_fees` are owed beside the price."""

    resource_id: Identifier
    title: Name
    zone: ZoneName
    starts_at: Moment
    ends_at: Moment
    contact: ContactBody
    request: RequestBody
    price: PriceBody
    cancellation_terms: Annotated[Sequence[TierInput], Meta(max_length=20)]
    conditions: ConditionsBody
    consent: ConsentBody | None
    change_fees: MoneyBody | None

    @classmethod
    def of(cls, agreement: Agreement) -> "AgreementBody":
        return cls(
            resource_id=agreement.request.resource_id,
            title=agreement.title,
            zone=agreement.zone.name,
            starts_at=agreement.period.starts_at,
            ends_at=agreement.period.ends_at,
            contact=ContactBody.of(agreement.request.contact),
            request=request_body(agreement.request),
            price=PriceBody.of(agreement.price),
            cancellation_terms=[TierInput.of(tier) for tier in agreement.cancellation.tiers],
            conditions=ConditionsBody.of(agreement.conditions),
            consent=ConsentBody.of(agreement.consent) if agreement.consent else None,
            change_fees=MoneyBody.of(agreement.change_fees) if agreement.change_fees else None,
        )


class QuoteBody(Output, frozen=True):
    id: Identifier
    expires_at: Moment
    agreement: AgreementBody

    @classmethod
    def of(cls, quote: Quote) -> "QuoteBody":
        return cls(
            id=quote.id,
            expires_at=quote.expires_at,
            agreement=AgreementBody.of(quote.agreement),
        )


class CancellationBody(Output, frozen=True):
    fee: MoneyBody
    refund: MoneyBody

    @classmethod
    def of(cls, cancellation: Cancellation) -> "CancellationBody":
        return cls(fee=MoneyBody.of(cancellation.fee), refund=MoneyBody.of(cancellation.refund))


class CancellationQuoteBody(Output, frozen=True):
    """Good for this version of the booking, until it expires."""

    id: Identifier
    booking_id: Identifier
    booking_version: Version
    expires_at: Moment
    fee: MoneyBody
    refund: MoneyBody

    @classmethod
    def of(cls, quote: CancellationQuote) -> "CancellationQuoteBody":
        return cls(
            id=quote.id,
            booking_id=quote.booking_id,
            booking_version=quote.version,
            expires_at=quote.expires_at,
            fee=MoneyBody.of(quote.split.fee),
            refund=MoneyBody.of(quote.split.refund),
        )


class ChangeQuoteBody(Output, frozen=True):
    """`due` is the difference of the prices and the fee: owed by the customer or, negative, to
    them.
    """

    id: Identifier
    booking_id: Identifier
    booking_version: Version
    expires_at: Moment
    agreement: AgreementBody
    difference: MoneyBody
    fee: MoneyBody
    due: MoneyBody

    @classmethod
    def of(cls, quote: ChangeQuote) -> "ChangeQuoteBody":
        return cls(
            id=quote.id,
            booking_id=quote.booking_id,
            booking_version=quote.version,
            expires_at=quote.expires_at,
            agreement=AgreementBody.of(quote.agreement),
            difference=MoneyBody.of(quote.difference),
            fee=MoneyBody.of(quote.fee),
            due=MoneyBody.of(quote.due),
        )


class BookingBody(Output, frozen=True):
    """`expires_at` is when the hold may end; it is null once the booking is no longer held.

    `purpose` is what it is held for, `itinerary_id` names the bookings it is held together with.
    """

    id: Identifier
    version: Version
    reference: Reference
    state: BookingState
    purpose: HoldPurpose
    itinerary_id: Identifier | None
    expires_at: Moment | None
    agreement: AgreementBody
    cancellation: CancellationBody | None

    @classmethod
    def of(cls, booking: Booking) -> "BookingBody":
        held = booking.state is BookingState.HELD
        split = booking.cancellation
        return cls(
            id=booking.id,
            version=booking.version,
            reference=booking.reference.text,
            state=booking.state,
            purpose=booking.purpose,
            itinerary_id=booking.itinerary_id,
            expires_at=booking.expires_at if held else None,
            agreement=AgreementBody.of(booking.agreement),
            cancellation=CancellationBody.of(split) if split else None,
        )


class BookingSummaryBody(Output, frozen=True):
    id: Identifier
    version: Version
    reference: Reference
    state: BookingState
    purpose: HoldPurpose
    itinerary_id: Identifier | None
    resource_id: Identifier
    title: Name
    starts_at: Moment
    ends_at: Moment
    expires_at: Moment | None
    total: MoneyBody

    @classmethod
    def of(cls, summary: BookingSummary) -> "BookingSummaryBody":
        held = summary.state is BookingState.HELD
        return cls(
            id=summary.id,
            version=summary.version,
            reference=summary.reference,
            state=summary.state,
            purpose=summary.purpose,
            itinerary_id=summary.itinerary_id,
            resource_id=summary.resource_id,
            title=summary.title,
            starts_at=summary.starts_at,
            ends_at=summary.ends_at,
            expires_at=summary.expires_at if held else None,
            total=MoneyBody.of(summary.total),
        )


class BookingPage(Output, frozen=True):
    items: Annotated[Sequence[BookingSummaryBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
