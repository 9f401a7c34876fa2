"""Routes of what programs log."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.kernel.pages import BadCursor
from application.pipelines.telemetry_views import LinesMeeting, LogViews
from domain.kernel.actors import Permission
from domain.pipelines.telemetry import LogLevel, LogLine
from entrypoints.http.ingestion_shapes import SenderId
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.posting_telemetry import Counting, Now, Post, Taking, posting
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, FarOff, Moment, Output, sensible
from entrypoints.http.telemetry_shapes import LOGS, Labels, LogMessage, LogSource, TraceId

AnyRequest = Request[Any, Any, Any]

LeastLevel = Annotated[LogLevel, Meta(description="And more urgent ones.")]
Text = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=100,
        description="In the message.",
        examples=["gave up"],
    ),
]


class LogQuery(PageQuery, frozen=True):
    level: LeastLevel | None = None
    source: LogSource | None = None
    trace_id: TraceId | None = None
    since: Moment | None = None
    until: Moment | None = None
    text: Text | None = None

    def meeting(self) -> LinesMeeting:
        """Raises FarOff."""
        return LinesMeeting(
            level=self.level,
            source=self.source,
            trace_id=self.trace_id,
            since=sensible(self.since),
            until=sensible(self.until),
            text=self.text,
        )


class LogLineBody(Output, frozen=True):
    id: SenderId
    at: Moment
    level: LogLevel
    source: LogSource
    message: LogMessage
    trace_id: TraceId | None
    labels: Labels

    @classmethod
    def of(cls, line: LogLine) -> "LogLineBody":
        return cls(
            id=line.id,
            at=line.at,
            level=line.level,
            source=line.source,
            message=line.message,
            trace_id=line.trace_id,
            labels=line.labels,
        )


class LogPage(Output, frozen=True):
    items: Annotated[Sequence[LogLineBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


LINES = Query(LogQuery)


@post("/v1/ingestion/logs", status_code=202, opt=posting(LOGS))
async def post_logs(
    request: AnyRequest, post_telemetry: Post, count_requests: Counting, clock: Now
) -> Response[bytes]:
    """Tell what programs logged, up to 100 lines at once; after any doubt, again.

    All are stored when this is answered, and none if one of them is refused. Each counts towards
    the limit of the organization like an event. Messages should name no customers.
    """
    data = await LOGS.of(request)
    return await Taking(request, post_telemetry, count_requests, clock)("logs", data.logs)


@get(
    "/v1/ingestion/logs",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        query=LINES,
        shows=LogPage,
        refuses=(BadCursor, FarOff),
    ).opt,
)
async def list_logs(
    request: AnyRequest, log_views: NamedDependency[SkipValidation[LogViews]]
) -> Response[bytes]:
    """What programs logged, the latest first."""
    query, cursors = LINES.of(request), Cursors.of(request)
    page = await log_views.lines(actor_of(request), query.meeting(), slice=cursors.slice(query))
    items = [LogLineBody.of(line) for line in page.items]
    return cursors.respond(LogPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[post_logs, list_logs])
