"""Spans: one a use case, how it ended, and nothing about anybody."""

import json
from asyncio import CancelledError, gather
from pathlib import Path
from typing import Any

import attrs
import pytest
from dependency_injector import providers
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode, get_current_span

from adapters.telemetry.observed import Observed
from adapters.telemetry.tracing import Tracing, open_tracing, to_console
from application.bookings.expire_holds import ExpireHolds
from application.kernel.once import Answer, Replayed
from application.kernel.permitted import Permitted
from application.kernel.refusals import Busy
from application.kernel.retry_stale import RetryStale
from domain.kernel.actors import NotPermitted, Permission
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.telemetry import TelemetryContainer
from entrypoints.wiring.wrapping import use_case
from tests.samples import ADA, DESK

pytestmark = pytest.mark.anyio


@attrs.frozen(kw_only=True)
class Greet:
    """A command that is all about a person."""

    name: str = ADA.name
    email: str | None = ADA.email


async def greet(command: Greet, /) -> str:
    return f"Dear {command.name}"


@attrs.frozen
class Fails:
    error: BaseException

    async def __call__(self, command: Greet, /) -> str:
        raise self.error


@attrs.frozen
class Spans:
    """Tracing, and what it has recorded."""

    exporter: InMemorySpanExporter = attrs.field(factory=InMemorySpanExporter)
    tracing: Tracing = attrs.field(init=False)

    @tracing.default
    def _open(self) -> Tracing:
        return open_tracing(SimpleSpanProcessor(self.exporter))

    def only(self) -> ReadableSpan:
        (span,) = self.exporter.get_finished_spans()
        return span


def number(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.span_id)


async def test_a_use_case_is_a_span_named_after_its_command() -> None:
    spans = Spans()

    assert await spans.tracing.observe(greet)(Greet()) == f"Dear {ADA.name}"

    span = spans.only()
    assert span.name == "Greet"
    assert span.attributes == {"frontdesk.outcome": "done"}
    assert span.status.status_code is StatusCode.UNSET
    assert span.resource.attributes["service.name"] == "frontdesk"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Busy(), "refused:busy"),
        (NotPermitted(Permission.WRITE_BOOKINGS), "refused:not_permitted"),
        (Replayed(Answer(status=201)), "replayed"),
        (CancelledError(), "cancelled"),
    ],
    ids=["busy", "not permitted", "replayed", "cancelled"],
)
async def test_the_program_at_work_is_no_error(error: BaseException, outcome: str) -> None:
    spans = Spans()

    with pytest.raises(type(error)) as raised:
        await spans.tracing.observe(Fails(error))(Greet())

    assert raised.value is error
    assert spans.only().attributes == {"frontdesk.outcome": outcome}
    assert spans.only().status.status_code is StatusCode.UNSET


async def test_of_a_bug_only_the_type_is_told() -> None:
    spans = Spans()

    with pytest.raises(ValueError, match="Ada"):
        await spans.tracing.observe(Fails(ValueError(ADA.name)))(Greet())

    span = spans.only()
    assert span.attributes == {"frontdesk.outcome": "failed", "error.type": "ValueError"}
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description is None
    assert span.events == ()


@pytest.mark.parametrize(
    "inner",
    [greet, Fails(Busy()), Fails(ValueError(ADA.name))],
    ids=["done", "refused", "failed"],
)
async def test_nobody_is_in_a_span(inner: Observed[Greet, str]) -> None:
    spans = Spans()

    await gather(spans.tracing.observe(inner)(Greet()), return_exceptions=True)

    told = spans.only().to_json()
    assert ADA.name not in told
    assert str(ADA.email) not in told


async def test_spans_are_nested_as_calls_are() -> None:
    spans = Spans()
    inner = spans.tracing.observe(greet)

    async def greet_twice(command: Greet, /) -> None:
        await gather(inner(command), inner(command))

    with TracerProvider().get_tracer("somebody else").start_as_current_span("request") as request:
        await spans.tracing.observe(greet_twice)(Greet())
        after = get_current_span()

    *twice, outer = spans.exporter.get_finished_spans()
    assert after is request
    assert outer.parent == request.get_span_context()
    assert [span.parent and span.parent.span_id for span in twice] == [number(outer)] * 2


async def test_failures_leave_no_span_open() -> None:
    spans = Spans()

    with pytest.raises(Busy):
        await spans.tracing.observe(Fails(Busy()))(Greet())

    assert not get_current_span().is_recording()


async def test_the_console_is_told_a_line_a_span(capsys: pytest.CaptureFixture[str]) -> None:
    await open_tracing(to_console()).observe(greet)(Greet())

    told = capsys.readouterr()
    assert told.out == ""
    assert [json.loads(line)["name"] for line in told.err.splitlines()] == ["Greet"]


def test_without_tracing_nothing_is_wrapped() -> None:
    observe = TelemetryContainer(settings=Settings()).observe()

    assert observe(greet) is greet


async def test_the_span_is_outermost() -> None:
    spans = Spans()

    async def expire(command: ExpireHolds, /) -> int:
        return command.limit

    wrapped = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Object(expire),
        providers.Object(spans.tracing.observe),
    )()

    assert wrapped == spans.tracing.observe(
        Permitted(RetryStale(expire), Permission.WRITE_BOOKINGS)
    )
    reader = attrs.evolve(DESK, permissions=frozenset({Permission.READ_BOOKINGS}))
    assert isinstance(wrapped, Observed)
    with pytest.raises(NotPermitted):
        await wrapped(ExpireHolds(actor=reader))
    assert spans.only().attributes == {"frontdesk.outcome": "refused:not_permitted"}


@pytest.mark.parametrize(("trace", "seen"), [("none", False), ("console", True)])
async def test_every_use_case_or_none_is_observed(
    tmp_path: Path,
    trace: str,
    seen: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    container = Container(settings=Settings(data_dir=tmp_path, trace=trace))
    features: list[Any] = [container.identity, container.inventory, container.bookings]
    provided = [provider() for one in features for provider in one.providers.values()]
    await container.database().close()

    observed = [thing for thing in provided if isinstance(thing, Observed)]
    bare = [thing for thing in provided if isinstance(thing, Permitted)]
    handlers = [thing for thing in provided if type(thing).__name__.endswith("Handler")]

    assert bool(observed) is seen
    assert bool(bare or handlers) is not seen
