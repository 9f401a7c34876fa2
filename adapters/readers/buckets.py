"""Time cut into intervals, in SQL: quarters of an hour put together as far as none is cut."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from operator import ne
from typing import NamedTuple

import attrs
from sqlalchemy import ColumnClause, ColumnElement, Integer, case, literal, literal_column

from adapters.readers.pieces import Asked
from adapters.schema.times_of_moments import QuarterOf, day_of, quarter_begins, quarter_of
from domain.analytics.intervals import interval_of
from domain.kernel.periods import Period

# Of quarters: days, hours, half hours. The largest is taken at which intervals end, but for the
# few times that clocks change.
LENGTHS = (96, 4, 2, 1)
FEW = 12
MOST = 60
"""Of so many intervals each may be named in a statement."""
APART = 10**8  # numbers of stretches: no quarter of any year is numbered as high


class End(NamedTuple):
    """When an interval ends, and in which quarter."""

    quarter: int
    moment: datetime


@attrs.frozen(kw_only=True)
class Stretch:
    """Quarters up to, but not including, `until` (None: all that follow), cut every so many.

    Where clocks change, days begin at other quarters than before: another stretch begins.
    """

    begins_at: datetime
    phase: int
    until: int | None


@attrs.frozen(kw_only=True)
class Buckets:
    """Quarters cut so that no bucket lies in two intervals."""

    length: int
    stretches: Sequence[Stretch]
    cut: Sequence[Period]

    def number(self, quarter: ColumnElement[int]) -> ColumnElement[int]:
        """Of the bucket in which the quarter lies."""
        # Written out: a grouping by a parameter is another one to PostgreSQL than the column's.
        numbers = [
            (quarter - _whole(stretch.phase)) // _whole(self.length) + _whole(place * APART)
            for place, stretch in enumerate(self.stretches)
        ]
        changes = [quarter < _whole(stretch.until) for stretch in self.stretches if stretch.until]
        if not changes:
            return numbers[0]
        return case(*zip(changes, numbers, strict=False), else_=numbers[-1])

    def number_of_moment(self, moment: ColumnElement[datetime]) -> ColumnElement[int]:
        return self.number(QuarterOf(moment))

    def place(self, number: int) -> int:
        """Which of the intervals the bucket lies in."""
        moment = max(self.moment(number), self.cut[0].starts_at)
        place = interval_of(moment, self.cut)
        return len(self.cut) - 1 if place is None else place

    def moment(self, number: int) -> datetime:
        """In the interval that the bucket lies in."""
        place, within = divmod(number, APART)
        stretch = self.stretches[place]
        quarter = within * self.length + stretch.phase
        return max(quarter_begins(quarter), stretch.begins_at)


@attrs.frozen
class Named:
    """Few intervals, each of which is a bucket."""

    cut: Sequence[Period]

    def number(self, quarter: ColumnElement[int]) -> ColumnElement[int]:
        """Of the interval in which the quarter lies."""
        return _numbered([quarter < _whole(quarter_of(one.ends_at)) for one in self.cut[:-1]])

    def number_of_day(self, day: ColumnElement[int]) -> ColumnElement[int]:
        """Of the interval in which the whole day lies."""
        return _numbered([day < _whole(day_of(one.ends_at)) for one in self.cut[:-1]])

    def number_of_moment(self, moment: ColumnElement[datetime]) -> ColumnElement[int]:
        """Which quarter each moment lies in need not be worked out."""
        ends = (literal(one.ends_at, moment.type, literal_execute=True) for one in self.cut[:-1])
        return _numbered([moment < end for end in ends])

    def place(self, number: int) -> int:
        return number


@attrs.frozen
class InBuckets:
    """What is asked; `place` says in which interval what is in a `bucket` lies."""

    asked: Asked
    place: Callable[[int], int] = int


def buckets_of(cut: Sequence[Period]) -> Buckets:
    """As few as there can be without counting days of changing clocks by the hour."""
    ends = [End(quarter_of(period.ends_at), period.ends_at) for period in cut[:-1]]
    length = next(length for length in LENGTHS if length == 1 or _changes(ends, length) < FEW)
    stretches = _stretches(cut[0].starts_at, ends, length)
    return Buckets(length=length, stretches=stretches, cut=cut)


def named_if_few(cut: Sequence[Period]) -> Buckets | Named:
    return Named(cut) if len(cut) <= MOST else buckets_of(cut)


def grouped_by(place: ColumnElement[int]) -> Sequence[ColumnElement[int]]:
    """A number that is written out is the place of a column there."""
    written_out = isinstance(place, ColumnClause) and place.is_literal
    return [] if written_out else [place]


def _numbered(before: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    """The place of the first that holds, or the one after the last."""
    numbered = [(condition, _whole(place)) for place, condition in enumerate(before)]
    last = _whole(len(before))
    return case(*numbered, else_=last) if numbered else last


def _changes(ends: Sequence[End], length: int) -> int:
    """How often they come at another of `length` quarters than the one before."""
    phases = [end.quarter % length for end in ends]
    return sum(map(ne, phases, phases[1:]))


def _stretches(starts_at: datetime, ends: Sequence[End], length: int) -> Sequence[Stretch]:
    """One for each run of intervals that end at the same of `length` quarters."""
    runs = [list(run) for _, run in groupby(ends, key=lambda end: end.quarter % length)]
    begin = [starts_at, *(run[-1].moment for run in runs)]
    until = [*(run[-1].quarter for run in runs[:-1]), None]
    phases = [run[0].quarter % length for run in runs] or [0]
    return [
        Stretch(begins_at=begins_at, phase=phase, until=ends_before)
        for begins_at, phase, ends_before in zip(begin, phases, until or [None], strict=False)
    ]


def _whole(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)
