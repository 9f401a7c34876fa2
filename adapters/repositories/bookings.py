"""Bookings in SQL, and their transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, select, tuple_, update

from adapters.mapping.bookings import attending, booking_of, one_booking, whole_bookings
from adapters.mapping.kinds import converter
from adapters.repositories.assets import SqlAssets
from adapters.repositories.attendance import SqlAttendance
from adapters.repositories.blocks import SqlBlocks
from adapters.repositories.boarding import SqlBoardingNumbers
from adapters.repositories.discount_codes import SqlDiscountCodes
from adapters.repositories.inventory import SqlInventory
from adapters.repositories.itineraries import SqlItineraries
from adapters.repositories.ordering import in_order
from adapters.repositories.organization_settings import SqlOwnSettings
from adapters.repositories.promises import SqlCancellationQuotes, SqlChangeQuotes
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.quotes import SqlQuotes
from adapters.repositories.resources import SqlResources
from adapters.repositories.sales_terms import SqlSalesTerms
from adapters.repositories.seals import Seals
from adapters.repositories.units import SqlUnits, having_units
from adapters.repositories.waiting import SqlWaitingList
from adapters.repositories.yeses import SqlYeses
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store, store_several
from application.bookings.ports import Bookings, BookingWork
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import OPEN, BookingNotFound, BookingState
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import BookingId, PoolId, ResourceId


@attrs.frozen
class SqlBookings(Bookings):
    scope: Scope

    def get(self, booking_id: BookingId) -> Booking:
        found = self.scope.ask(
            one_booking(),
            {"p_organization_id": self.scope.organization_id, "p_id": booking_id},
        )
        row = found.one_or_none()
        if row is None:
            raise BookingNotFound(booking_id)
        return self._booking(row)

    def locked(self, booking_id: BookingId) -> Booking:
        found = self.scope.execute(
            whole_bookings()
            .where(self.scope.owns(bookings), bookings.c.id == booking_id)
            .with_for_update()
        )
        row = found.one_or_none()
        if row is None:
            raise BookingNotFound(booking_id)
        return self._booking(row)

    def several(self, booking_ids: Sequence[BookingId]) -> Sequence[Booking]:
        return in_order(booking_ids, self.known(booking_ids), BookingNotFound)

    def known(self, booking_ids: Collection[BookingId]) -> Mapping[BookingId, Booking]:
        rows = self.scope.ask(
            whole_bookings().where(self.scope.owns(bookings), bookings.c.id.in_(booking_ids))
        )
        return {row.id: self._booking(row) for row in rows}

    def overdue(
        self,
        *,
        now: datetime,
        limit: int,
        pools: Sequence[PoolId] | None = None,
        interval: IntervalClaim | None = None,
    ) -> Sequence[Booking]:
        question = (
            whole_bookings()
            .where(
                self.scope.owns(bookings),
                bookings.c.state == BookingState.HELD.value,
                bookings.c.expires_at <= now,
            )
            .order_by(bookings.c.expires_at, bookings.c.id)
            .limit(limit)
            .with_for_update(skip_locked=pools is None and interval is None)
        )
        if pools is not None:
            theirs = select(claims.c.hold_id).where(
                self.scope.owns(claims), claims.c.pool_id.in_(pools)
            )
            question = question.where(bookings.c.id.in_(theirs))
        if interval is not None:
            question = question.where(bookings.c.id.in_(having_units(self.scope, interval)))
        return [self._booking(row) for row in self.scope.execute(question)]

    def ended(self, *, now: datetime, limit: int) -> Sequence[Booking]:
        question = (
            whole_bookings()
            .where(
                self.scope.owns(bookings),
                bookings.c.state == BookingState.IN_PROGRESS.value,
                bookings.c.ends_at <= now,
            )
            .order_by(bookings.c.ends_at, bookings.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [self._booking(row) for row in self.scope.execute(question)]

    def open_of(self, resource_ids: Sequence[ResourceId], *, limit: int) -> Sequence[Booking]:
        rows = self.scope.execute(
            whole_bookings()
            .where(
                self.scope.owns(bookings),
                bookings.c.resource_id.in_(resource_ids),
                bookings.c.state.in_([state.value for state in OPEN]),
            )
            .order_by(bookings.c.id)
            .limit(limit)
            .with_for_update()
        )
        return [self._booking(row) for row in rows]

    def attending(self, resource_id: ResourceId) -> Sequence[Booking]:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_resource_id": resource_id,
        }
        return [self._booking(row) for row in self.scope.ask(attending(), key)]

    def save(self, booking: Booking) -> Booking:
        version = store(
            self.scope, bookings, booking.id, booking.version, **self._columns(booking)
        )
        Seals(self.scope).keep_key(booking.id)
        EventLog(self.scope).publish(booking.events)
        return attrs.evolve(booking, version=version, events=())

    def save_several(self, changed: Sequence[Booking]) -> Sequence[Booking]:
        rows = [
            {"id": booking.id, "version": booking.version, **self._columns(booking)}
            for booking in changed
        ]
        store_several(self.scope, bookings, rows)
        for booking in changed:
            Seals(self.scope).keep_key(booking.id)
            EventLog(self.scope).publish(booking.events)
        return [
            attrs.evolve(booking, version=booking.version + 1, events=()) for booking in changed
        ]

    def _columns(self, booking: Booking) -> dict[str, Any]:
        agreement, total = booking.agreement, booking.agreement.price.total
        return {
            "reference": booking.reference.text,
            "state": booking.state.value,
            "kind": agreement.request.kind,
            "resource_id": agreement.request.resource_id,
            "title": agreement.title,
            "email": Seals(self.scope).index(agreement.request.contact.email),
            "starts_at": agreement.period.starts_at,
            "ends_at": agreement.period.ends_at,
            "expires_at": booking.expires_at,
            "extendable_until": booking.extendable_until,
            "total_minor": total.minor,
            "currency": total.currency,
            "agreement": Seals(self.scope).agreement(booking.id, agreement),
            "cancellation": converter.unstructure(booking.cancellation),
            "purpose": booking.purpose.value,
            "itinerary_id": booking.itinerary_id,
        }

    def _booking(self, row: Row[Any]) -> Booking:
        Seals(self.scope).remember(row)
        return booking_of(row, self.scope.vault)

    def save_states(self, ended: Sequence[Booking]) -> None:
        if not ended:
            return
        keys = [(booking.id, booking.version) for booking in ended]
        (state,) = {booking.state.value for booking in ended}
        changed = self.scope.execute(
            update(bookings)
            .where(
                self.scope.owns(bookings),
                tuple_(bookings.c.id, bookings.c.version).in_(keys),
            )
            .values(state=state, version=bookings.c.version + 1)
        )
        if changed.rowcount != len(ended):
            raise Stale(f"{len(ended)} bookings")
        for booking in ended:
            EventLog(self.scope).publish(booking.events)


@attrs.frozen(kw_only=True)
class SqlBookingWork(BookingWork):
    bookings: SqlBookings
    itineraries: SqlItineraries
    quotes: SqlQuotes
    cancellation_quotes: SqlCancellationQuotes
    change_quotes: SqlChangeQuotes
    discount_codes: SqlDiscountCodes
    sales_terms: SqlSalesTerms
    waiting: SqlWaitingList
    blocks: SqlBlocks
    boarding: SqlBoardingNumbers
    inventory: SqlInventory
    resources: SqlResources
    units: SqlUnits
    assets: SqlAssets
    attendance: SqlAttendance
    own_settings: SqlOwnSettings
    yeses: SqlYeses
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlBookingWork":
        return cls(
            bookings=SqlBookings(scope),
            itineraries=SqlItineraries(scope),
            quotes=SqlQuotes(scope),
            cancellation_quotes=SqlCancellationQuotes(scope),
            change_quotes=SqlChangeQuotes(scope),
            discount_codes=SqlDiscountCodes(scope),
            sales_terms=SqlSalesTerms(scope),
            waiting=SqlWaitingList(scope),
            blocks=SqlBlocks(scope),
            boarding=SqlBoardingNumbers(scope),
            inventory=SqlInventory(scope),
            resources=SqlResources(scope),
            units=SqlUnits(scope),
            assets=SqlAssets(scope),
            attendance=SqlAttendance(scope),
            own_settings=SqlOwnSettings(scope),
            yeses=SqlYeses(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
