"""What is due by the clock, for every organization; several workers at it do no harm."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, Protocol, TypeVar

import attrs

from application.kernel.ports import Clock, UseCase
from application.kernel.tracing import Continuing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import Guard
from entrypoints.worker.loops import Task

BATCH = 1000

Command = TypeVar("Command")


class Due(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those in which something has come to its time."""
        ...


@attrs.frozen(kw_only=True)
class DueIsDone(Generic[Command]):
    """`command` is given the actor and the most that one go may take."""

    name: str
    due: Due
    command: Callable[[Actor, int], Command]
    do: UseCase[Command, int]
    clock: Clock
    guard: Guard
    continuing: Continuing

    async def __call__(self) -> int:
        """How much was due and is done."""
        done = 0
        for organization_id in await self.due.organizations(now=self.clock()):
            work = partial(self._done, organization_id)
            with self.continuing(self.name, None):  # nobody asked for it: it begins a trace
                done += await self.guard(self.name, work, organization_id=organization_id)
        return done

    async def _done(self, organization_id: OrganizationId) -> int:
        command = self.command(Actor.system(organization_id), BATCH)
        return await in_batches(lambda: self.do(command))


@attrs.frozen(kw_only=True)
class Rota:
    """What each thing that comes due needs beside itself."""

    clock: Clock
    guard: Guard
    continuing: Continuing

    def task(
        self,
        name: str,
        *,
        every: timedelta,
        due: Due,
        command: Callable[[Actor, int], Command],
        do: UseCase[Command, int],
    ) -> Task:
        """Looks so often whether anything is due, and does it."""
        work = DueIsDone(
            name=name,
            due=due,
            command=command,
            do=do,
            clock=self.clock,
            guard=self.guard,
            continuing=self.continuing,
        )
        return Task(name=name, every=every.total_seconds(), work=work)


async def in_batches(work: Callable[[], Awaitable[int]]) -> int:
    """Until there is less of it than a batch."""
    total = done = await work()
    while done == BATCH:
        done = await work()
        total += done
    return total
