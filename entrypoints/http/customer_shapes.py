"""JSON shapes of everything that is kept on a customer."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.export_customer import CustomerExport
from domain.bookings.attendance import AttendeePresence, Mark
from domain.bookings.attendees import Attendee
from domain.bookings.booking import Booking
from domain.bookings.customer_events import CustomerErased
from domain.bookings.special_requirements import RequirementCategory, SpecialRequirement
from entrypoints.http.block_shapes import BlockBody
from entrypoints.http.booking_shapes import BookingBody
from entrypoints.http.consent_shapes import ConsentBody
from entrypoints.http.hold_shapes import Message
from entrypoints.http.kept_shapes import ExportedCallBody, ExportedPaperBody
from entrypoints.http.kinds.attendees import RequirementText
from entrypoints.http.shapes import Email, Identifier, Input, Moment, Output
from entrypoints.http.waiting_shapes import WaitingEntryBody

MOST_PEOPLE = 100
MOST_RECORDS = 1_000_000

Number = Annotated[int, Meta(ge=1, le=MOST_PEOPLE, description="Which attendee, from 1.")]
Count = Annotated[int, Meta(ge=0, le=MOST_RECORDS)]


class CustomerInput(Input, frozen=True):
    email: Email


class ErasureInput(CustomerInput, frozen=True):
    even_if_booked: bool = False


class ErasureBody(Output, frozen=True):
    """How much there was that is nobody's now. Events name the `id`."""

    id: Identifier
    bookings: Count
    waiting_entries: Count
    blocks: Count
    calls: Count

    @classmethod
    def of(cls, erased: CustomerErased) -> "ErasureBody":
        return cls(
            id=erased.request_id,
            bookings=erased.bookings,
            waiting_entries=erased.waiting_entries,
            blocks=erased.blocks,
            calls=erased.calls,
        )


class ExportedNeedBody(Output, frozen=True):
    number: Number
    category: RequirementCategory
    confidential: bool
    text: RequirementText

    @classmethod
    def of(cls, number: int, need: SpecialRequirement) -> "ExportedNeedBody":
        return cls(
            number=number,
            category=need.category,
            confidential=need.confidential,
            text=need.text,
        )


class ExportedMarkBody(Output, frozen=True):
    number: Number
    presence: AttendeePresence
    checked_in_at: Moment | None
    checked_out_at: Moment | None

    @classmethod
    def of(cls, mark: Mark) -> "ExportedMarkBody":
        return cls(
            number=mark.place.number,
            presence=mark.presence,
            checked_in_at=mark.checked_in_at,
            checked_out_at=mark.checked_out_at,
        )


class ExportedBookingBody(Output, frozen=True):
    """A booking with what is shown nowhere else: all needs, who came, what was consented to."""

    booking: BookingBody
    message: Message
    consent: ConsentBody | None
    needs: Annotated[
        Sequence[ExportedNeedBody], Meta(max_length=MOST_PEOPLE * Attendee.MOST_REQUIREMENTS)
    ]
    attendance: Annotated[Sequence[ExportedMarkBody], Meta(max_length=MOST_PEOPLE)]

    @classmethod
    def of(cls, booking: Booking, marks: Sequence[Mark]) -> "ExportedBookingBody":
        agreement = booking.agreement
        return cls(
            booking=BookingBody.of(booking),
            message=agreement.inquiry.message if agreement.inquiry else "",
            consent=ConsentBody.of(agreement.consent) if agreement.consent else None,
            needs=[
                ExportedNeedBody.of(number, need)
                for number, person in enumerate(agreement.request.participants, 1)
                for need in person.special_requirements
            ],
            attendance=[ExportedMarkBody.of(mark) for mark in marks],
        )


class CustomerBody(Output, frozen=True):
    """Messages are written from bookings when they are sent, and not kept."""

    id: Identifier
    bookings: Annotated[Sequence[ExportedBookingBody], Meta(max_length=MOST_RECORDS)]
    waiting_entries: Annotated[Sequence[WaitingEntryBody], Meta(max_length=MOST_RECORDS)]
    blocks: Annotated[Sequence[BlockBody], Meta(max_length=MOST_RECORDS)]
    papers: Annotated[Sequence[ExportedPaperBody], Meta(max_length=MOST_RECORDS)]
    calls: Annotated[Sequence[ExportedCallBody], Meta(max_length=MOST_RECORDS)]

    @classmethod
    def of(cls, found: CustomerExport) -> "CustomerBody":
        customer = found.customer
        return cls(
            id=found.request_id,
            bookings=[
                ExportedBookingBody.of(booking, found.marks.get(booking.id, ()))
                for booking in customer.bookings
            ],
            waiting_entries=[WaitingEntryBody.of(entry) for entry in customer.waiting],
            blocks=[BlockBody.of(block) for block in customer.blocks],
            papers=[ExportedPaperBody.of(paper) for paper in found.papers],
            calls=[ExportedCallBody.of(call) for call in found.calls],
        )
