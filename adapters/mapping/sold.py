"""Bookings and sessions, as papers say them."""

from collections.abc import Iterable

from domain.bookings.attendance import Attendance
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY as FORGOTTEN
from domain.bookings.price import PriceLine
from domain.bookings.training import CourseSession
from domain.inventory.resources import Resource
from domain.paperwork.contents import NOBODY, Recipient
from domain.paperwork.sources import ContainedTax, SessionHeld, Sold, SoldLine, TookPart


def sold_of(booking: Booking, *, seller: str) -> Sold:
    agreement, split = booking.agreement, booking.cancellation
    return Sold(
        booking_id=booking.id,
        resource_id=agreement.request.resource_id,
        reference=booking.reference.text,
        kind=agreement.request.kind,
        state=booking.state.value,
        title=agreement.title,
        starts_at=agreement.period.starts_at,
        ends_at=agreement.period.ends_at,
        zone=agreement.zone,
        seller=seller,
        recipient=_recipient(booking),
        attendees=tuple(one.name for one in agreement.request.participants),
        lines=tuple(map(_line, agreement.price.lines)),
        contained=tuple(
            ContainedTax(name=tax.name, basis_points=tax.basis_points, amount=tax.amount)
            for tax in agreement.price.contained
        ),
        price=agreement.price.total,
        change_fees=agreement.change_fees,
        kept=split.fee if split else None,
        reason=split.reason if split else "",
    )


def session_of(
    resource: Resource,
    *,
    seller: str,
    trainers: Iterable[str],
    attendance: Attendance,
    bookings: Iterable[Booking],
) -> SessionHeld | None:
    session = resource.offering
    if not isinstance(session, CourseSession):
        return None
    return SessionHeld(
        resource_id=resource.id,
        title=session.course or resource.name,
        level=session.level,
        category=session.category,
        starts_at=session.period.starts_at,
        ends_at=session.period.ends_at,
        zone=resource.zone,
        seller=seller,
        trainer=", ".join(trainers),
        took_part=tuple(_took_part(attendance, bookings)),
    )


def _took_part(attendance: Attendance, bookings: Iterable[Booking]) -> Iterable[TookPart]:
    known = {booking.id: booking for booking in bookings}
    for mark in attendance.marks:
        booking = known.get(mark.place.booking_id)
        if booking is None or not mark.eligible:
            continue
        person = booking.agreement.request.participants[mark.place.number - 1]
        contact = _recipient(booking)
        theirs = Recipient(name=person.name, email=person.email or contact.email)
        yield TookPart(
            booking_id=booking.id,
            reference=booking.reference.text,
            place=mark.place.number,
            recipient=contact if contact == NOBODY else theirs,
        )


def _recipient(booking: Booking) -> Recipient:
    contact = booking.agreement.request.contact
    return NOBODY if contact == FORGOTTEN else Recipient(name=contact.name, email=contact.email)


def _line(line: PriceLine) -> SoldLine:
    return SoldLine(
        label=line.label,
        kind=line.kind.value,
        day=line.day,
        units=line.units,
        unit_price=line.unit_price,
        amount=line.amount,
    )
