"""What a channel is told is taken: entries that keep their names while their dates move."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import attrs

from domain.kernel.periods import DateRange, Period

DAY = timedelta(days=1)
CANCELLED_IS_TOLD = timedelta(days=30)
"""For so long, so that whoever asks once a week hears of it."""

HORIZON = 730
"""Days ahead that are told of, and taken from others."""

Span = DateRange | Period
"""Local dates of what is sold by the day; when it takes place, of what is sold whole."""


@attrs.frozen(kw_only=True)
class BusyTime:
    """An entry of our feed. `sequence` goes up by one with every change, as RFC 5545 has it."""

    id: UUID
    span: Span
    sequence: int = 0
    modified_at: datetime
    cancelled: bool = False

    @property
    def uid(self) -> str:
        return f"{self.id}@frontdesk"

    def moved(self, span: Span, *, now: datetime) -> "BusyTime":
        return attrs.evolve(self, span=span, sequence=self.sequence + 1, modified_at=now)

    def called_off(self, *, now: datetime) -> "BusyTime":
        return attrs.evolve(self, cancelled=True, sequence=self.sequence + 1, modified_at=now)


def busy_dates(left: Mapping[date, int], *, units: int, today: date) -> Sequence[DateRange]:
    """Runs of days on which fewer than `units` are left, from today to the last that is on sale.

    A day between others that was never put on sale is busy as well.
    """
    on_sale = [day for day in left if day >= today]
    if not on_sale:
        return ()
    days = (today + number * DAY for number in range((max(on_sale) - today).days + 1))
    return tuple(_runs(day for day in days if left.get(day, 0) < units))


def told_again(
    entries: Sequence[BusyTime],
    busy: Sequence[Span],
    *,
    new_ids: Iterator[UUID],
    today: date,
    now: datetime,
) -> Sequence[BusyTime]:
    """The entries that are new or otherwise than before. What overlaps is the same, moved.

    What began before today keeps its beginning, so that an entry does not change day by day.
    """
    live = [
        entry for entry in entries if not entry.cancelled and not is_over(entry.span, today, now)
    ]
    wanted = [_with_its_beginning(span, live, today) for span in busy]
    left = [entry for entry in live if entry.span not in wanted]
    still = {entry.span for entry in live}
    changed: list[BusyTime] = []
    for span in (span for span in wanted if span not in still):
        entry = max(left, key=lambda one: overlap(one.span, span), default=None)
        if entry is None or not overlap(entry.span, span):
            changed.append(BusyTime(id=next(new_ids), span=span, modified_at=now))
            continue
        left.remove(entry)
        changed.append(entry.moved(span, now=now))
    return (*changed, *(entry.called_off(now=now) for entry in left))


def shown(entries: Sequence[BusyTime], *, today: date, now: datetime) -> Sequence[BusyTime]:
    """Those that a feed has: what is not over, and what was called off lately."""
    return [
        entry
        for entry in entries
        if not is_over(entry.span, today, now)
        and not (entry.cancelled and entry.modified_at + CANCELLED_IS_TOLD < now)
    ]


def is_over(span: Span, today: date, now: datetime) -> bool:
    return span.until <= today if isinstance(span, DateRange) else span.ends_at <= now


def overlap(one: Span, other: Span) -> timedelta:
    """How long both last; nothing for those of different kinds."""
    if isinstance(one, DateRange) and isinstance(other, DateRange):
        common = min(one.until, other.until) - max(one.first, other.first)
    elif isinstance(one, Period) and isinstance(other, Period):
        common = min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
    else:
        return timedelta()
    return max(common, timedelta())


def _runs(days: Iterator[date]) -> Iterator[DateRange]:
    first: date | None = None
    until: date | None = None
    for day in days:
        if first is None or day != until:
            if first is not None and until is not None:
                yield DateRange(first, until)
            first = day
        until = day + DAY
    if first is not None and until is not None:
        yield DateRange(first, until)


def _with_its_beginning(span: Span, live: Sequence[BusyTime], today: date) -> Span:
    if not isinstance(span, DateRange) or span.first != today:
        return span
    began = [
        entry.span.first
        for entry in live
        if isinstance(entry.span, DateRange) and entry.span.first < today < entry.span.until
    ]
    return DateRange(min(began), span.until) if began else span
