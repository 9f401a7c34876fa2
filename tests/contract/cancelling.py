"""Cancelling something for everybody, in as many batches as the process lives."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import attrs

from application.bookings.call_off_waiting import CallOffWaitingHandler
from application.bookings.cancel_bookings_of import (
    CancelBookingsOf,
    CancelBookingsOfHandler,
    CancelSomeBookingsHandler,
)
from application.bookings.cancel_resource import CancelResource, CancelResourceHandler
from application.bookings.release_blocks_of import ReleaseBlocksOfHandler
from application.kernel.jobs import JobContext, QueuedJob, Result
from application.kernel.ports import UseCase
from application.kernel.retry_stale import RetryStale
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import JobId
from tests.contract.storages import Storage
from tests.freeing import freeing, offers
from tests.samples import DESK, FIRST_AID, NOW

Command = TypeVar("Command", contravariant=True)

FOR_EVER = 10**9
JOB = QueuedJob(
    id=JobId(UUID(int=1)),
    organization_id=DESK.organization_id,
    name=CancelBookingsOf.JOB,
    payload=CancelBookingsOf(stock=FIRST_AID.id, reason="snow").job.payload,
)


class Context(JobContext):
    actor: Actor = DESK

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        return await work()

    async def progress(self, done: int, total: int) -> None:
        raise AssertionError


class Interrupted(Exception):
    """The process ends here."""


@attrs.define
class Life:
    """So many batches, until the process ends."""

    left: int

    def live(self) -> None:
        if not self.left:
            raise Interrupted
        self.left -= 1


@attrs.frozen
class Mortal(UseCase[Command, int]):
    step: UseCase[Command, int]
    life: Life

    async def __call__(self, command: Command, /) -> int:
        self.life.live()
        return await self.step(command)


async def cancel(storage: Storage, resource: Resource = FIRST_AID) -> Resource:
    handler = CancelResourceHandler(unit_of_work=storage.work, clock=lambda: NOW)
    return await handler(
        CancelResource(actor=DESK, resource_id=resource.id, reason="snow", version=None)
    )


async def run_job(storage: Storage, *, batches: int = FOR_EVER) -> None:
    """Raises Interrupted if so many batches are not enough."""
    life, work = Life(batches), storage.work
    call_off = CallOffWaitingHandler(unit_of_work=work, clock=lambda: NOW, offers=offers())
    release = ReleaseBlocksOfHandler(unit_of_work=work, clock=lambda: NOW, offers=offers())
    some = CancelSomeBookingsHandler(unit_of_work=work, clock=lambda: NOW, freeing=freeing())
    handler = CancelBookingsOfHandler(
        call_off_waiting=Mortal(RetryStale(call_off), life),
        release_blocks=Mortal(RetryStale(release), life),
        cancel_some=Mortal(RetryStale(some), life),
    )
    await handler(JOB, Context())
