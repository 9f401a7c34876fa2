"""One booking is one trace, from the request to the letter about it."""

from collections.abc import Mapping

import attrs
import pytest
from dependency_injector import providers
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import select

from adapters.schema.events import event_log
from adapters.sql.database import EVERYBODY
from adapters.telemetry.tracing import open_tracing
from application.kernel.tracing import trace_at_hand
from application.notifications.ports import Mailer
from domain.notifications.messages import Message
from entrypoints.wiring.at_work import facts
from entrypoints.wiring.container import Container
from tests.fakes.time import Time
from tests.http.desk import NOW, Caller, Desk
from tests.worker.offices import Place, at_work, eventually, has_papers

pytestmark = pytest.mark.anyio

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
STEPS = (
    "POST /v1/bookings/{booking_id}/confirm",
    "hear booking_messages",
    "send_booking_message",
    "send mail",
)
PARENT = {"traceparent": f"00-{TRACE}-{SPAN}-01", "tracestate": "theirs=ada"}


@attrs.frozen
class Postbox(Mailer):
    """Remembers what lines of the log would have said when a booking was written about.

    Papers of the same booking have a letter of their own, at about the same time.
    """

    facts: list[Mapping[str, str]] = attrs.field(factory=list)

    async def send(self, message: Message, /) -> None:
        if not has_papers(message.subject):
            self.facts.append(dict(facts()))


async def confirmed_and_written_about(container: Container, clock: Time) -> Postbox:
    """A booking whose customer comes with a trace of their own; everything else has another."""
    post = Postbox()
    container.notifications.transport.override(providers.Object(post))
    desk = await Desk.opened(container, clock)
    caller = Caller(http=desk.http, headers=desk.headers)
    held = await desk.hold(await desk.rooms())
    confirming = {"If-Match": held.headers["ETag"], **PARENT}
    path = f"/v1/bookings/{held.json()['id']}/confirm"
    async with at_work(container):
        confirmed = await caller.post(path, headers=confirming)
        assert confirmed.status_code == 200, confirmed.text

        async def is_written_about() -> bool:
            return bool(post.facts)

        await eventually(is_written_about)
    return post


def _ids(span: ReadableSpan) -> tuple[str, str, str]:
    """Its trace, its own and its parent's."""
    context = span.context
    assert context is not None
    parent = f"{span.parent.span_id:016x}" if span.parent else ""
    return f"{context.trace_id:032x}", f"{context.span_id:016x}", parent


async def test_one_trace_from_the_request_to_the_letter(sqlite_place: Place) -> None:
    clock, exporter = Time(NOW), InMemorySpanExporter()
    async with sqlite_place.program(clock) as container:
        tracing = open_tracing(SimpleSpanProcessor(exporter))
        container.telemetry.tracing.override(providers.Object(tracing))
        post = await confirmed_and_written_about(container, clock)
        database = container.database()
        question = select(event_log.c.trace).where(event_log.c.name == "booking_confirmed")
        kept = await database.read(
            lambda connection: connection.execute(question).scalar_one(), of=EVERYBODY
        )

    (said,) = post.facts
    finished = exporter.get_finished_spans()
    spans = {(span.name, _ids(span)[2]): _ids(span) for span in finished}
    parent, line = SPAN, []
    for name in STEPS:
        trace, parent, _ = spans[name, parent]
        line.append((trace, parent))
    assert {trace for trace, _ in line} == {TRACE}
    assert said == {"trace_id": TRACE, "span_id": parent}
    assert kept == f"00-{TRACE}-{line[0][1]}-01", "and nothing of what others noted"
    assert trace_at_hand() is None


async def test_nobody_need_record_spans_for_lines_of_the_log_to_belong_together(
    sqlite_place: Place,
) -> None:
    clock = Time(NOW)
    async with sqlite_place.program(clock) as container:
        post = await confirmed_and_written_about(container, clock)

    (said,) = post.facts
    assert said["trace_id"] == TRACE
