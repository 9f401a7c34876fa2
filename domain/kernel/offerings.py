"""What is on offer, as far as everybody may know."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import attrs

from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.periods import DateRange, Zone


@attrs.frozen(kw_only=True)
class Offering(ABC):
    """What one kind of resource lays down for its bookings: beds, opening times, ages.

    Each kind has its own, next to its request; everybody else stores it and hands it on.
    """

    kind: ClassVar[str]
    sold_by_day: ClassVar[bool]

    @abstractmethod
    def pools(
        self, resource_id: ResourceId, *, dates: DateRange | None, zone: Zone
    ) -> Mapping[PoolId, date]:
        """The pools to open for `dates`, with the local date on which each of them begins.

        Raises Invalid where the kind is sold by date and none are given, or the other way round.
        """
