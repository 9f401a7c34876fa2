"""What the database is asked is a part of the trace of whoever asks."""

from collections.abc import Iterator
from itertools import count

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import event, select

from adapters.schema.bookings import bookings
from adapters.sql.database import Database
from adapters.sql.observing import Observing
from adapters.telemetry.tracing import Tracing, open_tracing
from application.kernel.tracing import Trace
from tests.fakes.figures import MemoryFigures
from tests.samples import DESK

pytestmark = pytest.mark.anyio

NOW = 1_795_348_000_000_000_000
OF_ADA = select(bookings.c.id).where(
    bookings.c.organization_id == DESK.organization_id, bookings.c.reference == "ADA"
)


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(exporter: InMemorySpanExporter) -> Tracing:
    return open_tracing(SimpleSpanProcessor(exporter))


@pytest.fixture
def traced(database: Database, tracing: Tracing) -> Iterator[Database]:
    """A database where every statement takes a quarter of a second."""
    seconds = count(0.0, 0.25)
    observing = Observing(
        figures=MemoryFigures(),
        seconds=lambda: next(seconds),
        slow=9,
        mark=tracing.marking(lambda: NOW),
    )
    ends = observing.listen(database.engine)
    yield database
    for end in ends:
        event.remove(database.engine, *end)


async def ask(database: Database) -> None:
    await database.read(
        lambda connection: connection.execute(OF_ADA).all(), of=DESK.organization_id
    )
    await database.write(
        lambda connection: connection.execute(OF_ADA).all(), of=DESK.organization_id
    )


def asked(exporter: InMemorySpanExporter) -> list[ReadableSpan]:
    return [span for span in exporter.get_finished_spans() if span.name == "SELECT bookings"]


async def test_statements_are_spans_of_whoever_asks_without_values(
    traced: Database, tracing: Tracing, exporter: InMemorySpanExporter
) -> None:
    with tracing.continuing("a job", None) as trace:
        await ask(traced)

    spans = asked(exporter)
    assert trace is not None
    assert len(spans) == 2
    assert {f"{span.context.trace_id:032x}" for span in spans if span.context} == {trace.trace_id}
    assert {f"{span.parent.span_id:016x}" for span in spans if span.parent} == {trace.span_id}
    for span in spans:
        assert span.attributes is not None
        assert span.attributes["db.operation.name"] == "SELECT"
        assert span.attributes["db.collection.name"] == "bookings"
        assert "reference = " in str(span.attributes["db.query.text"])
        assert "ADA" not in str(span.attributes)
        assert (span.start_time, span.end_time) == (NOW - 250_000_000, NOW)


async def test_what_is_asked_outside_any_step_is_no_trace_of_its_own(
    traced: Database, exporter: InMemorySpanExporter
) -> None:
    await ask(traced)

    assert asked(exporter) == []


async def test_what_nobody_records_has_no_spans(
    traced: Database, tracing: Tracing, exporter: InMemorySpanExporter
) -> None:
    unsampled = Trace(trace_id="4b" * 16, span_id="00f067aa0ba902b7", sampled=False)
    with tracing.continuing("a job", unsampled):
        await ask(traced)

    assert exporter.get_finished_spans() == ()
