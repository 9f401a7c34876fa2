"""What the use cases need from the storage of waiting lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.bookings.waiting import WaitingEntry
from domain.kernel.identifiers import BookingId, PoolId, ResourceId, WaitingId


class WaitingList(Protocol):
    """Who waits for what. Whoever makes an offer has locked all pools of the entry before."""

    def get(self, waiting_id: WaitingId) -> WaitingEntry:
        """Raises WaitingEntryNotFound."""
        ...

    def of_address(self, stock_id: ResourceId, email: str) -> WaitingEntry | None:
        """The entry with which somebody waits, or has an offer; there is one at the most."""
        ...

    def line(self, pool_ids: Sequence[PoolId]) -> Sequence[WaitingEntry]:
        """All who wait for units of one of these pools, in the order of joining."""
        ...

    def of_offers(self, booking_ids: Sequence[BookingId]) -> Sequence[WaitingEntry]:
        """Those whose offer is one of these bookings and still open."""
        ...

    def waiting_for(self, stock_id: ResourceId, *, limit: int) -> Sequence[WaitingEntry]:
        """Some of those who wait for units of this stock and have no offer, by id."""
        ...

    def due(self, *, now: datetime, limit: int) -> Sequence[WaitingEntry]:
        """Those who wait although booking has closed, or who saved up for long enough."""
        ...

    def save(self, entry: WaitingEntry) -> WaitingEntry:
        """Stores the entry, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or if the address has joined meanwhile.
        """
        ...

    def save_states(self, entries: Sequence[WaitingEntry]) -> None:
        """Stores no more than the state of many entries that had offers, with their events.

        The number of statements does not grow with that of entries. Raises Stale if one of them
        changed meanwhile.
        """
        ...

    def save_passed(self, entries: Sequence[WaitingEntry]) -> None:
        """Stores how often they were passed over, which is no new version of them.

        Raises Stale if one of them changed meanwhile.
        """
        ...
