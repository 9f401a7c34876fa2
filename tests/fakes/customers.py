"""What is kept on customers, in memory."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from operator import attrgetter

import attrs

from adapters.mapping.kept import (
    handed_over,
    kept_call,
    kept_paper,
    noted,
    reviewed,
    said,
    summed_up,
)
from application.bookings.customer_ports import Customers
from domain.bookings.attendance import Mark
from domain.bookings.customers import Customer
from domain.bookings.kept import KeptCall, KeptPaper, KeptWords
from domain.bookings.life import OPEN
from domain.calls.call import Call, Direction, Numbers
from domain.calls.events import CallErased
from domain.calls.notes import Wording
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

    def papers(self, customer: Customer) -> Sequence[KeptPaper]:
        ids = {booking.id for booking in customer.bookings}
        theirs = [one for one in self.rows.papers.values() if one.booking_id in ids]
        return [kept_paper(one) for one in sorted(theirs, key=attrgetter("issued_at", "id"))]

    def calls(self, customer: Customer) -> Sequence[KeptCall]:
        theirs = [one for one in self.rows.calls.values() if _other_end(one) in customer.numbers]
        in_order = sorted(theirs, key=attrgetter("started_at", "id"))
        return [kept_call(call, self._words(call)) for call in in_order]

    def _words(self, call: Call) -> tuple[KeptWords, ...]:
        rows = self.rows
        lines = [rows.call_lines[key] for key in sorted(rows.call_lines) if key[0] == call.id]
        notes = [one for one in rows.call_notes.values() if one.call_id == call.id]
        asked = [one for one in rows.escalations.values() if one.asked.call_id == call.id]
        quality = [one for one in rows.call_quality.values() if one.call_id == call.id]
        judged = [one for one in rows.evaluations.values() if one.call_id == call.id]
        found = (
            *(said(one) for one in lines),
            *(noted(one) for one in sorted(notes, key=attrgetter("written_at", "id"))),
            *(handed_over(one) for one in sorted(asked, key=attrgetter("requested_at", "id"))),
            *(summed_up(one) for one in quality),
            *(reviewed(one) for one in sorted(judged, key=attrgetter("started_at", "id"))),
        )
        return tuple(chain.from_iterable(found))

    def forget_calls(self, numbers: Sequence[str], *, now: datetime) -> int:
        gone = [one for one in self.rows.calls.values() if _other_end(one) in numbers]
        for call in gone:
            self.rows.calls[call.id] = _nobodys(call)
            self.rows.events.append(CallErased(call_id=call.id, occurred_at=now))
        ids = {call.id for call in gone}
        for note in [one for one in self.rows.call_notes.values() if one.call_id in ids]:
            wording = Wording(text="", at=note.wordings[0].at)
            self.rows.call_notes[note.id] = attrs.evolve(note, wordings=(wording,))
        for key in [one for one in self.rows.call_lines if one[0] in ids]:
            line = attrs.evolve(self.rows.call_lines[key], text="", audio_url=None)
            self.rows.call_lines[key] = line
        return len(gone)

    def forget_how_they_paid(self, booking_ids: Sequence[BookingId]) -> None:
        rows = self.rows
        for payment in [one for one in rows.payments.values() if one.booking_id in booking_ids]:
            check = payment.check
            rows.payments[payment.id] = attrs.evolve(
                payment,
                card=None,
                receipt_url=None,
                note="",
                return_url=payment.return_url if payment.is_open else None,
                check=None if check is None else attrs.evolve(check, note=""),
                version=payment.version + 1,
            )
        for refund in [one for one in rows.refunds.values() if one.booking_id in booking_ids]:
            rows.refunds[refund.id] = attrs.evolve(
                refund, reason="", decision="", version=refund.version + 1
            )

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


def _other_end(call: Call) -> str | None:
    inbound = call.direction is Direction.INBOUND
    return call.numbers.caller if inbound else call.numbers.called


def _nobodys(call: Call) -> Call:
    ending = None if call.ending is None else attrs.evolve(call.ending, note="")
    return attrs.evolve(
        call, numbers=Numbers(), metadata={}, ending=ending, version=call.version + 1
    )
