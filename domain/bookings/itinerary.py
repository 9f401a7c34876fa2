"""Itineraries: bookings of any kinds, held together and confirmed together or not at all."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

import attrs

from domain.bookings.itinerary_events import (
    ItineraryConfirmed,
    ItineraryEvent,
    ItineraryExtended,
    ItineraryGrown,
    ItineraryHeld,
    ItineraryReleased,
)
from domain.bookings.references import Reference
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, ItineraryId
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class ItineraryNotFound(NotFound):
    code: ClassVar[str] = "itinerary_not_found"
    itinerary_id: ItineraryId

    def __str__(self) -> str:
        return f"no itinerary {self.itinerary_id}"


@attrs.frozen
class RepeatedQuotes(Invalid):
    code: ClassVar[str] = "repeated_quotes"
    field: ClassVar[str] = "quote_ids"

    def __str__(self) -> str:
        return "each quote is named once"


@attrs.frozen
class NothingHeld(Conflict):
    code: ClassVar[str] = "nothing_held"
    itinerary_id: ItineraryId

    def __str__(self) -> str:
        return f"nothing of itinerary {self.itinerary_id} is held"


@attrs.frozen
class HeldTogether(Conflict):
    """One booking of several that are held together; the step is taken for all of them."""

    code: ClassVar[str] = "held_together"
    booking_id: BookingId
    itinerary_id: ItineraryId

    def __str__(self) -> str:
        return f"booking {self.booking_id} is held together with others of {self.itinerary_id}"


@attrs.frozen(kw_only=True)
class Itinerary:
    """`pending` are those whose hold has not been decided, `standing` those that were confirmed.

    Whatever is decided about a hold is decided about all that are pending. A standing booking
    goes its own way: it is changed and cancelled alone, and the others do not notice.
    """

    id: ItineraryId
    reference: Reference
    pending: tuple[BookingId, ...]
    standing: tuple[BookingId, ...] = ()
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def hold(
        cls,
        id: ItineraryId,
        booking_ids: Iterable[BookingId],
        *,
        reference: Reference,
        now: datetime,
    ) -> "Itinerary":
        pending = tuple(booking_ids)
        held = ItineraryHeld(
            itinerary_id=id, reference=reference.text, booking_ids=pending, occurred_at=now
        )
        return cls(id=id, reference=reference, pending=pending, events=(held,))

    @property
    def booking_ids(self) -> tuple[BookingId, ...]:
        return self.standing + self.pending

    def grow(self, booking_id: BookingId, *, now: datetime) -> "Itinerary":
        """One more booking is held with those that are."""
        return self._next(
            ItineraryGrown, now, booking_ids=(booking_id,), pending=(*self.pending, booking_id)
        )

    def extend(self, *, now: datetime) -> "Itinerary":
        self._must_hold_something()
        return self._next(ItineraryExtended, now, booking_ids=self.pending, pending=self.pending)

    def confirm(self, *, now: datetime) -> "Itinerary":
        self._must_hold_something()
        return self._next(
            ItineraryConfirmed,
            now,
            booking_ids=self.pending,
            pending=(),
            standing=self.booking_ids,
        )

    def release(self, *, now: datetime) -> "Itinerary":
        """Those that are pending are let go of, also if they have expired by now."""
        self._must_hold_something()
        return self._next(ItineraryReleased, now, booking_ids=self.pending, pending=())

    def _must_hold_something(self) -> None:
        if not self.pending:
            raise NothingHeld(self.id)

    def _next(
        self,
        fact: type[ItineraryEvent],
        now: datetime,
        *,
        booking_ids: tuple[BookingId, ...],
        pending: tuple[BookingId, ...],
        standing: tuple[BookingId, ...] | None = None,
    ) -> "Itinerary":
        happened = fact(itinerary_id=self.id, booking_ids=booking_ids, occurred_at=now)
        return attrs.evolve(
            self,
            pending=pending,
            standing=self.standing if standing is None else standing,
            events=(*self.events, happened),
        )
