"""What is kept on whoever is written to at one e-mail address."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.bookings.ports import Blocks, Bookings
from application.bookings.waiting_ports import WaitingList
from application.kernel.facts import Facts
from domain.bookings.attendance import Mark
from domain.bookings.customers import Customer
from domain.bookings.kept import KeptCall, KeptPaper
from domain.kernel.identifiers import BookingId


class Customers(Protocol):
    @abstractmethod
    def at(self, email: str, *, most: int | None = None) -> Customer:
        """Locked, in ascending order of ids, with so many bookings at most.

        Customers of whom nothing is kept have nothing.
        """

    @abstractmethod
    def to_come(self, email: str, *, now: datetime) -> int:
        """How many of their bookings have not ended yet, and are not over otherwise."""

    @abstractmethod
    def marks(self, customer: Customer) -> Sequence[Mark]:
        """Who of theirs came."""

    @abstractmethod
    def papers(self, customer: Customer) -> Sequence[KeptPaper]:
        """Of all that they have booked, oldest first."""

    @abstractmethod
    def calls(self, customer: Customer) -> Sequence[KeptCall]:
        """With one of their numbers at the other end, deleted ones as well; oldest first."""

    @abstractmethod
    def forget_calls(self, numbers: Sequence[str], *, now: datetime) -> int:
        """How many there were with one of these numbers at the other end."""

    @abstractmethod
    def forget_how_they_paid(self, booking_ids: Sequence[BookingId]) -> None:
        """Cards, and what was noted of payments and refunds; the amounts stay."""

    @abstractmethod
    def forget_what_passes(self, email: str, booking_ids: Sequence[BookingId]) -> None:
        """Quotes, and answers that would be given again, as far as they show somebody."""


class CustomerWork(Protocol):
    """What a unit of work offers here."""

    @property
    def customers(self) -> Customers: ...

    @property
    def bookings(self) -> Bookings: ...

    @property
    def waiting(self) -> WaitingList: ...

    @property
    def blocks(self) -> Blocks: ...

    @property
    def facts(self) -> Facts: ...
