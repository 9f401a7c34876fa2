"""Work for later: queued in the transaction that makes it necessary, done after its commit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import attrs

from application.kernel.tracing import Trace
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId, OrganizationId

Result = TypeVar("Result")

Payload = Mapping[str, str | int | bool | None]
"""JSON scalars by name: identifiers as text, never aggregates, secrets or personal data."""


@attrs.frozen(kw_only=True)
class Job:
    """What is to be done, not yet when or by whom. `name` finds the handler: never reuse one."""

    name: str
    payload: Payload


@attrs.frozen(kw_only=True)
class QueuedJob(Job):
    """A job that was committed. Its id names it in the engine: submitted twice, it runs once."""

    id: JobId
    organization_id: OrganizationId
    trace: Trace | None = None


class JobQueue(Protocol):
    """The part of a unit of work that queues jobs; they exist if and only if it commits."""

    def enqueue(self, job: Job) -> None: ...


class WaitingJobs(Protocol):
    """Committed jobs of all organizations, until the engine has them."""

    async def waiting(self, *, limit: int) -> Sequence[QueuedJob]:
        """Oldest first."""
        ...

    async def forget(self, jobs: Sequence[QueuedJob]) -> None:
        """The engine has them; handing one over again would change nothing."""
        ...


class JobContext(Protocol):
    """What a running job may ask of the engine.

    A handler that raises what is TEMPORARY is called again once that may have come back, as after
    a crash: it goes on behind its last step, and what it does between steps is idempotent.
    """

    @property
    def actor(self) -> Actor:
        """The system itself, acting for the organization the job belongs to."""
        ...

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        """Runs `work` and remembers its JSON result: after a crash the job goes on behind it.

        `work` may run again if the process dies before its result is stored, so it is idempotent.
        It is retried when it raises anything but a refusal. How it failed in the end cannot be
        told by type: to react to a refusal, catch it in `work` and return what follows from it.
        """
        ...

    async def progress(self, done: int, total: int) -> None: ...


JobHandler = Callable[[QueuedJob, JobContext], Awaitable[None]]


class PassingTrouble(Exception):
    """What others have to mend, and usually do within hours: a mail host that is away.

    A job that fails of it makes way for others and goes on by itself, for some days.
    """


AGAIN_AFTER = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)),
    *(timedelta(hours=4) for _ in range(18)),
)
"""Pauses before a job is begun again: soon after a short outage, and then for three days. Mail is
given up after some days everywhere (RFC 5321, 4.5.4.1)."""


@attrs.frozen(kw_only=True)
class DeadJob:
    """A job that failed: for good, or of trouble that passes.

    `begun_again` is how often it was, by itself, since somebody looked after it.
    """

    id: JobId
    organization_id: OrganizationId
    name: str
    error: str
    failed_at: datetime
    of_passing_trouble: bool = False
    begun_again: int = 0

    @property
    def again_at(self) -> datetime | None:
        """When it is begun again by itself; None if it waits for a person."""
        return begins_again_at(
            self.failed_at,
            of_passing_trouble=self.of_passing_trouble,
            begun_again=self.begun_again,
        )


def begins_again_at(
    failed_at: datetime, *, of_passing_trouble: bool, begun_again: int
) -> datetime | None:
    """None if it waits for a person; `begun_again` is how often it was by itself."""
    if not of_passing_trouble or begun_again >= len(AGAIN_AFTER):
        return None
    return failed_at + AGAIN_AFTER[begun_again]


class FailedJobs(Protocol):
    """The jobs an engine keeps because they failed, whether it runs here or elsewhere."""

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        """Jobs that ran out of attempts, latest first."""
        ...

    async def retry(self, job_id: JobId) -> None:
        """Runs a dead job again from its beginning; unknown or living jobs are left alone."""
        ...


class JobEngine(FailedJobs, Protocol):
    """Runs jobs at least once and keeps those that failed."""

    async def start(self, handlers: Mapping[str, JobHandler]) -> None: ...

    async def submit(self, jobs: Sequence[QueuedJob]) -> None:
        """Takes jobs over; a job whose id is known already is left alone."""
        ...

    async def begin_again(self, now: datetime, *, limit: int) -> int:
        """Goes on with up to `limit` dead jobs that are to be by now, and says how many it were.

        One that failed in a step goes on with that, others begin at their beginning. Those that
        wait longest come first.
        """
        ...

    async def forget_finished(self, before: datetime) -> int:
        """Deletes what finished well before then, and says how much; dead jobs stay.

        A forgotten job would run again if it were submitted again.
        """
        ...

    async def stop(self, *, patience: float) -> None:
        """Takes no more work and waits `patience` seconds for what runs; the rest is resumed."""
        ...
