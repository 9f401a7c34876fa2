"""Several things at once, with so many hands."""

from collections.abc import Awaitable, Callable, Sequence

import anyio
import attrs

from application.kernel.side_by_side import SideBySide


@attrs.frozen
class Hands(SideBySide):
    """No more at once than leave connections for everybody else."""

    number: int

    async def __call__(self, tasks: Sequence[Callable[[], Awaitable[None]]], /) -> None:
        free = anyio.CapacityLimiter(self.number)

        async def do(task: Callable[[], Awaitable[None]]) -> None:
            async with free:
                await task()

        async with anyio.create_task_group() as group:
            for task in tasks:
                group.start_soon(do, task)
