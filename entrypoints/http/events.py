"""The route of the events feed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation
from msgspec import Meta

from application.kernel.events import EventFeed
from application.kernel.subscribers import RecordedEvent
from domain.kernel.actors import Permission
from entrypoints.http.paging import USUAL_PAGE, Limit
from entrypoints.http.security import actor_who_may
from entrypoints.http.shapes import Identifier, Output

LAST_POSITION = 2**63 - 1

After = Annotated[
    int,
    QueryParameter(
        ge=0, le=LAST_POSITION, description="The position of the last event you have; 0 for none."
    ),
]


class EventBody(Output):
    """`data` has the members of the event; new ones may be added, none change their meaning."""

    position: int
    id: Identifier
    name: Annotated[str, Meta(examples=["booking_confirmed"])]
    subject: Identifier
    occurred_at: datetime
    actor_id: Identifier
    data: dict[str, Any]

    @classmethod
    def of(cls, event: RecordedEvent) -> "EventBody":
        return cls(
            position=event.position,
            id=event.id,
            name=event.name,
            subject=event.subject,
            occurred_at=event.occurred_at,
            actor_id=event.actor_id,
            data=dict(event.payload),
        )


class EventList(Output):
    """Go on with `after=` the position of the last item; an empty list means nothing is new."""

    items: Sequence[EventBody]


@get("/v1/events", tags=["events"])
async def read_events(
    request: Request[Any, Any, Any],
    event_feed: NamedDependency[SkipValidation[EventFeed]],
    after: After = 0,
    limit: Limit = USUAL_PAGE,
) -> EventList:
    """What has happened, in an order that is the same for everybody and has no gaps."""
    actor = actor_who_may(Permission.READ_EVENTS, request.scope)
    events = await event_feed.after(actor, after, limit=limit)
    return EventList(items=[EventBody.of(event) for event in events])


router = Router("/", route_handlers=[read_events])
