"""A request is a part of the trace it comes with, and so is all that it sets off."""

import logging
from collections.abc import AsyncIterator

import pytest
from dependency_injector import providers
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from adapters.telemetry.tracing import open_tracing
from entrypoints.wiring.at_work import facts
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = {"traceparent": f"00-{TRACE}-{SPAN}-01", "tracestate": "foo=1,bar=2"}


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def traced(desk: Desk, exporter: InMemorySpanExporter) -> AsyncIterator[Desk]:
    settings = Settings(database_url=desk.container.settings().database_url)
    container = Container(settings=settings, clock=desk.container.clock)
    tracing = open_tracing(SimpleSpanProcessor(exporter))
    container.telemetry.tracing.override(providers.Object(tracing))
    yield await Desk.opened(container, desk.clock, slug="traced")
    await container.database().close()


def parent_of(span: ReadableSpan) -> str:
    return f"{span.parent.span_id:016x}" if span.parent else ""


def own(span: ReadableSpan) -> tuple[str, str]:
    context = span.context
    assert context is not None
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


async def test_use_cases_are_within_the_request_and_that_within_its_caller(
    traced: Desk, exporter: InMemorySpanExporter
) -> None:
    exporter.clear()
    rooms = {"name": "Room", "zone": "UTC", "offering": {"kind": "hotel", "beds": 2}}
    added = await traced.post("/v1/resources", rooms, headers=PARENT)

    spans = exporter.get_finished_spans()
    use_case, request = [span for span in spans if span.kind is not SpanKind.CLIENT]
    assert (use_case.name, request.name) == ("AddResource", "POST /v1/resources")
    assert parent_of(request) == SPAN
    assert parent_of(use_case) == own(request)[1]
    assert own(use_case)[0] == own(request)[0] == TRACE
    assert added.headers["traceresponse"] == f"00-{TRACE}-{own(request)[1]}-01"
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/resources",
        "http.response.status_code": 201,
    }


async def test_a_caller_who_records_nothing_is_followed_in_that(
    traced: Desk, exporter: InMemorySpanExporter
) -> None:
    exporter.clear()
    answer = await traced.get("/livez", headers={"traceparent": f"00-{TRACE}-{SPAN}-00"})

    assert answer.headers["traceresponse"].endswith("-00")
    assert exporter.get_finished_spans() == ()


async def test_traces_have_ids_even_if_nobody_records_them(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "frontdesk.access"):
        continued = await desk.get("/livez", headers=PARENT)
        known = dict(facts())
        begun = [(await desk.get("/livez")).headers["traceresponse"] for _ in range(2)]

    assert continued.headers["traceresponse"].startswith(f"00-{TRACE}-")
    assert SPAN not in continued.headers["traceresponse"]
    assert known["trace_id"] == TRACE
    assert known["request_id"] == continued.headers["X-Request-Id"]
    assert len({one.split("-")[1] for one in begun} - {TRACE, "0" * 32}) == 2


@pytest.mark.parametrize("parents", [["x"], [PARENT["traceparent"]] * 2])
async def test_a_caller_who_is_not_understood_begins_nothing(
    desk: Desk, parents: list[str]
) -> None:
    headers = [*desk.headers.items(), *(("traceparent", parent) for parent in parents)]
    answer = await desk.http.get("/livez", headers=headers)

    assert answer.status_code == 200
    assert TRACE not in answer.headers["traceresponse"]
