"""A span for every statement, within the step that asks it."""

from collections.abc import Callable

import attrs
from opentelemetry.trace import SpanKind, Tracer, get_current_span

NANOSECONDS = 1_000_000_000


@attrs.frozen
class StatementSpans:
    """With the stable attributes of OpenTelemetry's conventions for databases.

    What nobody records has none, and what is asked outside any step neither: it would be a trace
    of its own. `nanoseconds` are those since 1970.
    """

    tracer: Tracer
    nanoseconds: Callable[[], int]

    def __call__(self, *, system: str, operation: str, table: str, text: str, took: float) -> None:
        if not get_current_span().is_recording():
            return
        ended = self.nanoseconds()
        summary = f"{operation} {table}".rstrip()
        span = self.tracer.start_span(
            summary,
            kind=SpanKind.CLIENT,
            start_time=ended - round(took * NANOSECONDS),
            attributes={
                "db.system.name": system,
                "db.operation.name": operation,
                "db.collection.name": table,
                "db.query.summary": summary,
                "db.query.text": text,
            },
        )
        span.end(end_time=ended)
