"""Flight views in SQL."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.resources import resource_of
from adapters.readers.inventory import ON_SALE_NOW, STOCK
from adapters.schema.bookings import bookings
from adapters.schema.catalogue import resource_facets
from adapters.schema.inventory import pools, resources, stock_of
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.bookings.flight_views import FlightSearch, FlightViews, FreeFlight, Travelling
from application.kernel.pages import Page, Slice
from domain.bookings.attendance import ATTENDING
from domain.bookings.booking import Booking
from domain.bookings.flight import Flight, NotAFlight
from domain.bookings.flight_request import FlightBookingRequest
from domain.bookings.seat_maps import FareClass
from domain.inventory.resources import ResourceNotFound
from domain.inventory.wordings import folded
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId

ZONES_APART = timedelta(days=1)  # a local date is never further from that in UTC


@attrs.frozen
class SqlFlightViews(FlightViews):
    database: Database

    async def passengers(self, actor: Actor, resource_id: ResourceId) -> Sequence[Travelling]:
        question = _travelling(actor, resource_id)

        def ask(connection: Connection) -> Sequence[Travelling]:
            rows = connection.execute(question).all()
            if not rows:
                raise ResourceNotFound(resource_id)
            if rows[0].flight_kind != Flight.kind:
                raise NotAFlight(resource_id)
            vault = vault_of(connection)
            bookings = (booking_of(row, vault) for row in rows if row.id is not None)
            return [one for booking in bookings for one in _on_board(booking)]

        return await self.database.read(ask, of=actor.organization_id)

    async def search(
        self, actor: Actor, wanted: FlightSearch, *, slice: Slice
    ) -> Page[FreeFlight]:
        question = _searching(actor, wanted)
        keys = (resources.c.starts_at, resources.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _free_flight),
            of=actor.organization_id,
        )


def _searching(actor: Actor, wanted: FlightSearch) -> Select[Any]:
    left = {
        fare_class: func.max(case((pools.c.id.like(f"%:{fare_class.value}"), ON_SALE_NOW))).label(
            fare_class.value
        )
        for fare_class in FareClass
    }
    found = (
        select(pools.c.resource_id, *left.values())
        .where(
            pools.c.organization_id == actor.organization_id,
            pools.c.day >= (wanted.departs_from - ZONES_APART).date(),
            pools.c.day <= (wanted.departs_before + ZONES_APART).date(),
        )
        .group_by(pools.c.resource_id)
        .subquery("found")
    )
    classes = [wanted.fare_class] if wanted.fare_class else list(FareClass)
    return (
        select(resources, *(found.c[fare_class.value] for fare_class in FareClass))
        .join(found, found.c.resource_id == STOCK)
        .where(
            resources.c.organization_id == actor.organization_id,
            resources.c.kind == "flight",
            resources.c.state == "published",
            resources.c.deleted_at.is_(None),
            resources.c.starts_at >= wanted.departs_from,
            resources.c.starts_at < wanted.departs_before,
            _has(actor, "origin", wanted.origin),
            _has(actor, "destination", wanted.destination),
            or_(*(found.c[one.value] >= wanted.passengers for one in classes)),
        )
    )


def _travelling(actor: Actor, resource_id: ResourceId) -> Select[Any]:
    """A row for each booking, or one without a booking where nobody travels."""
    flight = resources.alias("flight")
    stock = stock_of(flight)
    sold_as = select(resources.c.id).where(
        resources.c.organization_id == actor.organization_id, stock == STOCK
    )
    theirs = and_(
        bookings.c.organization_id == flight.c.organization_id,
        bookings.c.resource_id.in_(sold_as.correlate(flight)),
        bookings.c.state.in_([state.value for state in ATTENDING]),
    )
    return (
        whole_bookings()
        .add_columns(flight.c.kind.label("flight_kind"))
        .select_from(flight.outerjoin(bookings, theirs))
        .where(flight.c.organization_id == actor.organization_id, flight.c.id == resource_id)
        .order_by(bookings.c.reference)
    )


def _on_board(booking: Booking) -> Iterator[Travelling]:
    request = booking.agreement.request
    if isinstance(request, FlightBookingRequest):
        for passenger in request.passengers:
            yield Travelling(
                booking_id=booking.id,
                reference=booking.reference.text,
                state=booking.state,
                fare_class=request.fare_class,
                passenger=passenger,
            )


def _has(actor: Actor, facet: str, value: str) -> ColumnElement[bool]:
    columns = resource_facets.c
    return exists().where(
        and_(
            columns.organization_id == actor.organization_id,
            columns.facet == facet,
            columns.value == folded(value),
            columns.resource_id == resources.c.id,
        )
    )


def _free_flight(row: Row[Any]) -> FreeFlight:
    left = {fare_class: getattr(row, fare_class.value) for fare_class in FareClass}
    return FreeFlight(
        resource=resource_of(row),
        free={fare_class: free for fare_class, free in left.items() if free is not None},
    )
