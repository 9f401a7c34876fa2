"""Itinerary views in SQL."""

import attrs
from sqlalchemy import Connection

from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.itineraries import itinerary_of, one_itinerary
from adapters.schema.bookings import bookings
from adapters.sql.database import Database
from adapters.sql.vaults import vault_of
from application.bookings.views import ItineraryDetail, ItineraryViews
from domain.bookings.itinerary import ItineraryNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ItineraryId


@attrs.frozen
class SqlItineraryViews(ItineraryViews):
    database: Database

    async def itinerary(self, actor: Actor, itinerary_id: ItineraryId) -> ItineraryDetail:
        theirs = whole_bookings().where(
            bookings.c.organization_id == actor.organization_id,
            bookings.c.itinerary_id == itinerary_id,
        )

        def ask(connection: Connection) -> ItineraryDetail:
            key = {"p_organization_id": actor.organization_id, "p_id": itinerary_id}
            row = connection.execute(one_itinerary(), key).one_or_none()
            if row is None:
                raise ItineraryNotFound(itinerary_id)
            itinerary = itinerary_of(row)
            vault = vault_of(connection)
            found = {row.id: booking_of(row, vault) for row in connection.execute(theirs)}
            # Those that were let go of still name the itinerary, but are no longer part of it.
            standing = [found[id] for id in itinerary.booking_ids if id in found]
            return ItineraryDetail(itinerary=itinerary, bookings=standing)

        return await self.database.read(ask, of=actor.organization_id)
