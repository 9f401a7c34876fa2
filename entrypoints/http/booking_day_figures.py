"""Routes of figures about local dates: how full they are, at what price, and how they filled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.booking_views import BookingFigures
from application.analytics.day_views import DayFigures, DayQuestion
from application.kernel.ports import Clock
from domain.analytics.booking_totals import added
from domain.analytics.figures import Figure
from domain.analytics.occupancy import OCCUPANCY_FIGURES, YIELD_FIGURES, Occupied
from domain.analytics.pick_up import PICK_UP_FIGURES, OnTheBooks
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import BadDates, DateRange
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_figure_shapes import Money, MoneyFigures
from entrypoints.http.figure_shapes import Values, Versions, valued, versions
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    LONGEST_RANGE,
    FarOff,
    Identifier,
    Input,
    Kind,
    Moment,
    Output,
    sensible,
)

AnyRequest = Request[Any, Any, Any]
Counting = NamedDependency[SkipValidation[BookingFigures]]
Days = NamedDependency[SkipValidation[DayFigures]]
Now = NamedDependency[SkipValidation[Clock]]

USUAL_DAYS = timedelta(days=30)
A_WEEK = timedelta(days=7)


class DaysQuery(Input, frozen=True, kw_only=True, rename={"first": "from"}):
    """From one local date until just before another; usually thirty days up to today."""

    first: date | None = None
    until: date | None = None
    kind: Kind | None = None
    resource_id: Identifier | None = None

    def question(self, now: datetime) -> DayQuestion:
        """Raises BadDates."""
        until = self.until or now.astimezone(timezone.utc).date() + timedelta(days=1)
        first = self.first or until - min(USUAL_DAYS, until - date.min)
        return DayQuestion(
            dates=DateRange.of_at_most(LONGEST_RANGE, first, until),
            kind=self.kind,
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
        )


class PickUpQuery(DaysQuery, frozen=True, kw_only=True):
    """What was on the books at `at`, usually now, and `before`, usually a week earlier."""

    at: Moment | None = None
    before: Moment | None = None


class DatedBody(Output, frozen=True, rename={"first": "from"}):
    """From one date until just before another, each that of each place."""

    first: date
    until: date


class AskedDaysBody(DatedBody, frozen=True):
    """`as_of` is until when what has happened is counted."""

    as_of: Moment
    definitions: Versions


class OccupiedDates(DatedBody, frozen=True):
    figures: Values
    money: Money


class OccupiedDay(Output, frozen=True):
    day: date
    figures: Values
    money: Money


class OccupancyBody(AskedDaysBody, frozen=True):
    """`before` are as many days right before."""

    figures: Values
    money: Money
    before: OccupiedDates
    days: Annotated[Sequence[OccupiedDay], Meta(max_length=LONGEST_RANGE)]


class OccupiedWeekday(Output, frozen=True):
    """1 is Monday, 7 is Sunday."""

    weekday: Annotated[int, Meta(ge=1, le=7, examples=[1])]
    days: Annotated[int, Meta(ge=0, le=LONGEST_RANGE, examples=[4])]
    figures: Values
    money: Money


class WeekdaysBody(AskedDaysBody, frozen=True):
    weekdays: Annotated[Sequence[OccupiedWeekday], Meta(max_length=7)]


class PickedUpDay(Output, frozen=True):
    day: date
    money: Money


class PickUpBody(AskedDaysBody, frozen=True):
    at: Moment
    before: Moment
    money: Money
    days: Annotated[Sequence[PickedUpDay], Meta(max_length=LONGEST_RANGE)]


OCCUPANCY, WEEKDAYS, PICK_UP = Query(DaysQuery), Query(DaysQuery), Query(PickUpQuery)
FIGURES = (*OCCUPANCY_FIGURES, *YIELD_FIGURES)


@get(
    "/v1/analytics/bookings/occupancy",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=OCCUPANCY,
        shows=OccupancyBody,
        refuses=(BadDates,),
    ).opt,
)
async def read_occupancy(
    request: AnyRequest, day_figures: Days, booking_figures: Counting, clock: Now
) -> Response[bytes]:
    """How full nights, sessions and departures are, and what a unit brings (ADR, RevPAR).

    What is held counts as taken: it is not free for anybody else.
    """
    actor, question = actor_of(request), OCCUPANCY.of(request).question(clock())
    as_of = await booking_figures.as_of(actor)
    days = await day_figures.days(actor, question)
    before = await day_figures.days(actor, question.before)
    body = OccupancyBody(
        before=OccupiedDates(**_told_of(before.values()), **_dated(question.before.dates)),
        days=[OccupiedDay(day=day, **_told_of([occupied])) for day, occupied in days.items()],
        **_told_of(days.values()),
        **_asked(question.dates, as_of, FIGURES),
    )
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/weekdays",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=WEEKDAYS,
        shows=WeekdaysBody,
        refuses=(BadDates,),
    ).opt,
)
async def read_weekdays(
    request: AnyRequest, day_figures: Days, booking_figures: Counting, clock: Now
) -> Response[bytes]:
    """The same by day of the week: how full Mondays are, and how full Saturdays."""
    actor, question = actor_of(request), WEEKDAYS.of(request).question(clock())
    as_of = await booking_figures.as_of(actor)
    found = await day_figures.days(actor, question)
    weekdays = []
    for weekday in range(1, 8):
        days = [occupied for day, occupied in found.items() if day.isoweekday() == weekday]
        weekdays.append(OccupiedWeekday(weekday=weekday, days=len(days), **_told_of(days)))
    body = WeekdaysBody(weekdays=weekdays, **_asked(question.dates, as_of, FIGURES))
    return respond(answer(body))


@get(
    "/v1/analytics/bookings/pick-up",
    opt=Operation(
        tag="analytics",
        needs=Permission.READ_BOOKINGS,
        query=PICK_UP,
        shows=PickUpBody,
        refuses=(BadDates, FarOff),
    ).opt,
)
async def read_pick_up(
    request: AnyRequest, day_figures: Days, booking_figures: Counting, clock: Now
) -> Response[bytes]:
    """What was on the books for each day at one moment, and how much more than before it."""
    actor, query = actor_of(request), PICK_UP.of(request)
    question = query.question(clock())
    at = sensible(query.at) or clock()
    before = sensible(query.before) or at - A_WEEK
    as_of = await booking_figures.as_of(actor)
    found = await day_figures.pick_up(actor, question, at=at, before=before)
    total: dict[str, OnTheBooks] = {}
    for of_day in found.values():
        for currency, on_the_books in of_day.items():
            total[currency] = added(total.get(currency, OnTheBooks()), on_the_books)
    body = PickUpBody(
        at=at,
        before=before,
        money=_picked_up(total),
        days=[PickedUpDay(day=day, money=_picked_up(of_day)) for day, of_day in found.items()],
        **_asked(question.dates, as_of, PICK_UP_FIGURES),
    )
    return respond(answer(body))


def _dated(dates: DateRange) -> dict[str, Any]:
    return {"first": dates.first, "until": dates.until}


def _asked(dates: DateRange, as_of: datetime, figures: Sequence[Figure[Any]]) -> dict[str, Any]:
    return {**_dated(dates), "as_of": as_of, "definitions": versions(figures)}


def _told_of(days: Iterable[Occupied]) -> dict[str, Any]:
    """The figures and the money of all of them together."""
    occupied = sum(days, Occupied())
    return {
        "figures": valued(OCCUPANCY_FIGURES, occupied.totals),
        "money": [
            MoneyFigures(currency=name, figures=valued(YIELD_FIGURES, occupied.of(name)))
            for name in sorted(occupied.sold)
        ],
    }


def _picked_up(found: Mapping[str, OnTheBooks]) -> Sequence[MoneyFigures]:
    return [
        MoneyFigures(currency=currency, figures=valued(PICK_UP_FIGURES, found[currency]))
        for currency in sorted(found)
    ]


router = Router("/", route_handlers=[read_occupancy, read_weekdays, read_pick_up])
