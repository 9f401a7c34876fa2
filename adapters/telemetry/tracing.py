"""Where spans go."""

import sys
from typing import TypeVar

import attrs
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry.trace import Tracer

from adapters.telemetry.continuing import TracedWork
from adapters.telemetry.observed import Observed
from adapters.telemetry.serving import TracedServing
from application.kernel.ports import UseCase
from application.kernel.tracing import Continuing, Serving

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

    def observe(self, use_case: UseCase[Command, Result]) -> UseCase[Command, Result]:
        return Observed(use_case, self.tracer)


def open_tracing(processor: SpanProcessor) -> Tracing:
    """Takes any processor around any exporter made for the SDK.

    One that sends spans over the network (OTLP) is a package of its own and should stand behind
    the SDK's BatchSpanProcessor, so that no request waits for it. Nothing is set up for the whole
    process: two programs in one process do not hear of each other, and a parent span is found
    whichever provider made it.
    """
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "frontdesk"}))
    provider.add_span_processor(processor)
    return Tracing(provider.get_tracer("frontdesk"))


def to_console() -> SpanProcessor:
    """A line of JSON a span, as it ends, on standard error: commands talk on standard output."""
    return SimpleSpanProcessor(ConsoleSpanExporter(out=sys.stderr, formatter=_line))


def _line(span: ReadableSpan) -> str:
    return f"{span.to_json(indent=None)}\n"
