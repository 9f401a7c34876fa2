"""Take what is known elsewhere of whom to write to, for all that they have booked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.bookings.customer_ports import CustomerWork
from application.bookings.ports import BookingWork
from application.kernel.apart import Apart
from application.kernel.rows import Row, RowRefused
from domain.bookings.booking import Booking
from domain.bookings.contacts import Contact
from domain.bookings.customers import CustomerNotFound
from domain.bookings.life import BookingState
from domain.kernel.addresses import address

OPEN = (BookingState.HELD, BookingState.CONFIRMED)


@attrs.frozen(kw_only=True)
class ContactRow:
    """`email` is under which address they are known so far."""

    email: str
    contact: Contact


class ContactWork(CustomerWork, BookingWork, Protocol):
    @property
    def apart(self) -> Apart: ...


def take_contacts(
    work: ContactWork, rows: Sequence[Row], /, *, now: datetime
) -> Sequence[RowRefused]:
    """What is over stays as it was: it says who was written to then."""
    refused = []
    for row in rows:
        why = work.apart(lambda said=row.value: _change(work, said, now))  # type: ignore[misc]
        if why is not None:
            refused.append(RowRefused.because(row.line, why))
    return refused


def _change(work: ContactWork, said: ContactRow, now: datetime) -> None:
    """Raises CustomerNotFound."""
    for booking in _open(work, said):
        if booking.agreement.request.contact != said.contact:
            work.bookings.save(booking.change_contact(said.contact, now=now))


def _open(work: ContactWork, said: ContactRow) -> Sequence[Booking]:
    """Of those without anything under the old address, under the new: it may be theirs by now.

    Raises CustomerNotFound.
    """
    at = work.customers.at
    theirs = at(address(said.email)).bookings or at(said.contact.email).bookings
    if not theirs:
        raise CustomerNotFound
    return [work.bookings.get(booking.id) for booking in theirs if booking.state in OPEN]
