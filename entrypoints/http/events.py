"""The route of the events feed."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.kernel.events import EventFeed
from application.kernel.subscribers import RecordedEvent
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, USUAL_PAGE, Limit
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Moment, Output

LAST_POSITION = 2**63 - 1

After = Annotated[
    int,
    Meta(
        ge=0,
        le=LAST_POSITION,
        description="The position of the last event you have; 0 for none.",
        examples=[0],
    ),
]


class EventQuery(Input, frozen=True):
    after: After = 0
    limit: Limit = USUAL_PAGE


class EventBody(Output, frozen=True):
    """`data` has the members of the event; new ones may be added, none change their meaning.

    `call_id` is the call in which it was done, if it was done in one.
    """

    position: Annotated[int, Meta(ge=1, le=LAST_POSITION, examples=[1])]
    id: Identifier
    name: Annotated[str, Meta(max_length=64, pattern="^[a-z_]+$", examples=["booking_confirmed"])]
    subject: Identifier
    occurred_at: Moment
    actor_id: Identifier
    call_id: Identifier | None
    data: Annotated[dict[str, Any], Meta(max_length=50)]

    @classmethod
    def of(cls, event: RecordedEvent) -> "EventBody":
        return cls(
            position=event.position,
            id=event.id,
            name=event.name,
            subject=event.subject,
            occurred_at=event.occurred_at,
            actor_id=event.actor_id,
            call_id=event.call_id,
            data=dict(event.payload),
        )


class EventList(Output, frozen=True):
    """Go on with `after=` the position of the last item; an empty list means nothing is new."""

    items: Annotated[Sequence[EventBody], Meta(max_length=LARGEST_PAGE)]


SINCE = Query(EventQuery)


@get(
    "/v1/events",
    opt=Operation(tag="events", needs=Permission.READ_EVENTS, query=SINCE, shows=EventList).opt,
)
async def read_events(
    request: Request[Any, Any, Any], event_feed: NamedDependency[SkipValidation[EventFeed]]
) -> Response[bytes]:
    """What has happened, in an order that is the same for everybody and has no gaps."""
    query = SINCE.of(request)
    events = await event_feed.after(actor_of(request), query.after, limit=query.limit)
    return respond(answer(EventList(items=[EventBody.of(event) for event in events])))


router = Router("/", route_handlers=[read_events])
