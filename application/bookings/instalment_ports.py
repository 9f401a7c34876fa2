"""What is needed from storage to see to instalments that are not paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.bookings.missed_instalments import Stage, WatchedInstalment
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, InstalmentId


class Instalments(Protocol):
    def of_booking(self, booking_id: BookingId) -> WatchedInstalment | None: ...

    def due(self, *, now: datetime, limit: int) -> Sequence[InstalmentId]:
        """Those to be looked at by then, longest due first."""
        ...

    def locked(self, instalment_id: InstalmentId) -> WatchedInstalment | None:
        """As it stays until the unit of work ends; None if it is not watched any more."""
        ...

    def save(self, watched: WatchedInstalment) -> WatchedInstalment:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile or, at the latest when the unit of work ends, if
        there is another one of the booking.
        """
        ...

    def forget(self, watched: WatchedInstalment) -> None:
        """Publishes its events; it is watched no longer."""
        ...


@attrs.frozen(kw_only=True)
class InstalmentFilter:
    stage: Stage | None = None


class InstalmentViews(Protocol):
    async def instalments(
        self, actor: Actor, *, filter: InstalmentFilter, slice: Slice
    ) -> Page[WatchedInstalment]:
        """Those that are not paid, longest due first."""
        ...
