"""Write into the books what is owed for a booking."""

from datetime import datetime

from application.payments.bookkeeping import Bookkeeping
from application.payments.ports import Ledger
from domain.bookings.booking import Booking
from domain.bookings.owing import owing
from domain.kernel.money import Money
from domain.payments.ledger import Owed


def charge(
    ledger: Ledger,
    booking: Booking,
    bookkeeping: Bookkeeping,
    *,
    now: datetime,
    fees: Money | None = None,
) -> Money:
    """What is left of what was paid once all that is owed is taken from it.

    The fees of its papers are those that are written already, unless others are said.
    """
    books = ledger.books_of(booking.id, booking.agreement.price.total.currency)
    owes = owing(booking)
    owed = Owed(total=owes.total, tax=owes.tax, fees=books.fees if fees is None else fees)
    for journal in bookkeeping.of_charge(booking.id, books, owed, now=now):
        ledger.write([journal])
        books = books.after(journal.transfers)
    return books.credit
