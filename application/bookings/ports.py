"""What the booking use cases need from storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from application.bookings.waiting_ports import WaitingList
from application.bookings.yes_ports import Yeses
from application.inventory.ports import Assets, Inventory, Resources, Units
from application.kernel.facts import Facts
from application.kernel.jobs import JobQueue
from application.kernel.settings import OwnSettings
from domain.bookings.attendance import Attendance
from domain.bookings.blocks import Block
from domain.bookings.booking import Booking
from domain.bookings.discount_codes import DiscountCode
from domain.bookings.itinerary import Itinerary
from domain.bookings.promises import CancellationQuote, ChangeQuote
from domain.bookings.quotes import Quote
from domain.bookings.sales_terms import SalesTerms
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import (
    BlockId,
    BookingId,
    DiscountCodeId,
    ItineraryId,
    PoolId,
    QuoteId,
    ResourceId,
)


class Bookings(Protocol):
    def get(self, booking_id: BookingId) -> Booking:
        """Raises BookingNotFound."""
        ...

    def locked(self, booking_id: BookingId) -> Booking:
        """As it stays until the unit of work ends: whoever is changing it is waited for.

        For whoever has something else to lock before it is saved. Raises BookingNotFound.
        """
        ...

    def several(self, booking_ids: Sequence[BookingId]) -> Sequence[Booking]:
        """In the order of the ids. Raises BookingNotFound for the first that is missing."""
        ...

    def known(self, booking_ids: Collection[BookingId]) -> Mapping[BookingId, Booking]:
        """Those of them that there are."""
        ...

    def overdue(
        self,
        *,
        now: datetime,
        limit: int,
        pools: Sequence[PoolId] | None = None,
        interval: IntervalClaim | None = None,
    ) -> Sequence[Booking]:
        """Held bookings past their time, oldest first, without those somebody else is changing.

        With `pools`, only those that hold units of one of them; with `interval`, only those that
        have a single unit of its resource for some of its time. Then somebody else's change is
        waited for: whoever is to be refused otherwise wants to know how it ends.
        """
        ...

    def ended(self, *, now: datetime, limit: int) -> Sequence[Booking]:
        """In progress past their end, oldest first, without those somebody else is changing."""
        ...

    def open_of(self, resource_ids: Sequence[ResourceId], *, limit: int) -> Sequence[Booking]:
        """Bookings of these that are held, confirmed or in progress, by id.

        They are locked: whoever is changing one of them is waited for.
        """
        ...

    def attending(self, resource_id: ResourceId) -> Sequence[Booking]:
        """Those that were confirmed and not cancelled since, in the order of their references."""
        ...

    def save(self, booking: Booking) -> Booking:
        """Stores the booking, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def save_several(self, bookings: Sequence[Booking]) -> Sequence[Booking]:
        """Stores some that are there already, each like `save`, in the order they are given in.

        The number of statements does not grow with that of bookings. Raises Stale, at the latest
        when the unit of work ends, if one of them changed meanwhile.
        """
        ...

    def save_states(self, bookings: Sequence[Booking]) -> None:
        """Stores no more than the state of many bookings, all in the same, with their events.

        The number of statements does not grow with that of bookings. Raises Stale if one of them
        changed meanwhile.
        """
        ...


class Quotes(Protocol):
    def get(self, quote_id: QuoteId) -> Quote:
        """Raises QuoteNotFound."""
        ...

    def several(self, quote_ids: Sequence[QuoteId]) -> Sequence[Quote]:
        """In the order of the ids. Raises QuoteNotFound for the first that is missing."""
        ...

    def add(self, quote: Quote) -> None: ...


class CancellationQuotes(Protocol):
    def get(self, quote_id: QuoteId) -> CancellationQuote:
        """Raises QuoteNotFound."""
        ...

    def add(self, quote: CancellationQuote) -> None: ...


class ChangeQuotes(Protocol):
    def get(self, quote_id: QuoteId) -> ChangeQuote:
        """Raises QuoteNotFound."""
        ...

    def add(self, quote: ChangeQuote) -> None: ...


class SalesTermsOfResources(Protocol):
    def find(self, resource_id: ResourceId) -> SalesTerms | None: ...

    def get(self, resource_id: ResourceId) -> SalesTerms:
        """Raises NoSalesTerms."""
        ...

    def save(self, terms: SalesTerms) -> SalesTerms:
        """Stores the terms, publishes their events and returns them with their next version.

        Raises Stale if they changed meanwhile.
        """
        ...


class DiscountCodes(Protocol):
    def get(self, discount_code_id: DiscountCodeId) -> DiscountCode:
        """Raises DiscountCodeNotFound."""
        ...

    def named(self, code: str) -> DiscountCode:
        """Raises UnknownDiscountCode."""
        ...

    def save(self, code: DiscountCode) -> DiscountCode:
        """Stores the code, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, and, at the latest when the unit of work ends,
        DiscountCodeTaken if another one has its name.
        """
        ...


class Itineraries(Protocol):
    def get(self, itinerary_id: ItineraryId) -> Itinerary:
        """Raises ItineraryNotFound."""
        ...

    def save(self, itinerary: Itinerary) -> Itinerary:
        """Stores the itinerary, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile. Its bookings are saved by themselves.
        """
        ...


class AttendanceOfSessions(Protocol):
    def of(self, resource_id: ResourceId) -> Attendance:
        """One without marks, version 0, if there is none yet."""
        ...

    def save(self, changed: Attendance) -> Attendance:
        """Stores the list, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class Blocks(Protocol):
    def locked(self, block_id: BlockId) -> Block:
        """As it is, and as it stays until the unit of work ends. Raises BlockNotFound.

        Comes before whatever locks pools.
        """
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[Block]:
        """Open blocks past their release date, locked, without those somebody else has locked."""
        ...

    def open_of(self, stock_id: ResourceId, *, limit: int) -> Sequence[Block]:
        """Some open blocks of units of this stock, by id.

        They are locked: whoever is changing one of them is waited for.
        """
        ...

    def save(self, block: Block) -> Block:
        """Stores the block, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...


class BoardingNumbers(Protocol):
    def next_numbers(
        self, flight: ResourceId, booking_id: BookingId, *, how_many: int
    ) -> Sequence[int]:
        """The booking's from now on, from 1 upwards, and never anybody else's on that flight.

        They are given once: raises Stale if the booking has some.
        """
        ...


class BookingWork(Protocol):
    """All that one transaction about bookings may touch."""

    @property
    def bookings(self) -> Bookings: ...

    @property
    def itineraries(self) -> Itineraries: ...

    @property
    def quotes(self) -> Quotes: ...

    @property
    def cancellation_quotes(self) -> CancellationQuotes: ...

    @property
    def change_quotes(self) -> ChangeQuotes: ...

    @property
    def waiting(self) -> WaitingList: ...

    @property
    def blocks(self) -> Blocks: ...

    @property
    def boarding(self) -> BoardingNumbers: ...

    @property
    def sales_terms(self) -> SalesTermsOfResources: ...

    @property
    def discount_codes(self) -> DiscountCodes: ...

    @property
    def inventory(self) -> Inventory: ...

    @property
    def resources(self) -> Resources: ...

    @property
    def units(self) -> Units: ...

    @property
    def attendance(self) -> AttendanceOfSessions: ...

    @property
    def own_settings(self) -> OwnSettings: ...

    @property
    def assets(self) -> Assets: ...

    @property
    def yeses(self) -> Yeses: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def jobs(self) -> JobQueue: ...
