"""Whatever is sent to whichever route: logs, spans, figures and refusals do not repeat it."""

import io
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from time import monotonic
from typing import Any

import attrs
import pytest
from dependency_injector import providers
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from adapters.cache.memory_rates import MemoryRates
from adapters.sql.database import EVERYBODY
from adapters.telemetry.counted import Counted
from adapters.telemetry.figures import open_figures
from adapters.telemetry.log_lines import JsonLines, Lines
from adapters.telemetry.tracing import open_tracing
from entrypoints.http.openapi import described_routes
from entrypoints.http.operations import operation_of
from entrypoints.http.reading import properties
from entrypoints.http.routers import ROUTERS
from entrypoints.wiring.at_work import facts
from entrypoints.wiring.container import Container
from entrypoints.wiring.edge_settings import limits
from entrypoints.wiring.settings import Settings
from tests.http.desk import Desk
from tests.http.test_edge_headers import NOWHERE

pytestmark = pytest.mark.anyio

CANARIES = (
    "4242424242424242",
    "canary@example.com",
    "+442079460958",
    "fd_live_Canary0123456789Canary0123456789ABCD",
    "Zanzibar",  # what somebody is called, which looks like nothing in particular
)
TOGETHER = " ".join(CANARIES)
# They tell the caller their own word again, of a member that is not about anybody.
REPEATING = {"unknown_zone", "discount_code_taken"}
# What is refused because there was too much of it is never read.
MORE_THAN_ENOUGH = limits("public=1000000/1,sign-in=1000000/1,sign-up=1000000/1")
# Without these nobody would come as far as what is to break.
KNOWN_BY = {"access_versions", "api_keys", "organizations"}
LOGGERS = ("frontdesk", "application", "adapters", "entrypoints")


@attrs.frozen
class Sinks:
    log: io.StringIO
    spans: InMemorySpanExporter
    figures: InMemoryMetricReader
    refusals: list[str] = attrs.field(factory=list)

    def leaks(self) -> set[tuple[str, str]]:
        told = {
            "log": self.log.getvalue(),
            "spans": "".join(span.to_json() for span in self.spans.get_finished_spans()),
            "figures": str(self.figures.get_metrics_data()),
            "refusals": "".join(self.refusals),
        }
        assert all(told.values())
        return {(sink, canary) for sink in told for canary in CANARIES if canary in told[sink]}


@pytest.fixture
def sinks() -> Iterator[Sinks]:
    found = Sinks(io.StringIO(), InMemorySpanExporter(), InMemoryMetricReader())
    lines = Lines(found.log)
    lines.setFormatter(JsonLines(facts))
    handlers = (lines, Counted(open_figures(found.figures)))
    root = logging.getLogger()
    for handler in handlers:
        root.addHandler(handler)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield found
    for handler in handlers:
        root.removeHandler(handler)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture
async def watched(desk: Desk, sinks: Sinks) -> AsyncIterator[Desk]:
    settings = Settings(
        database_url=desk.container.settings().database_url, request_limits=MORE_THAN_ENOUGH
    )
    container = Container(settings=settings, clock=desk.container.clock)
    container.rates.rates.override(providers.Object(MemoryRates(seconds=monotonic)))
    tracing = open_tracing(SimpleSpanProcessor(sinks.spans))
    container.telemetry.tracing.override(providers.Object(tracing))
    yield await Desk.opened(container, desk.clock, slug="watched")
    await container.database().close()


def planted(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one member replaced, once for each member and canary; and its place."""
    match value:
        case dict():
            for name, member in value.items():
                for place, changed in planted(member):
                    yield f"{name}/{place}", {**value, name: changed}
        case list():
            for number, item in enumerate(value[:1]):
                for place, changed in planted(item):
                    yield f"{number}/{place}", [changed, *value[1:]]
        case str():
            yield from (("", canary) for canary in CANARIES)
        case _:
            yield "", CANARIES[0]


def requests() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, method, handler in described_routes(r for router in ROUTERS for r in router.routes):
        operation = operation_of(handler)
        nowhere = re.sub(r"{\w+}", NOWHERE, path)
        for name in properties(operation.query.shape):
            for canary in (TOGETHER, CANARIES[-1]):
                yield method.upper(), nowhere, {"params": {name: canary}}
        if "{" in path:
            yield method.upper(), re.sub(r"{\w+}", TOGETHER, path), {}
        for example in operation.body.examples.values() if operation.body else ():
            for _, body in planted(json.loads(json.dumps(example))):
                yield method.upper(), nowhere, {"json": body, "headers": {"If-Match": "*"}}


async def everything(desk: Desk, sinks: Sinks) -> int:
    asked = 0
    for method, path, options in requests():
        answer = await desk.send(method, path, **options)
        asked += 1
        if answer.status_code >= 400 and answer.json()["code"] not in REPEATING:
            sinks.refusals.append(answer.text)
    return asked


async def test_whatever_is_sent_is_told_nowhere(watched: Desk, sinks: Sinks) -> None:
    for header in (
        "X-Request-Id",
        "Idempotency-Key",
        "If-None-Match",
        "traceparent",
        "User-Agent",
    ):
        for canary in CANARIES:
            await watched.get("/v1/bookings", headers={header: f'"{canary} {canary}"'})
    assert await everything(watched, sinks) > 1000
    await watched.get("/v1/bookings", headers={"X-Request-Id": "r"})
    logging.getLogger("entrypoints.any").warning("so that something is counted")

    assert sinks.leaks() == set()


async def test_not_even_when_everything_breaks(watched: Desk, sinks: Sinks) -> None:
    def lose_tables(connection: Any) -> None:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        for (name,) in names.fetchall():
            if name not in KNOWN_BY:
                connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO lost_{name}")

    await watched.get("/v1/bookings")  # what is known of the key is remembered
    await watched.container.database().write(lose_tables, of=EVERYBODY)
    await everything(watched, sinks)

    nobodys = {
        path
        for path, _, handler in described_routes(r for router in ROUTERS for r in router.routes)
        if operation_of(handler).needs is None
    }
    bugs = [json.loads(line) for line in sinks.log.getvalue().splitlines() if "unexpected" in line]
    assert len(bugs) > 50
    for bug in bugs:
        assert bug["category"] == "database"
        assert bug["errors"][0]["stack"]
        assert bug["route"].startswith("/v1/")
        assert {"trace_id", "request_id"} <= bug.keys()
        assert bug["route"] in nobodys or {"organization_id", "actor_id"} <= bug.keys()
        assert set(bug["parameters"]) == {"path", "query", "body"}
    assert sinks.leaks() == set()
    assert not re.search(r"SELECT|INSERT|no such table|Traceback|\.py", "".join(sinks.refusals))
