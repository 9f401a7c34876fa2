"""Cabins of an aircraft: the seats of each fare class, row by row."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import combinations
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid

SEAT = re.compile(r"([1-9][0-9]?)([A-Z])")


@attrs.frozen
class BadCabins(Invalid):
    code: ClassVar[str] = "bad_cabins"
    field: ClassVar[str] = "offering/cabins"
    most: int

    def __str__(self) -> str:
        return (
            "a flight sells one fare class at least, each of them once, and no seat twice; rows "
            f"run from 1 to 99, letters from A to Z, and there are {self.most} seats at most"
        )


class FareClass(Enum):
    ECONOMY = "economy"
    COMFORT = "comfort"
    BUSINESS = "business"


@attrs.frozen(kw_only=True)
class SeatRows:
    """The same seats in every row from `first` to `last`: 10 to 12 and `ABC` are nine seats."""

    first: int
    last: int
    letters: str

    def __contains__(self, seat: str) -> bool:
        found = SEAT.fullmatch(seat)
        return (
            found is not None
            and self.first <= int(found[1]) <= self.last
            and found[2] in self.letters
        )

    def __len__(self) -> int:
        return (self.last - self.first + 1) * len(self.letters)

    @property
    def is_sound(self) -> bool:
        different = len(set(self.letters)) == len(self.letters) > 0
        letters = self.letters.isascii() and self.letters.isalpha() and self.letters.isupper()
        return different and letters and 1 <= self.first <= self.last <= 99  # noqa: PLR2004

    def shares(self, other: "SeatRows") -> bool:
        """Whether a seat belongs to both."""
        rows = self.first <= other.last and other.first <= self.last
        return rows and bool(set(self.letters) & set(other.letters))


@attrs.frozen(kw_only=True)
class Cabin:
    """How many are sold is up to the pool; without `seats`, nobody can choose one."""

    fare_class: FareClass
    seats: tuple[SeatRows, ...] = ()

    def __contains__(self, seat: str) -> bool:
        return any(seat in rows for rows in self.seats)


def require_sound(cabins: Sequence[Cabin], *, most: int) -> None:
    """Raises BadCabins."""
    blocks = [rows for cabin in cabins for rows in cabin.seats]
    classes = {cabin.fare_class for cabin in cabins}
    if not (
        0 < len(classes) == len(cabins)
        and all(rows.is_sound for rows in blocks)
        and sum(len(rows) for rows in blocks) <= most
        and not _overlap(blocks)
    ):
        raise BadCabins(most)


def _overlap(blocks: Iterable[SeatRows]) -> bool:
    return any(one.shares(other) for one, other in combinations(blocks, 2))
