"""The route of what an organization has used in some time."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.analytics.asking import Asking
from application.analytics.metering import Metering
from domain.kernel.actors import Permission
from domain.kernel.periods import BadPeriod, UnknownZone
from entrypoints.http.answers import answer, respond
from entrypoints.http.figure_shapes import SpannedBody, SpanQuery, span_of, spanned
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import LARGEST_TOTAL, FarOff, Moment, ZoneName

Count = Annotated[int, Meta(ge=0, le=LARGEST_TOTAL, examples=[1200])]
Seconds = Annotated[float, Meta(ge=0, le=LARGEST_TOTAL, examples=[86400.5])]


class MeteredBody(SpannedBody, frozen=True):
    """Calls by when they began, bookings by when they were made: as `as_of` dashboards count them.

    New and changed rows by when the run of their pipeline was asked for; events by when they were
    posted, as long as they are remembered.
    """

    zone: ZoneName
    as_of: Moment
    calls: Count
    talk_seconds: Seconds
    bookings: Count
    brought_in_rows: Count
    posted_events: Count


QUERY = Query(SpanQuery)


@get(
    "/v1/organization/usage/metered",
    opt=Operation(
        tag="organization",
        needs=Permission.READ_SETTINGS,
        query=QUERY,
        shows=MeteredBody,
        refuses=(UnknownZone, BadPeriod, FarOff),
    ).opt,
)
async def read_metered_usage(
    request: Request[Any, Any, Any],
    metering: NamedDependency[SkipValidation[Metering]],
    asking: NamedDependency[SkipValidation[Asking]],
) -> Response[bytes]:
    """What your organization has used from one moment until another, as a bill may go by."""
    actor = actor_of(request)
    span = await span_of(QUERY.of(request), actor, asking)
    metered = await metering(actor, span)
    body = MeteredBody(
        **spanned(span.zone, span.period),
        zone=span.zone.name,
        as_of=metered.as_of,
        calls=metered.calls,
        talk_seconds=metered.talked_ms / 1000,
        bookings=metered.bookings,
        brought_in_rows=metered.rows.brought_in,
        posted_events=metered.rows.posted_events,
    )
    return respond(answer(body))


router = Router("/", route_handlers=[read_metered_usage])
