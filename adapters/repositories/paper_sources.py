"""What papers are made of, in SQL, and the transaction of paperwork."""

import attrs
from sqlalchemy import Executable, and_, select

from adapters.mapping.attendance import attendance_of
from adapters.mapping.bookings import attending, booking_of, locked_booking, whole_bookings
from adapters.mapping.resources import resource_of
from adapters.mapping.sold import session_of, sold_of
from adapters.repositories.itineraries import SqlItineraries
from adapters.repositories.papers import SqlPaperFiles, SqlPapers, SqlSeriesOfNumbers
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.schema.attendance import attendance
from adapters.schema.bookings import bookings
from adapters.schema.identity import organizations
from adapters.schema.inventory import resources
from adapters.schema.units import assets, unit_claims
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.paperwork.ports import PaperSources, PaperWork
from domain.kernel.identifiers import BookingId, ItineraryId, ResourceId
from domain.paperwork.refusals import NothingSold
from domain.paperwork.sources import SessionHeld, Sold, SoldTogether


@attrs.frozen
class SqlPaperSources(PaperSources):
    scope: Scope

    def sold(self, booking_id: BookingId) -> Sold:
        key = {"p_organization_id": self.scope.organization_id, "p_id": booking_id}
        row = self.scope.execute(locked_booking(), key).one_or_none()
        if row is None:
            raise NothingSold(booking_id)
        return sold_of(booking_of(row, self.scope.vault), seller=self._seller())

    def together(self, itinerary_id: ItineraryId) -> SoldTogether:
        itinerary = SqlItineraries(self.scope).get(itinerary_id)
        question = (
            whole_bookings()
            .where(self.scope.owns(bookings), bookings.c.id.in_(itinerary.booking_ids))
            .order_by(bookings.c.id)
            .with_for_update(of=bookings, key_share=True)
        )
        rows, seller = self.scope.execute(question).all(), self._seller()
        return SoldTogether(
            reference=itinerary.reference.text,
            bookings=tuple(
                sold_of(booking_of(row, self.scope.vault), seller=seller) for row in rows
            ),
        )

    def session(self, resource_id: ResourceId) -> SessionHeld | None:
        owned = self.scope.owns(resources)
        found = self.scope.ask(
            select(resources).where(owned, resources.c.id == resource_id)
        ).one_or_none()
        if found is None:
            return None
        marked = self.scope.ask(
            select(attendance).where(self.scope.owns(attendance), attendance.c.id == resource_id)
        )
        key = {"p_organization_id": self.scope.organization_id, "p_resource_id": resource_id}
        expected = self.scope.ask(attending(), key)
        return session_of(
            resource_of(found),
            seller=self._seller(),
            trainers=self.scope.ask(self._trainers(resource_id)).scalars().all(),
            attendance=attendance_of(resource_id, marked.one_or_none()),
            bookings=[booking_of(row, self.scope.vault) for row in expected],
        )

    def _seller(self) -> str:
        name: str | None = self.scope.ask(
            select(organizations.c.name).where(self.scope.owns(organizations))
        ).scalar_one_or_none()
        return name or ""

    def _trainers(self, resource_id: ResourceId) -> Executable:
        theirs = and_(
            unit_claims.c.organization_id == assets.c.organization_id,
            unit_claims.c.unit_id == assets.c.id,
        )
        return (
            select(assets.c.name)
            .join(unit_claims, theirs)
            .where(
                self.scope.owns(assets),
                unit_claims.c.hold_id == resource_id,
                assets.c.kind == "trainer",
            )
            .order_by(assets.c.name)
        )


@attrs.frozen(kw_only=True)
class SqlPaperWork(PaperWork):
    papers: SqlPapers
    numbers: SqlSeriesOfNumbers
    sources: SqlPaperSources
    files: SqlPaperFiles
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlPaperWork":
        return cls(
            papers=SqlPapers(scope),
            numbers=SqlSeriesOfNumbers(scope),
            sources=SqlPaperSources(scope),
            files=SqlPaperFiles(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
