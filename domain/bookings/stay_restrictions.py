"""When guests may come and go, and for how long, on some dates."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import attrs

from domain.kernel.periods import DateRange
from domain.kernel.refusals import Invalid


@attrs.frozen
class StayTooShort(Invalid):
    code: ClassVar[str] = "stay_too_short"
    field: ClassVar[str] = "check_out"
    arrival: date
    nights: int
    least: int

    def __str__(self) -> str:
        return f"whoever arrives on {self.arrival} stays {self.least} nights at least"


@attrs.frozen
class StayTooLong(Invalid):
    code: ClassVar[str] = "stay_too_long"
    field: ClassVar[str] = "check_out"
    arrival: date
    nights: int
    most: int

    def __str__(self) -> str:
        return f"whoever arrives on {self.arrival} stays {self.most} nights at most"


@attrs.frozen
class ClosedToArrival(Invalid):
    code: ClassVar[str] = "closed_to_arrival"
    field: ClassVar[str] = "check_in"
    day: date

    def __str__(self) -> str:
        return f"nobody may arrive on {self.day}"


@attrs.frozen
class ClosedToDeparture(Invalid):
    code: ClassVar[str] = "closed_to_departure"
    field: ClassVar[str] = "check_out"
    day: date

    def __str__(self) -> str:
        return f"nobody may depart on {self.day}"


@attrs.frozen
class BadRestriction(Invalid):
    code: ClassVar[str] = "bad_restriction"
    field: ClassVar[str] = "offering/restrictions"

    def __str__(self) -> str:
        return "a restriction restricts something, and the longest stay is not below the shortest"


@attrs.frozen(kw_only=True)
class StayRestriction:
    """The length is that of stays that begin within the dates, whenever they end."""

    dates: DateRange
    least_nights: int = 1
    most_nights: int | None = None
    closed_to_arrival: bool = False
    closed_to_departure: bool = False

    def __attrs_post_init__(self) -> None:
        limited = self.least_nights > 1 or self.most_nights is not None
        useful = limited or self.closed_to_arrival or self.closed_to_departure
        most = self.least_nights if self.most_nights is None else self.most_nights
        if not (useful and 1 <= self.least_nights <= most):
            raise BadRestriction

    def require(self, stay: DateRange) -> None:
        """Raises what this restriction says against the stay, if anything."""
        if stay.first in self.dates:
            self._require_arrival(stay)
        if self.closed_to_departure and stay.until in self.dates:
            raise ClosedToDeparture(stay.until)

    def _require_arrival(self, stay: DateRange) -> None:
        nights = len(stay)
        if self.closed_to_arrival:
            raise ClosedToArrival(stay.first)
        if nights < self.least_nights:
            raise StayTooShort(stay.first, nights, self.least_nights)
        if self.most_nights is not None and nights > self.most_nights:
            raise StayTooLong(stay.first, nights, self.most_nights)


def require_unrestricted(stay: DateRange, restrictions: Iterable[StayRestriction]) -> None:
    """Every restriction holds; the first that says no is told."""
    for restriction in restrictions:
        restriction.require(stay)
