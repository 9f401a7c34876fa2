"""What every step in the life of an itinerary asks for and comes to."""

from collections.abc import Callable, Sequence

import attrs

from application.bookings.ports import BookingWork
from application.bookings.views import ItineraryDetail
from application.kernel.once import Once
from application.kernel.versions import require_version
from domain.bookings.booking import Booking
from domain.bookings.itinerary import Itinerary
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ItineraryId


@attrs.frozen(kw_only=True)
class ItineraryStep:
    """`version` is the one the caller decided on, or None to take whatever is there."""

    actor: Actor
    itinerary_id: ItineraryId
    version: int | None
    once: Once[ItineraryDetail] | None = None


def seen(work: BookingWork, step: ItineraryStep) -> Itinerary:
    """Raises ItineraryNotFound and VersionChanged."""
    itinerary = work.itineraries.get(step.itinerary_id)
    require_version(itinerary.version, step.version)
    return itinerary


def take_step(
    work: BookingWork,
    before: Itinerary,
    after: Itinerary,
    step: Callable[[Booking], Booking],
) -> ItineraryDetail:
    """Takes `step` with every booking that was pending, or raises what one of them refuses."""
    known = {booking.id: booking for booking in work.bookings.several(before.booking_ids)}
    taken = work.bookings.save_several([step(known[id]) for id in before.pending])
    known |= {booking.id: booking for booking in taken}
    return detail(work.itineraries.save(after), list(known.values()))


def detail(itinerary: Itinerary, bookings: Sequence[Booking]) -> ItineraryDetail:
    return ItineraryDetail(itinerary=itinerary, bookings=tuple(bookings))
