"""Itineraries in SQL."""

import attrs

from adapters.mapping.itineraries import itinerary_of, one_itinerary
from adapters.schema.bookings import itineraries
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.ports import Itineraries
from domain.bookings.itinerary import Itinerary, ItineraryNotFound
from domain.kernel.identifiers import ItineraryId


@attrs.frozen
class SqlItineraries(Itineraries):
    scope: Scope

    def get(self, itinerary_id: ItineraryId) -> Itinerary:
        key = {"p_organization_id": self.scope.organization_id, "p_id": itinerary_id}
        row = self.scope.ask(one_itinerary(), key).one_or_none()
        if row is None:
            raise ItineraryNotFound(itinerary_id)
        return itinerary_of(row)

    def save(self, itinerary: Itinerary) -> Itinerary:
        version = store(
            self.scope,
            itineraries,
            itinerary.id,
            itinerary.version,
            reference=itinerary.reference.text,
            pending=[str(id) for id in itinerary.pending],
            standing=[str(id) for id in itinerary.standing],
        )
        EventLog(self.scope).publish(itinerary.events)
        return attrs.evolve(itinerary, version=version, events=())
