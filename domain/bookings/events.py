"""What other features may know about bookings."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import (
    BookingId,
    ItineraryId,
    ResourceId,
    UnitId,
)
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class BookingEvent(Event):
    """`resource_id` is what is booked once the event has happened."""

    booking_id: BookingId
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.booking_id


@attrs.frozen(kw_only=True)
class BookingHeld(BookingEvent):
    name: ClassVar[str] = "booking_held"
    reference: str
    kind: str
    purpose: str = "payment"
    itinerary_id: ItineraryId | None = None
    expires_at: datetime


@attrs.frozen(kw_only=True)
class BookingImported(BookingEvent):
    """It was made elsewhere at `booked_at`, and is over."""

    name: ClassVar[str] = "booking_imported"
    reference: str
    kind: str
    state: str
    booked_at: datetime


@attrs.frozen(kw_only=True)
class HoldExtended(BookingEvent):
    name: ClassVar[str] = "hold_extended"
    expires_at: datetime


@attrs.frozen(kw_only=True)
class BookingConfirmed(BookingEvent):
    """`urgent_requirements` says that somebody has to be told at once what a participant needs."""

    name: ClassVar[str] = "booking_confirmed"
    urgent_requirements: bool = False


@attrs.frozen(kw_only=True)
class BookingChanged(BookingEvent):
    """Something the customer was told has changed; the event does not say what it was."""

    name: ClassVar[str] = "booking_changed"


@attrs.frozen(kw_only=True)
class BookingContinued(BookingEvent):
    """Whoever inquired wants it; the hold waits for `purpose` now."""

    name: ClassVar[str] = "booking_continued"
    purpose: str
    expires_at: datetime


@attrs.frozen(kw_only=True)
class BookingApproved(BookingEvent):
    """What was asked for is granted, if it is paid for until `expires_at`."""

    name: ClassVar[str] = "booking_approved"
    expires_at: datetime


@attrs.frozen(kw_only=True)
class BookingDeclined(BookingEvent):
    name: ClassVar[str] = "booking_declined"


@attrs.frozen(kw_only=True)
class BookingCheckedIn(BookingEvent):
    name: ClassVar[str] = "booking_checked_in"


@attrs.frozen(kw_only=True)
class BookingCompleted(BookingEvent):
    name: ClassVar[str] = "booking_completed"


@attrs.frozen(kw_only=True)
class BookingNotShown(BookingEvent):
    name: ClassVar[str] = "booking_not_shown"


@attrs.frozen(kw_only=True)
class BookingRescheduled(BookingEvent):
    """`difference` is owed by the customer; negative, it is owed to them. A fee comes on top."""

    name: ClassVar[str] = "booking_rescheduled"
    previous_resource_id: ResourceId
    difference: Money
    fee: Money | None = None


@attrs.frozen(kw_only=True)
class UnitsAssigned(BookingEvent):
    """Which single things it gets is decided, or, with none, open again."""

    name: ClassVar[str] = "units_assigned"
    unit_ids: tuple[UnitId, ...]


@attrs.frozen(kw_only=True)
class BookingReleased(BookingEvent):
    name: ClassVar[str] = "booking_released"


@attrs.frozen(kw_only=True)
class BookingExpired(BookingEvent):
    name: ClassVar[str] = "booking_expired"


@attrs.frozen(kw_only=True)
class BookingReinstated(BookingEvent):
    """It had been let go of and is confirmed after all: it was paid for just too late."""

    name: ClassVar[str] = "booking_reinstated"


@attrs.frozen(kw_only=True)
class BookingCancelled(BookingEvent):
    name: ClassVar[str] = "booking_cancelled"
    fee: Money
    refund: Money
    by_company: bool = False
    reason: str = ""


@attrs.frozen(kw_only=True)
class DuplicateBookingTried(Event):
    """So many attendees of a hold that was refused have a place there already."""

    name: ClassVar[str] = "duplicate_booking_tried"
    resource_id: ResourceId
    attendees: int

    @property
    def subject(self) -> UUID:
        return self.resource_id
