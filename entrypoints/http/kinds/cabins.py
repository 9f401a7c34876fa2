"""Cabins of flights and their seats in JSON."""

from typing import Annotated

from msgspec import Meta

from domain.bookings.seat_maps import Cabin, FareClass, SeatRows
from entrypoints.http.shapes import Input

Row = Annotated[int, Meta(ge=1, le=99, examples=[10])]
Letters = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]{1,12}$(?!\n)",
        max_length=12,
        description="Of the seats in each of the rows.",
        examples=["ABCDEF"],
    ),
]


class SeatRowsInput(Input, frozen=True):
    first_row: Row
    last_row: Row
    letters: Letters

    def rows(self) -> SeatRows:
        return SeatRows(first=self.first_row, last=self.last_row, letters=self.letters)

    @classmethod
    def of(cls, rows: SeatRows) -> "SeatRowsInput":
        return cls(first_row=rows.first, last_row=rows.last, letters=rows.letters)


class CabinInput(Input, frozen=True):
    """How many of its seats are sold is said when its pool is opened."""

    fare_class: FareClass
    seats: Annotated[tuple[SeatRowsInput, ...], Meta(max_length=100)] = ()

    def cabin(self) -> Cabin:
        return Cabin(fare_class=self.fare_class, seats=tuple(rows.rows() for rows in self.seats))

    @classmethod
    def of(cls, cabin: Cabin) -> "CabinInput":
        return cls(
            fare_class=cabin.fare_class,
            seats=tuple(SeatRowsInput.of(rows) for rows in cabin.seats),
        )
