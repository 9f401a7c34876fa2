"""Say how a flight comes along; its bookings stay as they are."""

from datetime import datetime

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.flight import Flight, NotAFlight
from domain.bookings.flight_events import (
    FlightArrived,
    FlightBoarding,
    FlightDelayed,
    FlightDeparted,
    FlightEvent,
    FlightOnTime,
    FlightRestored,
)
from domain.bookings.flight_progress import FlightProgress, FlightStatus
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId

EVENTS: dict[FlightStatus, type[FlightEvent]] = {
    FlightStatus.SCHEDULED: FlightRestored,
    FlightStatus.ON_TIME: FlightOnTime,
    FlightStatus.DELAYED: FlightDelayed,
    FlightStatus.BOARDING: FlightBoarding,
    FlightStatus.DEPARTED: FlightDeparted,
    FlightStatus.ARRIVED: FlightArrived,
}


@attrs.frozen(kw_only=True)
class UpdateFlight:
    """`progress` is all that is known by now; estimates that are missing are withdrawn."""

    actor: Actor
    resource_id: ResourceId
    version: int | None
    progress: FlightProgress


@attrs.frozen(kw_only=True)
class UpdateFlightHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: UpdateFlight, /) -> Resource:
        """Raises NotAFlight or FlightCannotBecome."""

        def update(work: BookingWork) -> Resource:
            resource = work.resources.get(command.resource_id)
            require_version(resource.version, command.version)
            if not isinstance(resource.offering, Flight):
                raise NotAFlight(resource.id)
            flight = resource.offering.report(command.progress)
            if flight == resource.offering:
                return resource
            told = _told(resource, flight, now=self.clock())
            return work.resources.save(attrs.evolve(resource, offering=flight, events=(told,)))

        return await self.unit_of_work(command.actor, update)


def _told(resource: Resource, flight: Flight, *, now: datetime) -> FlightEvent:
    progress = flight.progress
    return EVENTS[progress.status](
        resource_id=resource.id,
        flight=flight.designator,
        estimated_departure=progress.estimated_departure,
        estimated_arrival=progress.estimated_arrival,
        actual_departure=progress.actual_departure,
        actual_arrival=progress.actual_arrival,
        occurred_at=now,
    )
