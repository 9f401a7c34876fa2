"""The route of the calendar: what takes place in a month, a week or on a day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.inventory.calendar_views import CalendarEntry, CalendarViews, FillBand
from application.kernel.ports import Clock
from domain.identity.request_limits import Counted
from domain.inventory.resources import ResourceState
from domain.kernel.actors import Permission
from domain.kernel.periods import YEARS, BadDates, Period, UnknownZone, Zone
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    MOST_UNITS,
    Identifier,
    Input,
    Kind,
    Moment,
    Name,
    Output,
    ZoneName,
)

AnyRequest = Request[Any, Any, Any]

MOST_ENTRIES = 2000

Units = Annotated[int, Meta(ge=0, le=10 * MOST_UNITS, examples=[12])]


class View(Enum):
    """A week begins on Monday."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"

    def dates(self, day: date) -> tuple[date, date]:
        """The first day of the page on which `day` is, and the day after the last."""
        match self:
            case View.DAY:
                return day, day + timedelta(days=1)
            case View.WEEK:
                monday = day - timedelta(days=day.weekday())
                return monday, monday + timedelta(days=7)
            case View.MONTH:
                first = day.replace(day=1)
                return first, (first + timedelta(days=31)).replace(day=1)


class CalendarQuery(Input, frozen=True):
    date: Annotated[date, Meta(description="Any day of the page.", examples=["2027-03-04"])]
    zone: Annotated[ZoneName, Meta(description="Whose days these are.")]
    view: View = View.MONTH
    kind: Kind | None = None

    def period(self) -> Period:
        """Raises UnknownZone and BadDates."""
        if self.date.year not in YEARS:
            raise BadDates(self.date, self.date)
        zone = Zone(self.zone)
        first, until = self.view.dates(self.date)
        return Period(zone.moment(first, time.min), zone.moment(until, time.min))


class CalendarEntryBody(Output, frozen=True):
    """`starts_at` and `ends_at` are as the clock at the place shows them."""

    resource_id: Identifier
    kind: Kind
    name: Name
    state: ResourceState
    under_way: bool
    starts_at: Moment
    ends_at: Moment
    units: Units
    taken: Units
    fill: FillBand

    @classmethod
    def of(cls, entry: CalendarEntry, now: datetime) -> "CalendarEntryBody":
        there = Zone(entry.zone)
        return cls(
            resource_id=entry.resource_id,
            kind=entry.kind,
            name=entry.name,
            state=entry.state,
            under_way=entry.is_under_way(now),
            starts_at=there.wall_time(entry.period.starts_at),
            ends_at=there.wall_time(entry.period.ends_at),
            units=entry.units,
            taken=entry.taken,
            fill=entry.band,
        )


class CalendarBody(Output, frozen=True):
    """`complete` is false where more begins in this time than is shown."""

    starts_at: Moment
    ends_at: Moment
    complete: bool
    items: Annotated[Sequence[CalendarEntryBody], Meta(max_length=MOST_ENTRIES)]


CALENDAR = Query(CalendarQuery)


@get(
    "/v1/calendar",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        counts_as=Counted.SEARCH,
        query=CALENDAR,
        shows=CalendarBody,
        refuses=(UnknownZone, BadDates),
    ).opt,
)
async def read_calendar(
    request: AnyRequest,
    calendar_views: NamedDependency[SkipValidation[CalendarViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What takes place in a month, a week or on a day, and how full it is."""
    query = CALENDAR.of(request)
    period = query.period()
    found = await calendar_views.calendar(
        actor_of(request), period=period, kind=query.kind, limit=MOST_ENTRIES + 1
    )
    now = clock()
    return respond(
        answer(
            CalendarBody(
                starts_at=period.starts_at,
                ends_at=period.ends_at,
                complete=len(found) <= MOST_ENTRIES,
                items=[CalendarEntryBody.of(entry, now) for entry in found[:MOST_ENTRIES]],
            )
        )
    )


router = Router("/", route_handlers=[read_calendar])
