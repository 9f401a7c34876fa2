"""What deciding about bookings and their money together needs from storage."""

from typing import Protocol

from application.bookings.ports import Bookings, BookingWork
from application.kernel.subscribers import SubscriberWork
from application.payments.ports import Ledger, PaymentWork


class SettlementWork(BookingWork, PaymentWork, Protocol):
    """Bookings and payments in one transaction; bookings are read before payments are locked."""


class BooksWork(SubscriberWork, Protocol):
    @property
    def bookings(self) -> Bookings: ...

    @property
    def ledger(self) -> Ledger: ...
