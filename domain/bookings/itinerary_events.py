"""What other features may know about itineraries."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, ItineraryId


@attrs.frozen(kw_only=True)
class ItineraryEvent(Event):
    """About `booking_ids`, of which each has an event of its own, too."""

    itinerary_id: ItineraryId
    booking_ids: tuple[BookingId, ...]

    @property
    def subject(self) -> UUID:
        return self.itinerary_id


@attrs.frozen(kw_only=True)
class ItineraryHeld(ItineraryEvent):
    name: ClassVar[str] = "itinerary_held"
    reference: str


@attrs.frozen(kw_only=True)
class ItineraryGrown(ItineraryEvent):
    name: ClassVar[str] = "itinerary_grown"


@attrs.frozen(kw_only=True)
class ItineraryExtended(ItineraryEvent):
    name: ClassVar[str] = "itinerary_extended"


@attrs.frozen(kw_only=True)
class ItineraryConfirmed(ItineraryEvent):
    name: ClassVar[str] = "itinerary_confirmed"


@attrs.frozen(kw_only=True)
class ItineraryReleased(ItineraryEvent):
    name: ClassVar[str] = "itinerary_released"
