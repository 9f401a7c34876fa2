"""A span for every request, as a part of the trace it came with."""

from contextvars import Token

import attrs
from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    TraceState,
    set_span_in_context,
)

from application.kernel.tracing import ServedSpan, Trace

FIRST_FAILURE = 500


@attrs.frozen
class SpanOfRequest:
    """Named after the template of its route: addresses hold identifiers and what people look for.

    Whatever runs until its end is a part of it.
    """

    span: Span
    token: Token[Context]
    trace: Trace

    def end(self, *, method: str, route: str, status: int) -> None:
        self.span.update_name(f"{method} {route}")
        self.span.set_attributes(
            {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
            }
        )
        if status >= FIRST_FAILURE:
            self.span.set_status(Status(StatusCode.ERROR))
        detach(self.token)
        self.span.end()


@attrs.frozen
class TracedServing:
    tracer: Tracer

    def __call__(self, parent: Trace | None, /) -> ServedSpan:
        span = self.tracer.start_span("request", context=context_of(parent), kind=SpanKind.SERVER)
        trace = trace_of(span, state=parent.state if parent else "")
        return SpanOfRequest(span, attach(set_span_in_context(span)), trace)


def trace_of(span: Span, *, state: str) -> Trace:
    told = span.get_span_context()
    return Trace(
        trace_id=f"{told.trace_id:032x}",
        span_id=f"{told.span_id:016x}",
        sampled=told.trace_flags.sampled,
        state=state,
    )


def context_of(parent: Trace | None) -> Context:
    if parent is None:
        return Context()
    remote = SpanContext(
        int(parent.trace_id, 16),
        int(parent.span_id, 16),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED if parent.sampled else TraceFlags.DEFAULT),
        trace_state=TraceState.from_header([parent.state]) if parent.state else None,
    )
    return set_span_in_context(NonRecordingSpan(remote), Context())
