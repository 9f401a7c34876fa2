"""Job engines to test, what they work on, and how to wait for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from time import monotonic
from uuid import UUID, uuid4

from adapters.jobs.engine import DbosJobEngine
from adapters.jobs.settings import JobSettings
from application.kernel.jobs import DeadJob, JobHandler, Payload, QueuedJob
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ActorId, JobId, OrganizationId
from tests.fakes.jobs import MemoryJobEngine

Engine = MemoryJobEngine | DbosJobEngine
Engines = Callable[[], Engine]

HOTEL = OrganizationId(UUID(int=1))
CINEMA = OrganizationId(UUID(int=2))
SYSTEM = ActorId(UUID(int=0))
PATIENCE = 5.0


def actor_of(organization_id: OrganizationId) -> Actor:
    return Actor(organization_id=organization_id, id=SYSTEM, permissions=frozenset())


def now() -> datetime:
    return datetime.now(timezone.utc)


def a_job(
    name: str = "work", *, organization_id: OrganizationId = HOTEL, payload: Payload | None = None
) -> QueuedJob:
    return QueuedJob(
        id=JobId(uuid4()), organization_id=organization_id, name=name, payload=payload or {}
    )


def nobody_cares() -> None:
    """That jobs were taken over."""


def dbos_engine(
    database_url: str, *, takeovers: int = 10, taken_over: Callable[[], None] = nobody_cares
) -> DbosJobEngine:
    settings = JobSettings(
        database_url=database_url,
        poll_interval=0.02,
        retry_after=(0.01, 0.01, 0.01),
        takeover_interval=0.1,
        takeovers=takeovers,
    )
    return DbosJobEngine(
        settings,
        executor_id=uuid4().hex,
        actor_of=actor_of,
        clock=now,
        taken_over=taken_over,
    )


@asynccontextmanager
async def running(engine: Engine, **handlers: JobHandler) -> AsyncIterator[Engine]:
    await engine.start(handlers)
    try:
        yield engine
    finally:
        await engine.stop(patience=PATIENCE)


async def comes(event: asyncio.Event) -> None:
    """Raises TimeoutError for what does not."""
    async with asyncio.timeout(PATIENCE):
        await event.wait()


async def eventually(is_so: Callable[[], Awaitable[bool]], *, within: float = PATIENCE) -> None:
    deadline = monotonic() + within
    while not await is_so():
        assert monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


async def the_dead(engine: Engine, count: int = 1) -> list[DeadJob]:
    async def are_dead() -> bool:
        return len(await engine.dead(limit=10)) == count

    await eventually(are_dead)
    return list(await engine.dead(limit=10))


async def settle(engine: Engine, witness: QueuedJob) -> None:
    """Until the witness, submitted after everything else, is dead, so the rest had its chance."""
    await engine.submit([witness])
    await eventually_dead(engine, witness.id)


async def eventually_dead(engine: Engine, job_id: JobId) -> None:
    async def is_dead() -> bool:
        return job_id in {job.id for job in await engine.dead(limit=10)}

    await eventually(is_dead)


async def set_up(database_url: str) -> None:
    async with running(dbos_engine(database_url)):
        """An engine that starts leaves its tables and its queue."""
