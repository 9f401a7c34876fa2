"""A span for work that something else has set off, as a part of the trace of that."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs
from opentelemetry.context import attach, detach
from opentelemetry.trace import Tracer, set_span_in_context

from adapters.telemetry.observed import DONE, OUTCOME, tell
from adapters.telemetry.serving import context_of, trace_of
from application.kernel.tracing import Trace


@attrs.frozen
class TracedWork:
    tracer: Tracer

    @contextmanager
    def __call__(self, name: str, parent: Trace | None, /) -> Iterator[Trace | None]:
        span = self.tracer.start_span(name, context=context_of(parent))
        token = attach(set_span_in_context(span))
        try:
            yield trace_of(span, state=parent.state if parent else "")
        except BaseException as error:
            tell(span, error)
            raise
        else:
            span.set_attribute(OUTCOME, DONE)
        finally:
            detach(token)
            span.end()
