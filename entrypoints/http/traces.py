"""Routes of what programs trace."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.pipelines.telemetry_views import TraceViews
from domain.kernel.actors import Permission
from domain.pipelines.traces import Placed, TraceNotFound, arranged
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.posting_telemetry import Counting, Now, Post, Taking, posting
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Moment, Output
from entrypoints.http.telemetry_shapes import (
    SPANS,
    TRACE_ID,
    Labels,
    LogSource,
    SpanId,
    SpanName,
    TraceId,
)

AnyRequest = Request[Any, Any, Any]

MOST_SPANS = 1000


class PostedSpanBody(Output, frozen=True):
    """`depth` is how many of the spans shown lie above it."""

    span_id: SpanId
    parent_id: SpanId | None
    depth: Annotated[int, Meta(ge=0, le=MOST_SPANS)]
    name: SpanName
    source: LogSource
    begins_at: Moment
    ends_at: Moment
    failed: bool
    labels: Labels

    @classmethod
    def of(cls, placed: Placed) -> "PostedSpanBody":
        span = placed.span
        return cls(
            span_id=span.span_id,
            parent_id=span.parent_id,
            depth=placed.depth,
            name=span.name,
            source=span.source,
            begins_at=span.begins_at,
            ends_at=span.ends_at,
            failed=span.failed,
            labels=span.labels,
        )


class TraceBody(Output, frozen=True):
    """Each span right before those below it; not `whole` if there are more than are shown."""

    trace_id: TraceId
    whole: bool
    spans: Annotated[Sequence[PostedSpanBody], Meta(max_length=MOST_SPANS)]


@post("/v1/ingestion/spans", status_code=202, opt=posting(SPANS))
async def post_spans(
    request: AnyRequest, post_telemetry: Post, count_requests: Counting, clock: Now
) -> Response[bytes]:
    """Tell what programs did and for how long, up to 100 spans at once; after any doubt, again.

    All are stored when this is answered, and none if one of them is refused. Each counts towards
    the limit of the organization like an event.
    """
    data = await SPANS.of(request)
    return await Taking(request, post_telemetry, count_requests, clock)("spans", data.spans)


@get(
    "/v1/ingestion/traces/{trace:str}",
    opt=Operation(
        tag="pipelines",
        needs=Permission.READ_PIPELINES,
        shows=TraceBody,
        refuses=(TraceNotFound,),
    ).opt,
)
async def read_trace(
    request: AnyRequest,
    trace: FromPath[str],
    trace_views: NamedDependency[SkipValidation[TraceViews]],
) -> Response[bytes]:
    """The spans of a trace, as they caused each other."""
    if not re.search(TRACE_ID, trace):
        raise TraceNotFound
    spans = await trace_views.spans(actor_of(request), trace, limit=MOST_SPANS + 1)
    if not spans:
        raise TraceNotFound
    shown = [PostedSpanBody.of(placed) for placed in arranged(spans[:MOST_SPANS])]
    body = TraceBody(trace_id=trace, whole=len(spans) <= MOST_SPANS, spans=shown)
    return respond(answer(body))


router = Router("/", route_handlers=[post_spans, read_trace])
