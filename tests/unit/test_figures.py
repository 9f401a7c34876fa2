"""What requests, use cases and jobs tell of themselves, and what is logged."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from uuid import UUID

import attrs
import pytest

from adapters.telemetry.measured import Measured, MeasuredServing
from adapters.telemetry.readings import OfTheProcess, Readings
from application.kernel.effort import effort_at_hand
from application.kernel.jobs import JobContext, QueuedJob, Result
from application.kernel.once import Answer, Replayed
from application.kernel.refusals import Busy
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from entrypoints.wiring.ambient import hexadecimal
from entrypoints.wiring.telemetry import Untraced
from entrypoints.worker.measured import measured
from tests.fakes.figures import MemoryFigures
from tests.samples import DESK

pytestmark = pytest.mark.anyio


@attrs.frozen
class Greet:
    error: BaseException | None = None


async def greet(command: Greet, /) -> None:
    if command.error is not None:
        raise command.error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "done"),
        (Busy(), "refused:busy"),
        (Replayed(Answer(status=201)), "replayed"),
        (CancelledError(), "cancelled"),
        (ValueError("Ada"), "failed"),
    ],
    ids=["done", "busy", "replayed", "cancelled", "failed"],
)
async def test_use_cases_are_counted_by_how_they_end(
    error: BaseException | None, outcome: str
) -> None:
    figures = MemoryFigures()

    with suppress(BaseException):
        await Measured(greet, figures)(Greet(error))

    assert figures.counted == {("frontdesk.use_cases", "Greet", outcome): 1}


def test_a_request_is_measured_by_its_route() -> None:
    figures, seconds = MemoryFigures(), count(10.0, 0.25)
    serving = MeasuredServing(Untraced(hexadecimal), figures, lambda: next(seconds))

    span = serving(None)
    effort = effort_at_hand()
    assert effort is not None
    effort.statements += 3
    span.end(method="GET", route="/v1/bookings/{id}", status=200)

    request = ("http.server.request.duration", "GET", "/v1/bookings/{id}", "200")
    assert figures.observed == {
        request: [0.25],
        ("frontdesk.http.request.statements", "/v1/bookings/{id}"): [3],
    }
    assert effort_at_hand() is None


def test_made_up_methods_make_no_figures() -> None:
    figures = MemoryFigures()

    MeasuredServing(Untraced(hexadecimal), figures, lambda: 0.0)(None).end(
        method="ANYTHING", route="no route", status=0
    )

    assert ("http.server.request.duration", "_OTHER", "no route", "gone") in figures.observed


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(None, "done"), (ValueError(), "dead"), (CancelledError(), "interrupted")],
    ids=["done", "dead", "interrupted"],
)
async def test_jobs_are_measured_by_how_they_end(
    error: BaseException | None, outcome: str
) -> None:
    async def handler(_job: QueuedJob, _context: JobContext) -> None:
        await greet(Greet(error))

    figures = MemoryFigures()
    job = QueuedJob(
        id=JobId(UUID(int=1)), organization_id=DESK.organization_id, name="greet", payload={}
    )
    context: JobContext = object()  # type: ignore[assignment]

    with suppress(BaseException):
        await measured({"greet": handler}, figures, lambda: 0.0)["greet"](job, context)

    assert figures.observed == {("frontdesk.job.duration", "greet", outcome): [0.0]}


@attrs.frozen
class ThreeTries(JobContext):
    """Tries a step three times, as an engine does."""

    @property
    def actor(self) -> Actor:
        raise NotImplementedError

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        for _ in range(2):
            with suppress(ValueError):
                return await work()
        return await work()

    async def progress(self, done: int, total: int) -> None:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("failures", "counted"),
    [
        (0, {}),
        (2, {("frontdesk.retries", "greet", "again"): 2}),
        (
            3,
            {
                ("frontdesk.retries", "greet", "again"): 2,
                ("frontdesk.retries", "greet", "given_up"): 1,
            },
        ),
    ],
)
async def test_further_tries_of_steps_are_counted(
    failures: int, counted: dict[tuple[str, ...], float]
) -> None:
    coming = iter([ValueError()] * failures)

    async def handler(_job: QueuedJob, context: JobContext) -> None:
        await context.step("once", lambda: greet(Greet(next(coming, None))))

    figures = MemoryFigures()
    job = QueuedJob(
        id=JobId(UUID(int=1)), organization_id=DESK.organization_id, name="greet", payload={}
    )

    with suppress(ValueError):
        await measured({"greet": handler}, figures, lambda: 0.0)["greet"](job, ThreeTries())

    assert figures.counted == counted


def fails() -> None:
    raise ValueError


def test_one_reading_is_not_in_the_way_of_others(caplog: pytest.LogCaptureFixture) -> None:
    figures, readings = MemoryFigures(), Readings()
    readings.add(fails)
    readings.add(OfTheProcess(figures))

    readings.take()
    spent = figures.counted[("process.cpu.time",)]
    readings.take()

    assert figures.levels[("process.memory.usage",)] > 1_000_000
    assert 0 < spent <= figures.counted[("process.cpu.time",)] < 2 * spent + 1
    assert [record.message for record in caplog.records] == ["a reading failed"] * 2
