"""A time in pieces: whole ones, of which there are sums, and what is left at both ends."""

from collections.abc import Sequence
from datetime import datetime

from adapters.readers.buckets import moment_at, quarter_at
from domain.kernel.periods import Period

HOUR = 4  # quarters
LENGTHS = (HOUR, 1)

Piece = tuple[int | None, Period]
"""By how many quarters of an hour it is summed up; None for what is in no whole quarter."""


def pieces_of(period: Period, cut: Sequence[Period] = ()) -> Sequence[Piece]:
    """In order, and without gaps. Hours are taken only where none of the `cut` ends within one."""
    whole_hours = all(quarter_at(part.ends_at) % HOUR == 0 for part in cut[:-1])
    return _split(period, LENGTHS if whole_hours else (1,))


def _split(period: Period, lengths: Sequence[int]) -> Sequence[Piece]:
    if not lengths:
        return [(None, period)]
    length, *shorter = lengths
    first, last = _next(period.starts_at, length), quarter_at(period.ends_at) // length * length
    if first >= last:
        return _split(period, shorter)
    whole = Period(moment_at(first), moment_at(last))
    return [
        *_left(period.starts_at, whole.starts_at, shorter),
        (length, whole),
        *_left(whole.ends_at, period.ends_at, shorter),
    ]


def _left(since: datetime, until: datetime, lengths: Sequence[int]) -> Sequence[Piece]:
    return _split(Period(since, until), lengths) if since < until else ()


def _next(moment: datetime, length: int) -> int:
    """The first of so many quarters that does not begin before the moment."""
    quarter = quarter_at(moment) // length * length
    return quarter if moment_at(quarter) >= moment else quarter + length
