"""Venues in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.inventory.assets import Asset
from domain.inventory.venues import Coordinates, Venue
from domain.kernel.periods import Zone
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    MOST_UNITS,
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Name,
    Output,
    Version,
    ZoneName,
)

Line = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=300, examples=["12 High Street, Leeds"])
]
Word = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=64, examples=["projector"])]
Facilities = Annotated[tuple[Word, ...], Meta(max_length=50)]
People = Annotated[
    int, Meta(ge=1, le=MOST_UNITS, description="People that fit in.", examples=[20])
]
Latitude = Annotated[float, Meta(ge=-90, le=90, description="Degrees.", examples=[53.8])]
Longitude = Annotated[float, Meta(ge=-180, le=180, description="Degrees.", examples=[-1.55])]

EXAMPLE = {
    "name": "Leeds training centre",
    "address": "12 High Street, Leeds",
    "zone": "Europe/London",
    "capacity": 20,
    "facilities": ["projector", "kitchen"],
    "parking": "8 places behind the house",
    "accessibility": "step-free",
    "contact": "reception, +44 113 496 0000",
    "coordinates": {"latitude": 53.8, "longitude": -1.55},
}


class CoordinatesInput(Input, frozen=True):
    latitude: Latitude
    longitude: Longitude

    def coordinates(self) -> Coordinates:
        return Coordinates(latitude=self.latitude, longitude=self.longitude)

    @classmethod
    def of(cls, at: Coordinates | None) -> "CoordinatesInput | None":
        return None if at is None else cls(latitude=at.latitude, longitude=at.longitude)


class VenueInput(Input, frozen=True):
    name: Name
    address: Line
    zone: ZoneName
    capacity: People
    facilities: Facilities = ()
    parking: Line | None = None
    accessibility: Line | None = None
    contact: Line | None = None
    coordinates: CoordinatesInput | None = None

    def details(self) -> Venue:
        """Raises UnknownZone."""
        return Venue(
            name=self.name,
            address=self.address,
            zone=Zone(self.zone),
            capacity=self.capacity,
            facilities=self.facilities,
            parking=self.parking,
            accessibility=self.accessibility,
            contact=self.contact,
            coordinates=None if self.coordinates is None else self.coordinates.coordinates(),
        )


class VenueBody(Output, frozen=True):
    id: Identifier
    version: Version
    name: Name
    address: Line
    zone: ZoneName
    capacity: People
    facilities: Annotated[Sequence[Word], Meta(max_length=50)]
    parking: Line | None
    accessibility: Line | None
    contact: Line | None
    coordinates: CoordinatesInput | None
    deleted_at: Moment | None

    @classmethod
    def of(cls, asset: Asset) -> "VenueBody":
        venue = asset.details
        assert isinstance(venue, Venue)  # noqa: S101  (it was asked for by its kind)
        return cls(
            id=asset.id,
            version=asset.version,
            name=venue.name,
            address=venue.address,
            zone=venue.zone.name,
            capacity=venue.capacity,
            facilities=venue.facilities,
            parking=venue.parking,
            accessibility=venue.accessibility,
            contact=venue.contact,
            coordinates=CoordinatesInput.of(venue.coordinates),
            deleted_at=asset.deleted_at,
        )


class VenuePage(Output, frozen=True):
    items: Annotated[Sequence[VenueBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None

    @classmethod
    def of(cls, assets: Sequence[Asset], next: str | None) -> "VenuePage":
        return cls(items=[VenueBody.of(asset) for asset in assets], next=next)
