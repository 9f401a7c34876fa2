"""The route that adds sessions, or departures, like one that there is."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.bookings.add_sessions import AddSessions
from application.kernel.ports import UseCase
from domain.inventory.resource_refusals import ResourceIsDeleted
from domain.inventory.resources import NeverTakesPlace, Resource, ResourceNotFound, ResourceState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import BadDates, BadPeriod, DateRange
from domain.kernel.recurrence import BadRecurrence, Recurrence
from entrypoints.http.answers import respond, worded
from entrypoints.http.availability import First, Until
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.kinds.registry import OPENING_REFUSALS
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.resource_shapes import ResourceBody
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import LONGEST_RANGE, Capacity, Identifier, Input, Name, Output

AnyRequest = Request[Any, Any, Any]

Weekdays = Annotated[
    tuple[Annotated[int, Meta(ge=1, le=7)], ...],
    Meta(min_length=1, max_length=7, description="1 for Monday to 7 for Sunday."),
]
Wall = Annotated[
    time,
    Meta(
        tz=False,
        description="On the clock of the place, all year.",
        examples=["09:30:00"],
        extra_json_schema={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"},
    ),
]
Minutes = Annotated[int, Meta(ge=1, le=24 * 60, examples=[420])]
Skipped = Annotated[tuple[date, ...], Meta(max_length=LONGEST_RANGE)]


class SeriesInput(Input, frozen=True, rename={"first": "from"}):
    """`like` is what they are copied from, with all but its bookings, venues and trainers."""

    like: Identifier
    first: First
    until: Until
    weekdays: Weekdays
    starts: Wall
    minutes: Minutes
    capacity: Capacity
    skip: Skipped = ()
    name: Name | None = None
    state: Literal["draft", "published"] = "published"

    def recurrence(self) -> Recurrence:
        """Raises BadDates and BadRecurrence."""
        return Recurrence(
            weekdays=frozenset(self.weekdays),
            dates=DateRange.of_at_most(LONGEST_RANGE, self.first, self.until),
            starts=self.starts,
            lasts=timedelta(minutes=self.minutes),
            skipped=frozenset(self.skip),
        )


class SeriesBody(Output, frozen=True):
    items: Annotated[Sequence[ResourceBody], Meta(max_length=Recurrence.MOST)]

    @classmethod
    def of(cls, sessions: Sequence[Resource]) -> "SeriesBody":
        return cls(items=[ResourceBody.of(session) for session in sessions])


SERIES: Body[SeriesInput] = Body(
    SeriesInput,
    examples={
        "every Monday": {
            "like": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "from": "2027-03-01",
            "until": "2027-05-01",
            "weekdays": [1],
            "starts": "09:30:00",
            "minutes": 420,
            "skip": ["2027-03-29"],
            "capacity": 12,
        }
    },
)

_added = worded(SeriesBody.of, status=201)


@post(
    "/v1/session-series",
    opt=Operation(
        tag="resources",
        needs=Permission.WRITE_CATALOGUE,
        sends=(IDEMPOTENCY_KEY,),
        body=SERIES,
        shows=SeriesBody,
        status=201,
        refuses=(
            ResourceNotFound,
            ResourceIsDeleted,
            NeverTakesPlace,
            BadDates,
            BadPeriod,
            BadRecurrence,
            *OPENING_REFUSALS,
        ),
    ).opt,
)
async def add_sessions(
    request: AnyRequest,
    add_sessions: NamedDependency[SkipValidation[UseCase[AddSessions, Sequence[Resource]]]],
) -> Response[bytes]:
    """Add sessions on days of the week, at the same time on the wall all year; all or none.

    Each has seats and, as what it is like, sales terms of its own. A time that the clock skips in
    spring is later by as much as is skipped; of one that it shows twice, it is the first.
    """
    data = await SERIES.of(request)
    key = await IdempotencyKey.of(request)
    sessions = await add_sessions(
        AddSessions(
            actor=actor_of(request),
            like=ResourceId(data.like),
            recurrence=data.recurrence(),
            capacity=data.capacity,
            name=data.name,
            state=ResourceState(data.state),
            once=key.once(_added),
        )
    )
    return respond(_added(sessions))


router = Router("/", route_handlers=[add_sessions])
