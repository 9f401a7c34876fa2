"""Where spans go."""

import sys
from collections.abc import Callable
from typing import TypeVar

import attrs
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    ConsoleSpanExporter,
    SimpleSpanProcessor,
)
from opentelemetry.sdk.trace.sampling import ParentBased, Sampler, TraceIdRatioBased
from opentelemetry.trace import Tracer

from adapters.telemetry.continuing import TracedWork
from adapters.telemetry.observed import Observed
from adapters.telemetry.serving import TracedServing
from adapters.telemetry.statements import StatementSpans
from application.kernel.ports import UseCase
from application.kernel.tracing import Continuing, Marking, Serving

Command = TypeVar("Command")
Result = TypeVar("Result")


@attrs.frozen
class Tracing:
    tracer: Tracer

    @property
    def serving(self) -> Serving:
        return TracedServing(self.tracer)

    @property
    def continuing(self) -> Continuing:
        return TracedWork(self.tracer)

    def marking(self, nanoseconds: Callable[[], int]) -> Marking:
        return StatementSpans(self.tracer, nanoseconds)

    def observe(self, use_case: UseCase[Command, Result]) -> UseCase[Command, Result]:
        return Observed(use_case, self.tracer)


def open_tracing(processor: SpanProcessor, *, share: float = 1) -> Tracing:
    """Takes any processor around any exporter made for the SDK; records that `share` of traces.

    Nothing is set up for the whole process: two programs in one process do not hear of each other,
    and a parent span is found whichever provider made it. What is left when the process ends is
    sent then.
    """
    resource = Resource.create({SERVICE_NAME: "frontdesk"})
    provider = TracerProvider(resource=resource, sampler=_sampler(share))
    provider.add_span_processor(processor)
    return Tracing(provider.get_tracer("frontdesk"))


def _sampler(share: float) -> Sampler:
    """By the trace's id, which all programs judge alike; nobody who asks us to record makes us."""
    by_id = TraceIdRatioBased(share)
    return ParentBased(by_id, remote_parent_sampled=by_id)


def to_collector(url: str) -> SpanProcessor:
    """OTLP over HTTP, in batches from a thread: no request waits for it."""
    # Installed with the extra `otlp`.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )

    return BatchSpanProcessor(OTLPSpanExporter(endpoint=url))


def to_console() -> SpanProcessor:
    """A line of JSON a span, as it ends, on standard error: commands talk on standard output."""
    return SimpleSpanProcessor(ConsoleSpanExporter(out=sys.stderr, formatter=_line))


def _line(span: ReadableSpan) -> str:
    return f"{span.to_json(indent=None)}\n"
