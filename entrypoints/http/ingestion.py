"""Routes of ingestion: events that others post, for pipelines."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.identity.count_requests import CountRequests
from application.kernel.ports import UseCase
from application.pipelines.pipeline_views import KindOfEvents, PostedViews
from application.pipelines.post_events import Posted, PostEvents
from domain.kernel.actors import Permission
from domain.pipelines.posted_events import PostedEvent
from entrypoints.http.answers import answer, respond
from entrypoints.http.ingestion_shapes import MOST_AT_ONCE, PostedBody, SenderId
from entrypoints.http.operations import Operation
from entrypoints.http.pipeline_shapes import EventKind
from entrypoints.http.rate_limiting import telling
from entrypoints.http.reading import Body
from entrypoints.http.run_shapes import Rows
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Input, Output, sensible
from entrypoints.http.shapes import Moment as AnyMoment

AnyRequest = Request[Any, Any, Any]

MOST_KINDS = 10_000


class PostedEventInput(Input, frozen=True):
    """`said` is whatever it says; its pipeline knows what to make of it."""

    id: SenderId
    kind: EventKind
    occurred_at: AnyMoment
    said: Annotated[Mapping[str, Any], Meta(max_length=200)]

    def event(self) -> PostedEvent:
        """Raises FarOff."""
        sensible(self.occurred_at)
        return PostedEvent(
            id=self.id, kind=self.kind, occurred_at=self.occurred_at, said=self.said
        )


class PostEventsInput(Input, frozen=True):
    events: Annotated[tuple[PostedEventInput, ...], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class KindOfEventsBody(Output, frozen=True):
    """How many of a kind are known, how many of them wait for a pipeline, and since when."""

    kind: EventKind
    known: Rows
    waiting: Rows
    oldest_waiting: AnyMoment | None
    latest: AnyMoment

    @classmethod
    def of(cls, kind: KindOfEvents) -> "KindOfEventsBody":
        return cls(
            kind=kind.kind,
            known=kind.known,
            waiting=kind.waiting,
            oldest_waiting=kind.oldest_waiting,
            latest=kind.latest,
        )


class IngestionMetrics(Output, frozen=True):
    kinds: Annotated[Sequence[KindOfEventsBody], Meta(max_length=MOST_KINDS)]


EVENTS: Body[PostEventsInput] = Body(
    PostEventsInput,
    examples={
        "one": {
            "events": [
                {
                    "id": "evt-4711",
                    "kind": "room_type.changed",
                    "occurred_at": "2027-03-01T12:00:00Z",
                    "said": {"code": "double", "title": "Double room", "beds": 2},
                }
            ]
        }
    },
)


@post(
    "/v1/ingestion/events",
    status_code=202,
    opt=Operation(
        tag="pipelines",
        needs=Permission.WRITE_PIPELINES,
        body=EVENTS,
        shows=PostedBody,
        status=202,
        refuses=(FarOff,),
    ).opt,
)
async def post_events(
    request: AnyRequest,
    post_events: NamedDependency[SkipValidation[UseCase[PostEvents, Posted]]],
    count_requests: NamedDependency[SkipValidation[CountRequests]],
) -> Response[bytes]:
    """Tell what happened elsewhere, up to 100 events at once; after any doubt, again.

    They are stored when this is answered, and taken in the background by the pipeline that
    takes events of their kind. Each event counts towards the limit of the organization.
    """
    data, actor = await EVENTS.of(request), actor_of(request)
    events = [event.event() for event in data.events]
    await count_requests.of_events(actor, len(events), told=telling(request.scope))
    posted = await post_events(PostEvents(actor=actor, events=events))
    return respond(answer(PostedBody.of(posted), status=202))


@get(
    "/v1/ingestion/metrics",
    opt=Operation(tag="pipelines", needs=Permission.READ_PIPELINES, shows=IngestionMetrics).opt,
)
async def read_ingestion_metrics(
    request: AnyRequest, posted_views: NamedDependency[SkipValidation[PostedViews]]
) -> Response[bytes]:
    """Events by kind: how many are known, and how many wait."""
    kinds = await posted_views.kinds(actor_of(request))
    items = [KindOfEventsBody.of(kind) for kind in kinds[:MOST_KINDS]]
    return respond(answer(IngestionMetrics(kinds=items)))


router = Router("/", route_handlers=[post_events, read_ingestion_metrics])
