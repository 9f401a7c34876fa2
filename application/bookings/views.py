"""Bookings as readers see them: shaped by the question, not by the domain."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.bookings.booking import Booking
from domain.bookings.discount_codes import DiscountCode
from domain.bookings.itinerary import Itinerary
from domain.bookings.life import BookingState, HoldPurpose
from domain.bookings.quotes import Quote
from domain.bookings.sales_terms import SalesTerms
from domain.bookings.waiting import WaitingEntry
from domain.kernel.actors import Actor
from domain.kernel.identifiers import (
    BookingId,
    DiscountCodeId,
    ItineraryId,
    OrganizationId,
    QuoteId,
    ResourceId,
    WaitingId,
)
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class BookingSummary:
    id: BookingId
    version: int
    reference: str
    state: BookingState
    purpose: HoldPurpose
    itinerary_id: ItineraryId | None
    resource_id: ResourceId
    title: str
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    total: Money


@attrs.frozen(kw_only=True)
class BookingFilter:
    """Only bookings that meet every condition given."""

    state: BookingState | None = None
    purpose: HoldPurpose | None = None
    itinerary_id: ItineraryId | None = None
    resource_id: ResourceId | None = None
    email: str | None = None
    reference: str | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None


class BookingViews(Protocol):
    """Every question names the actor; nobody sees bookings of another organization."""

    async def booking(self, actor: Actor, booking_id: BookingId) -> Booking:
        """Raises BookingNotFound."""
        ...

    async def bookings(
        self, actor: Actor, *, filter: BookingFilter, slice: Slice
    ) -> Page[BookingSummary]:
        """By start, soonest first."""
        ...

    async def quote(self, actor: Actor, quote_id: QuoteId) -> Quote:
        """Raises QuoteNotFound."""
        ...

    async def sales_terms(self, actor: Actor, resource_id: ResourceId) -> SalesTerms:
        """Raises NoSalesTerms."""
        ...


@attrs.frozen(kw_only=True)
class ItineraryDetail:
    """The bookings are those that stand and those that are pending, in this order."""

    itinerary: Itinerary
    bookings: Sequence[Booking]


@attrs.frozen(kw_only=True)
class CancellationProgress:
    """How far the cancelling of all bookings is. `refunds` has one sum for each currency."""

    resource_id: ResourceId
    open: int
    cancelled: int
    refunds: Sequence[Money]


class CancellationViews(Protocol):
    async def progress(self, actor: Actor, resource_id: ResourceId) -> CancellationProgress:
        """Of this resource alone, also where others sell the same units.

        Raises ResourceNotFound.
        """
        ...


class ItineraryViews(Protocol):
    async def itinerary(self, actor: Actor, itinerary_id: ItineraryId) -> ItineraryDetail:
        """Raises ItineraryNotFound."""
        ...


@attrs.frozen(kw_only=True)
class WaitingPlace:
    """`position` counts those who wait for some of the same units, from 1; None once offered."""

    entry: WaitingEntry
    position: int | None


class WaitingViews(Protocol):
    async def entry(self, actor: Actor, waiting_id: WaitingId) -> WaitingPlace:
        """Raises WaitingEntryNotFound."""
        ...

    async def waiting_list(
        self, actor: Actor, resource_id: ResourceId, *, slice: Slice
    ) -> Page[WaitingPlace]:
        """Those who wait for the stock of the resource or have an offer, by joining."""
        ...


class DueWaiting(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with entries of waiting lists that something is to be done about."""
        ...


@attrs.frozen(kw_only=True)
class DiscountCodeUse:
    """`used` is how many bookings have it now."""

    discount_code: DiscountCode
    used: int


class DiscountCodeViews(Protocol):
    async def discount_code(self, actor: Actor, discount_code_id: DiscountCodeId) -> DiscountCode:
        """Raises DiscountCodeNotFound."""
        ...

    async def discount_codes(self, actor: Actor, *, slice: Slice) -> Page[DiscountCodeUse]:
        """By code."""
        ...


class OverdueHolds(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with holds past their time: what the program asks for nobody in particular."""
        ...


class EndedBookings(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those with bookings in progress past their end."""
        ...
