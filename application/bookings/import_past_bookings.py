"""Take bookings of the past, made elsewhere, many at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Chance, NewId
from application.kernel.rows import Row, RowRefused
from domain.bookings.agreement import Agreement
from domain.bookings.booking import Booking
from domain.bookings.cancellation import CancellationTerms
from domain.bookings.history import of_the_past
from domain.bookings.life import BookingState
from domain.bookings.price import LineKind, Price, PriceLine
from domain.bookings.references import Reference
from domain.bookings.requests import BaseBookingRequest
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.kernel.refusals import Refusal


@attrs.frozen(kw_only=True)
class PastBookingRow:
    """`total` is what was agreed, in whatever way it came about."""

    request: BaseBookingRequest
    state: BookingState
    booked_at: datetime
    total: Money


@attrs.frozen(kw_only=True)
class ImportPastBookings:
    new_id: NewId
    chance: Chance
    prefix_of: Callable[[Mapping[str, Any]], str]

    def __call__(
        self, work: BookingWork, rows: Sequence[Row], /, *, now: datetime
    ) -> Sequence[RowRefused]:
        """One question about resources, whatever the number of rows."""
        wanted = sorted({row.value.request.resource_id for row in rows})
        resources = {resource.id: resource for resource in work.resources.several(wanted)}
        prefix = self.prefix_of(work.own_settings.values())
        refused = []
        for row in rows:
            try:
                resource = resources.get(row.value.request.resource_id)
                if resource is None:
                    raise ResourceNotFound(row.value.request.resource_id)
                work.bookings.save(self._booking(row.value, resource, prefix, now))
            except Refusal as refusal:
                refused.append(RowRefused.because(row.line, refusal))
        return refused

    def _booking(
        self, row: PastBookingRow, resource: Resource, prefix: str, now: datetime
    ) -> Booking:
        demand = row.request.demand(resource.offering, resource.zone, now=row.booked_at)
        agreement = Agreement(
            request=row.request,
            title=resource.name,
            zone=resource.zone,
            period=demand.period,
            price=Price(
                lines=(PriceLine.once(LineKind.CHARGE, "agreed", row.total),), total=row.total
            ),
            cancellation=CancellationTerms(tiers=()),
            history=True,
        )
        return of_the_past(
            BookingId(self.new_id()),
            agreement,
            state=row.state,
            reference=Reference.draw(prefix, self.chance),
            booked_at=row.booked_at,
            now=now,
        )
