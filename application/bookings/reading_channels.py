"""Events of a foreign feed, on the calendar of the place that they are about."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

import attrs

from application.bookings.channel_ports import TheirEvent
from domain.bookings.busy_times import HORIZON, Span, is_over
from domain.bookings.foreign_bookings import ForeignBooking, Told
from domain.bookings.hotel import RoomType
from domain.inventory.resources import Resource
from domain.kernel.identifiers import PoolId
from domain.kernel.periods import BadDates, BadPeriod, DateRange, Period, Zone

DAY = timedelta(days=1)
MIDNIGHT = time()


@attrs.frozen(kw_only=True)
class Place:
    """What a channel sells, and which day it is there."""

    resource: Resource
    part: str | None
    now: datetime

    @property
    def today(self) -> date:
        return self.zone.date_at(self.now)

    @property
    def zone(self) -> Zone:
        return self.resource.zone

    def told(self, event: TheirEvent) -> Told | None:
        """None for what is over, or too far off to be on sale.

        What is not about the time that something takes place is none of it.
        """
        span = self._span(event)
        if span is None or is_over(span, self.today, self.now):
            return None
        if isinstance(span, DateRange) and span.first >= self.today + HORIZON * DAY:
            return None
        takes_place = self.resource.offering.takes_place
        elsewhere = (
            isinstance(span, Period) and takes_place is not None and not span.overlaps(takes_place)
        )
        return Told(
            key=(event.uid, event.recurrence_id),
            sequence=event.sequence,
            span=span,
            cancelled=event.cancelled or elsewhere,
        )

    def needs(self, booking: ForeignBooking) -> tuple[PoolId, ...]:
        """The pools of today and later, ascending, whether they are on sale or not."""
        resource, dates = self.resource, None
        if isinstance(booking.span, DateRange):
            first = max(booking.span.first, self.today)
            until = min(booking.span.until, self.today + HORIZON * DAY)
            if first >= until:
                return ()
            dates = DateRange(first, until)
        pools = resource.offering.pools(
            resource.stock, dates=dates, zone=resource.zone, part=self.part
        )
        return tuple(sorted(pools))

    def _span(self, event: TheirEvent) -> Span | None:
        try:
            if self.resource.offering.sold_by_day:
                return DateRange(*self._days(event))
            return Period(self._moment(event.starts), self._moment(event.ends))
        except (BadDates, BadPeriod, OverflowError, ValueError):
            return None

    def _days(self, event: TheirEvent) -> Iterator[date]:
        """Nights end in the morning of the last day; of anything else that day is needed, too."""
        starts, ends = event.starts, event.ends
        if not isinstance(starts, datetime) or not isinstance(ends, datetime):
            yield starts
            yield ends
            return
        first = self.zone.date_at(self._moment(starts))
        last_moment = self._moment(ends)
        if isinstance(self.resource.offering, RoomType):
            until = self.zone.date_at(last_moment)
        else:
            until = self.zone.date_at(last_moment - timedelta.resolution) + DAY
        yield first
        yield max(until, first + DAY)

    def _moment(self, when: date | datetime) -> datetime:
        if not isinstance(when, datetime):
            return self.zone.moment(when, MIDNIGHT)
        if when.tzinfo is None:
            return self.zone.moment(when.date(), when.time())
        return when.astimezone(timezone.utc)
