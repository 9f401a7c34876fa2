"""What happens to flights on their day."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class FlightEvent(Event):
    """How a flight comes along, with all the times that are known besides the schedule."""

    resource_id: ResourceId
    flight: str
    estimated_departure: datetime | None = None
    estimated_arrival: datetime | None = None
    actual_departure: datetime | None = None
    actual_arrival: datetime | None = None

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class FlightRestored(FlightEvent):
    """What was said about it no longer holds: it goes by its schedule."""

    name: ClassVar[str] = "flight_restored"


@attrs.frozen(kw_only=True)
class FlightOnTime(FlightEvent):
    name: ClassVar[str] = "flight_on_time"


@attrs.frozen(kw_only=True)
class FlightDelayed(FlightEvent):
    name: ClassVar[str] = "flight_delayed"


@attrs.frozen(kw_only=True)
class FlightBoarding(FlightEvent):
    name: ClassVar[str] = "flight_boarding"


@attrs.frozen(kw_only=True)
class FlightDeparted(FlightEvent):
    name: ClassVar[str] = "flight_departed"


@attrs.frozen(kw_only=True)
class FlightArrived(FlightEvent):
    name: ClassVar[str] = "flight_arrived"
