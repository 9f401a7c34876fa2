"""What is kept on customers, in memory."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

import attrs

from application.bookings.customer_ports import Customers
from domain.bookings.attendance import Mark
from domain.bookings.customers import Customer
from domain.bookings.life import OPEN
from domain.kernel.identifiers import BookingId
from tests.fakes.rows import Rows


@attrs.frozen
class MemoryCustomers(Customers):
    rows: Rows

    def at(self, email: str, *, most: int | None = None) -> Customer:
        bookings = self.rows.bookings.values()
        entries, blocks = self.rows.waiting.values(), self.rows.blocks.values()
        in_order = attrgetter("id")
        return Customer(
            bookings=sorted(
                (one for one in bookings if one.agreement.request.contact.email == email),
                key=in_order,
            )[:most],
            waiting=sorted(
                (one for one in entries if one.request.contact.email == email), key=in_order
            ),
            blocks=sorted((one for one in blocks if one.contact.email == email), key=in_order),
        )

    def to_come(self, email: str, *, now: datetime) -> int:
        return sum(
            booking.state in OPEN and booking.agreement.period.ends_at > now
            for booking in self.at(email).bookings
        )

    def marks(self, customer: Customer) -> Sequence[Mark]:
        ids = {booking.id for booking in customer.bookings}
        lists = self.rows.attendance.values()
        return [mark for one in lists for mark in one.marks if mark.place.booking_id in ids]

    def forget_what_passes(self, email: str, booking_ids: Sequence[BookingId]) -> None:
        rows = self.rows
        for quote_id, quote in list(rows.quotes.items()):
            if quote.agreement.request.contact.email == email:
                del rows.quotes[quote_id]
        for promises in (rows.change_quotes, rows.cancellation_quotes):
            for quote_id, promise in list(promises.items()):
                if promise.booking_id in booking_ids:
                    del promises[quote_id]
        shown = [email, *map(str, booking_ids)]
        for key, (_, answer) in list(rows.answers.items()):
            if any(text.encode() in answer.body for text in shown):
                del rows.answers[key]
