"""How many traces are recorded, and that they reach a collector."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from adapters.telemetry.tracing import open_tracing, to_collector
from application.kernel.tracing import Trace

PARENT = "00f067aa0ba902b7"


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what is sent there."""
    bodies: list[bytes] = []

    class Collecting(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Collecting) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/traces", bodies
        finally:
            server.shutdown()
            serving.join()


def recorded(share: float, parents: list[Trace | None]) -> int:
    exporter = InMemorySpanExporter()
    tracing = open_tracing(SimpleSpanProcessor(exporter), share=share)
    for parent in parents:
        with tracing.continuing("a job", parent):
            pass
    return len(exporter.get_finished_spans())


def asked_for(traces: int) -> list[Trace | None]:
    """Somebody wants each of them recorded. Ids are judged by what they end with."""
    step = (1 << 64) // traces
    return [
        Trace(trace_id=f"{(1 << 64) + n * step:032x}", span_id=PARENT, sampled=True)
        for n in range(traces)
    ]


@pytest.mark.parametrize(("share", "kept"), [(0, 0), (0.25, 64), (1, 256)])
def test_the_share_that_is_set_is_recorded_whatever_strangers_ask_for(
    share: float, kept: int
) -> None:
    assert recorded(share, asked_for(256)) == kept


def test_what_began_unrecorded_stays_so() -> None:
    parent = Trace(trace_id="4b" * 16, span_id=PARENT, sampled=False)

    assert recorded(1, [parent]) == 0


def test_spans_reach_a_collector() -> None:
    with collector() as (url, bodies):
        processor = to_collector(url)
        with open_tracing(processor).continuing("a job", None) as trace:
            pass
        processor.shutdown()

    (sent,) = (ExportTraceServiceRequest.FromString(body) for body in bodies)
    (span,) = sent.resource_spans[0].scope_spans[0].spans
    assert trace is not None
    assert (span.name, span.trace_id.hex()) == ("a job", trace.trace_id)
