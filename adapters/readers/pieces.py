"""A time in pieces: whole ones, of which there are sums, and what is left at both ends."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

import attrs
from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    literal_column,
    union_all,
)

from adapters.schema.times_of_moments import QUARTERS_OF_AN_HOUR, quarter_begins, quarter_of
from domain.kernel.periods import Period

HOUR = QUARTERS_OF_AN_HOUR
LENGTHS = (HOUR, 1)

Asked = Select[Any] | CompoundSelect[Any]


@attrs.frozen
class Piece:
    """By how many `quarters` of an hour it is summed up; None for what is in no whole quarter.

    `cut` are hours in which an interval ends: of a piece by the hour all others are meant, and of
    one by the quarter, if there are any, they alone.
    """

    period: Period
    quarters: int | None = None
    cut: frozenset[int] = frozenset()


@attrs.frozen
class Sums:
    """A table of sums of times of so many `quarters` of an hour, by their `number`."""

    number: Column[int]
    quarters: int

    @property
    def table(self) -> Table:
        return self.number.table

    @property
    def quarter(self) -> ColumnElement[int]:
        """With which the time begins."""
        return self.number * literal_column(str(self.quarters), Integer)

    def within(self, piece: Piece) -> Sequence[ColumnElement[bool]]:
        """That the time is one of those that are meant."""
        if piece.cut and self.quarters < HOUR:
            inside = (hour * HOUR + place for hour in sorted(piece.cut) for place in range(HOUR))
            return (self.number.in_(_written(inside)),)
        period = piece.period
        others = [self.number.not_in(_written(sorted(piece.cut)))] if piece.cut else []
        return (
            self.number >= quarter_of(period.starts_at) // self.quarters,
            self.number < quarter_of(period.ends_at) // self.quarters,
            *others,
        )


def pieces_of(period: Period, cut: Sequence[Period] = ()) -> Sequence[Piece]:
    """In order, and without gaps; by quarters where a part of the `cut` ends within an hour."""
    ends = (quarter_of(part.ends_at) for part in cut[:-1])
    hours = {end // HOUR for end in ends if end % HOUR}
    if len(hours) * 2 > (period.ends_at - period.starts_at) // timedelta(hours=1):
        return _split(period, (1,))
    return [each for piece in _split(period, LENGTHS) for each in _without(hours, piece)]


def together(parts: Sequence[Select[Any]]) -> Asked:
    """What is asked of each piece: rows with equal keys add up."""
    return parts[0] if len(parts) == 1 else union_all(*parts)


def _without(hours: AbstractSet[int], piece: Piece) -> Sequence[Piece]:
    if piece.quarters != HOUR:
        return [piece]
    first, until = (
        quarter_of(moment) // HOUR for moment in (piece.period.starts_at, piece.period.ends_at)
    )
    cut = frozenset(hour for hour in hours if first <= hour < until)
    return [attrs.evolve(piece, cut=cut), Piece(piece.period, 1, cut)] if cut else [piece]


def _written(numbers: Iterable[int]) -> Sequence[ColumnElement[int]]:
    """PostgreSQL looks for a number among many at once where it knows them beforehand."""
    return [literal_column(str(number), Integer) for number in numbers]


def _split(period: Period, lengths: Sequence[int]) -> Sequence[Piece]:
    if not lengths:
        return [Piece(period)]
    length, *shorter = lengths
    first, last = _next(period.starts_at, length), quarter_of(period.ends_at) // length * length
    if first >= last:
        return _split(period, shorter)
    whole = Period(quarter_begins(first), quarter_begins(last))
    return [
        *_left(period.starts_at, whole.starts_at, shorter),
        Piece(whole, length),
        *_left(whole.ends_at, period.ends_at, shorter),
    ]


def _left(since: datetime, until: datetime, lengths: Sequence[int]) -> Sequence[Piece]:
    return _split(Period(since, until), lengths) if since < until else ()


def _next(moment: datetime, length: int) -> int:
    """The first of so many quarters that does not begin before the moment."""
    quarter = quarter_of(moment) // length * length
    return quarter if quarter_begins(quarter) >= moment else quarter + length
