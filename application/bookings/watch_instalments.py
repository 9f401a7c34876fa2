"""Watch what is due later of bookings that were sold with a deposit."""

from typing import ClassVar

import attrs

from application.bookings.payment_ports import BooksWork
from application.kernel.ports import Clock, NewId
from application.kernel.subscribers import RecordedEvent, Subscriber
from domain.bookings.booking import Booking
from domain.bookings.events import (
    BookingChanged,
    BookingConfirmed,
    BookingReinstated,
    BookingRescheduled,
)
from domain.bookings.life import BookingState
from domain.bookings.missed_instalments import WatchedInstalment
from domain.kernel.identifiers import BookingId, InstalmentId


@attrs.frozen(kw_only=True)
class WatchInstalments(Subscriber):
    """One a booking. Whether it is paid is seen when it is looked at."""

    clock: Clock
    new_id: NewId
    name: ClassVar[str] = "instalments"
    hears: ClassVar[frozenset[str]] = frozenset(
        event.name
        for event in (BookingConfirmed, BookingReinstated, BookingChanged, BookingRescheduled)
    )

    def __call__(self, event: RecordedEvent, work: BooksWork, /) -> None:
        booking = work.bookings.get(BookingId(event.subject))
        if booking.state is not BookingState.CONFIRMED or booking.agreement.history:
            return
        found = self._watched(work.instalments.of_booking(booking.id), booking)
        if found is not None:
            work.instalments.save(found)

    def _watched(
        self, known: WatchedInstalment | None, booking: Booking
    ) -> WatchedInstalment | None:
        """Nothing if it is watched as it should be."""
        now = self.clock()
        new = WatchedInstalment.of(InstalmentId(self.new_id()), booking, now=now)
        if known is None or new is None:
            return new
        anew = known.due_anew(new.due_at, now=now)
        return None if anew == known else anew
