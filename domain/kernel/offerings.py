"""What is on offer, as far as everybody may know."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

import attrs

from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.refusals import Invalid


@attrs.frozen
class NotSoldInParts(Invalid):
    code: ClassVar[str] = "not_sold_in_parts"
    field: ClassVar[str] = "part"

    def __str__(self) -> str:
        return "this is not sold in parts: name none"


@attrs.frozen
class SoldWhole(Invalid):
    code: ClassVar[str] = "sold_whole"
    field: ClassVar[str] = "from"

    def __str__(self) -> str:
        return "this is sold for all of the time that it takes: give no dates"


@attrs.frozen(kw_only=True)
class Offering(ABC):
    """What one kind of resource lays down for its bookings: beds, opening times, ages.

    Each kind has its own, next to its request; everybody else stores it and hands it on.
    """

    kind: ClassVar[str]
    sold_by_day: ClassVar[bool]

    @property
    def takes_place(self) -> Period | None:
        """When, for what happens once: a session, a flight. None for what is always there."""
        return None

    def allows(self, _dates: DateRange) -> bool:
        """Whether somebody may have just these days of what is sold by the day."""
        return True

    @property
    def facets(self) -> Mapping[str, str]:
        """What it can be looked for by, beside its name: `{"tier": "upscale"}`."""
        return {}

    @property
    def parts(self) -> tuple[str | None, ...]:
        """What it is sold in: `(None,)` for what is sold as one."""
        return (None,)

    @property
    def settled(self) -> tuple[object, ...]:
        """What stays as it is while somebody has booked it."""
        return (self.takes_place,)

    def turned_into(self, other: "Offering") -> "Offering":
        """What another description of it, of the same kind, makes of it."""
        return other

    def called_off(self) -> "Offering":
        """What is left of it when it does not take place. Raises Conflict if it is too late."""
        return self

    def moved_to(self, period: Period) -> "Offering":
        """The same at another time; what is always there is the same at any."""
        return self

    @property
    def turnaround(self) -> timedelta:
        """What a single thing needs after one customer before it can be given to the next."""
        return timedelta()

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words it is looked for by; one of them is enough."""
        return ()

    @abstractmethod
    def pools(
        self,
        resource_id: ResourceId,
        *,
        dates: DateRange | None,
        zone: Zone,
        part: str | None = None,
    ) -> Mapping[PoolId, date]:
        """The pools to open for `dates`, with the local date on which each of them begins.

        `part` says which part is meant of what is sold in parts, such as the fare class of a
        flight. Raises Invalid where the kind is sold by date and none are given, in parts and
        none is named, or the other way round.
        """
