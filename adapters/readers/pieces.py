"""A time in pieces: whole ones, of which there are sums, and what is left at both ends."""

from collections.abc import Sequence
from datetime import datetime
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
Piece = tuple[int | None, Period]
"""By how many quarters of an hour it is summed up; None for what is in no whole quarter."""


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

    def within(self, period: Period) -> Sequence[ColumnElement[bool]]:
        """That the time is one of those, of which the period is made."""
        return (
            self.number >= quarter_of(period.starts_at) // self.quarters,
            self.number < quarter_of(period.ends_at) // self.quarters,
        )


def pieces_of(period: Period, cut: Sequence[Period] = ()) -> Sequence[Piece]:
    """In order, and without gaps. Hours are taken only where none of the `cut` ends within one."""
    whole_hours = all(quarter_of(part.ends_at) % HOUR == 0 for part in cut[:-1])
    return _split(period, LENGTHS if whole_hours else (1,))


def together(parts: Sequence[Select[Any]]) -> Asked:
    """What is asked of each piece: rows with equal keys add up."""
    return parts[0] if len(parts) == 1 else union_all(*parts)


def _split(period: Period, lengths: Sequence[int]) -> Sequence[Piece]:
    if not lengths:
        return [(None, period)]
    length, *shorter = lengths
    first, last = _next(period.starts_at, length), quarter_of(period.ends_at) // length * length
    if first >= last:
        return _split(period, shorter)
    whole = Period(quarter_begins(first), quarter_begins(last))
    return [
        *_left(period.starts_at, whole.starts_at, shorter),
        (length, whole),
        *_left(whole.ends_at, period.ends_at, shorter),
    ]


def _left(since: datetime, until: datetime, lengths: Sequence[int]) -> Sequence[Piece]:
    return _split(Period(since, until), lengths) if since < until else ()


def _next(moment: datetime, length: int) -> int:
    """The first of so many quarters that does not begin before the moment."""
    quarter = quarter_of(moment) // length * length
    return quarter if quarter_begins(quarter) >= moment else quarter + length
