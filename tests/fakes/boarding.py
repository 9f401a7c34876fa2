"""Boarding numbers in memory."""

from collections.abc import Sequence

import attrs

from application.bookings.ports import BoardingNumbers
from application.kernel.ports import Stale
from domain.kernel.identifiers import BookingId, ResourceId
from tests.fakes.rows import Dangling, Rows


@attrs.frozen
class MemoryBoardingNumbers(BoardingNumbers):
    """Whose each number of a flight is, from 1."""

    rows: Rows

    def next_numbers(
        self, flight: ResourceId, booking_id: BookingId, *, how_many: int
    ) -> Sequence[int]:
        if flight not in self.rows.resources or booking_id not in self.rows.bookings:
            raise Dangling(f"{flight} or {booking_id}")
        given = self.rows.boarding.get(flight, [])
        if booking_id in given:
            raise Stale("boarding numbers")
        self.rows.boarding[flight] = [*given, *([booking_id] * how_many)]
        return range(len(given) + 1, len(given) + 1 + how_many)
