"""How a flight comes along, against its schedule."""

from datetime import datetime, timezone
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.refusals import Conflict, Invalid


class FlightStatus(Enum):
    SCHEDULED = "scheduled"
    ON_TIME = "on_time"
    DELAYED = "delayed"
    BOARDING = "boarding"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


# Until it has left, a flight may be delayed, called and delayed again; then only one way is left.
STAGES = {
    FlightStatus.SCHEDULED: 0,
    FlightStatus.ON_TIME: 0,
    FlightStatus.DELAYED: 0,
    FlightStatus.BOARDING: 0,
    FlightStatus.DEPARTED: 1,
    FlightStatus.ARRIVED: 2,
}


@attrs.frozen
class ArrivalWithoutDeparture(Invalid):
    code: ClassVar[str] = "arrival_without_departure"
    field: ClassVar[str] = "actual_departure"

    def __str__(self) -> str:
        return "a flight that has arrived has departed: say when"


@attrs.frozen
class ArrivalBeforeDeparture(Invalid):
    code: ClassVar[str] = "arrival_before_departure"
    field: ClassVar[str] = "actual_arrival"
    departure: datetime
    arrival: datetime

    def __str__(self) -> str:
        return f"a flight arrives after it departs, not at {self.arrival.isoformat()}"


@attrs.frozen
class TimesDoNotMatch(Invalid):
    code: ClassVar[str] = "times_do_not_match"
    field: ClassVar[str] = "status"
    state: str

    def __str__(self) -> str:
        return (
            "actual times belong to flights that have departed or arrived, which need them; "
            f"this one is {self.state}"
        )


@attrs.frozen
class FlightCannotBecome(Conflict):
    """A flight that has left does not come back, and one is cancelled by cancelling its sale."""

    code: ClassVar[str] = "flight_cannot_become"
    state: str
    wanted: str

    def __str__(self) -> str:
        return f"a flight that is {self.state} cannot become {self.wanted} here"


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(timezone.utc)


@attrs.frozen(kw_only=True)
class FlightProgress:
    """Estimates may come and go; an arrival has a departure before it."""

    status: FlightStatus = FlightStatus.SCHEDULED
    estimated_departure: datetime | None = attrs.field(default=None, converter=_in_utc)
    estimated_arrival: datetime | None = attrs.field(default=None, converter=_in_utc)
    actual_departure: datetime | None = attrs.field(default=None, converter=_in_utc)
    actual_arrival: datetime | None = attrs.field(default=None, converter=_in_utc)

    def __attrs_post_init__(self) -> None:
        if self.actual_arrival is not None and self.actual_departure is None:
            raise ArrivalWithoutDeparture
        _require_order(self.estimated_departure, self.estimated_arrival)
        _require_order(self.actual_departure, self.actual_arrival)
        departed = STAGES.get(self.status, 0) >= STAGES[FlightStatus.DEPARTED]
        arrived = self.status is FlightStatus.ARRIVED
        told = self.actual_departure is not None, self.actual_arrival is not None
        if told != (departed, arrived):
            raise TimesDoNotMatch(self.status.value)

    def then(self, following: "FlightProgress") -> "FlightProgress":
        """What follows. Raises FlightCannotBecome if it cannot."""
        before, after = STAGES.get(self.status), STAGES.get(following.status)
        if before is None or after is None or after < before:
            raise FlightCannotBecome(self.status.value, following.status.value)
        return following

    def called_off(self) -> "FlightProgress":
        """No estimate is left of a flight that does not take place. Raises FlightCannotBecome."""
        if self.status is FlightStatus.CANCELLED:
            return self
        if STAGES[self.status] >= STAGES[FlightStatus.DEPARTED]:
            raise FlightCannotBecome(self.status.value, FlightStatus.CANCELLED.value)
        return FlightProgress(status=FlightStatus.CANCELLED)


def _require_order(departure: datetime | None, arrival: datetime | None) -> None:
    if departure is not None and arrival is not None and arrival <= departure:
        raise ArrivalBeforeDeparture(departure, arrival)


ON_SCHEDULE = FlightProgress()
