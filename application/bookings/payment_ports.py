"""What deciding about bookings and their money together needs from storage."""

from typing import Protocol

from application.bookings.instalment_ports import Instalments
from application.bookings.ports import Bookings, BookingWork
from application.kernel.subscribers import SubscriberWork
from application.payments.ports import Ledger, PaymentWork
from domain.bookings.refund_quotes import RefundQuote
from domain.kernel.identifiers import BookingId, QuoteId
from domain.kernel.money import Money


class RefundQuotes(Protocol):
    def get(self, quote_id: QuoteId) -> RefundQuote:
        """Raises QuoteNotFound."""
        ...

    def add(self, quote: RefundQuote) -> None: ...


class SettlementWork(BookingWork, PaymentWork, Protocol):
    """Bookings and payments in one transaction; bookings are read before payments are locked."""

    @property
    def refund_quotes(self) -> RefundQuotes: ...

    @property
    def instalments(self) -> Instalments: ...


class PaperFees(Protocol):
    def of(self, booking_id: BookingId, currency: str) -> Money:
        """What the papers of the booking have cost that were issued again."""
        ...


class BooksWork(SubscriberWork, Protocol):
    @property
    def bookings(self) -> Bookings: ...

    @property
    def paper_fees(self) -> PaperFees: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def instalments(self) -> Instalments: ...
