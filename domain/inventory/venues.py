"""Venues: where sessions take place."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from domain.inventory.assets import AssetDetails, Need
from domain.kernel.periods import Zone
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadCoordinates(Invalid):
    code: ClassVar[str] = "bad_coordinates"
    field: ClassVar[str] = "coordinates"

    def __str__(self) -> str:
        return "latitudes go from -90 to 90 degrees, longitudes from -180 to 180"


@attrs.frozen(kw_only=True)
class Coordinates:
    """Degrees, as satellites see them (WGS 84)."""

    latitude: float
    longitude: float

    def __attrs_post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004
            raise BadCoordinates


@attrs.frozen(kw_only=True)
class Venue(AssetDetails):
    kind: ClassVar[str] = "venue"

    address: str
    zone: Zone
    capacity: int
    facilities: tuple[str, ...] = ()
    parking: str | None = None
    accessibility: str | None = None
    contact: str | None = attrs.field(default=None, repr=False)
    coordinates: Coordinates | None = None

    def shortcomings(self, need: Need) -> Iterator[str]:
        if need.people > self.capacity:
            yield "too_small"
