"""Half-open spans: of time, and of local dates at a place."""

from datetime import date, datetime, time, timedelta, timezone
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from domain.kernel.refusals import Invalid

# At the ends of the calendar, converting between time zones overflows.
YEARS = range(1900, 3000)


@attrs.frozen
class BadPeriod(Invalid):
    code: ClassVar[str] = "bad_period"
    starts_at: datetime
    ends_at: datetime

    def __str__(self) -> str:
        return (
            "a period ends after it starts, not too far off, and both moments carry their offset "
            "from UTC"
        )


@attrs.frozen
class BadDates(Invalid):
    code: ClassVar[str] = "bad_dates"
    first: date
    until: date

    def __str__(self) -> str:
        return (
            "dates run from an earlier day to a later one, not too far off, "
            f"not {self.first} to {self.until}"
        )


@attrs.frozen
class UnknownZone(Invalid):
    code: ClassVar[str] = "unknown_zone"
    field: ClassVar[str] = "zone"
    zone: str

    def __str__(self) -> str:
        return "a time zone is named as in the IANA database, such as Europe/London"


def _in_utc(moment: datetime) -> datetime:
    # Two moments in one zone compare by their wall times, which repeat in autumn.
    if moment.tzinfo is None or moment.year not in YEARS:
        return moment
    return moment.astimezone(timezone.utc)


@attrs.frozen
class Period:
    """From `starts_at`, up to but without `ends_at`; kept in UTC."""

    starts_at: datetime = attrs.field(converter=_in_utc)
    ends_at: datetime = attrs.field(converter=_in_utc)

    def __attrs_post_init__(self) -> None:
        aware = self.starts_at.tzinfo is not None and self.ends_at.tzinfo is not None
        sensible = self.starts_at.year in YEARS and self.ends_at.year in YEARS
        if not (aware and sensible) or self.starts_at >= self.ends_at:
            raise BadPeriod(self.starts_at, self.ends_at)

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, other: "Period") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


@attrs.frozen
class DateRange:
    """Local dates of some place, from `first` up to but without `until`."""

    first: date
    until: date

    def __attrs_post_init__(self) -> None:
        sensible = self.first.year in YEARS and self.until.year in YEARS
        if not sensible or self.first >= self.until:
            raise BadDates(self.first, self.until)

    @classmethod
    def of_at_most(cls, days: int, first: date, until: date) -> "DateRange":
        """Raises BadDates for a longer range, too."""
        if (until - first).days > days:
            raise BadDates(first, until)
        return cls(first, until)

    def __len__(self) -> int:
        return (self.until - self.first).days

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=number) for number in range(len(self)))


@attrs.frozen
class Zone:
    """A place's wall clock, by its name in the IANA database."""

    name: str

    def __attrs_post_init__(self) -> None:
        try:
            ZoneInfo(self.name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise UnknownZone(self.name) from unknown

    def moment(self, day: date, wall: time) -> datetime:
        """When the clock there shows `wall` on `day`, in UTC.

        A time that the clock skips in spring is read with the offset before the change, a time
        it shows twice in autumn is the first of the two (PEP 495, fold 0).
        """
        return datetime.combine(day, wall, ZoneInfo(self.name)).astimezone(timezone.utc)

    def date_at(self, moment: datetime) -> date:
        """The date on the calendar there."""
        return moment.astimezone(ZoneInfo(self.name)).date()

    def wall_time(self, moment: datetime) -> datetime:
        """The moment as the clock there shows it, offset included."""
        return moment.astimezone(ZoneInfo(self.name))


@attrs.frozen(kw_only=True)
class LocalDateRange:
    """Dates that mean something only where they are lived: a stay, a season."""

    dates: DateRange
    zone: Zone

    def period(self, *, opens: time, closes: time) -> Period:
        """From `opens` on the first day to `closes` on the day after the last, as wall times."""
        return Period(
            self.zone.moment(self.dates.first, opens), self.zone.moment(self.dates.until, closes)
        )
