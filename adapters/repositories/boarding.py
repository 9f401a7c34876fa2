"""Boarding numbers in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, func, select

from adapters.schema.boarding import boarding_numbers
from adapters.schema.inventory import resources
from adapters.sql.scope import Scope
from application.bookings.ports import BoardingNumbers
from application.kernel.ports import Stale
from domain.kernel.identifiers import BookingId, ResourceId


@attrs.frozen
class SqlBoardingNumbers(BoardingNumbers):
    scope: Scope

    def next_numbers(
        self, flight: ResourceId, booking_id: BookingId, *, how_many: int
    ) -> Sequence[int]:
        self._wait_for_others(flight)
        last = self.scope.ask(
            select(func.coalesce(func.max(boarding_numbers.c.number), 0)).where(
                self.scope.owns(boarding_numbers), boarding_numbers.c.resource_id == flight
            )
        ).scalar_one()
        numbers = range(last + 1, last + 1 + how_many)
        self.scope.explain(boarding_numbers, _overtaken)
        for passenger, number in enumerate(numbers, start=1):
            self.scope.add(
                boarding_numbers,
                resource_id=flight,
                number=number,
                booking_id=booking_id,
                passenger=passenger,
            )
        return numbers

    def _wait_for_others(self, flight: ResourceId) -> None:
        """One check-in of a flight at a time; whoever books it meanwhile is not held up."""
        locked = select(resources.c.id).where(self.scope.owns(resources), resources.c.id == flight)
        self.scope.execute(locked.with_for_update(key_share=True))


def _overtaken(connection: Connection) -> None:  # noqa: ARG001  (others ask it why)
    raise Stale("boarding numbers")
