"""Decide again when somebody else was faster."""

from typing import Generic, TypeVar

import attrs

from application.kernel.ports import Stale, UseCase
from application.kernel.refusals import Busy

Command = TypeVar("Command")
Result = TypeVar("Result")


@attrs.frozen
class RetryStale(Generic[Command, Result]):
    use_case: UseCase[Command, Result]
    attempts: int = 10

    async def __call__(self, command: Command, /) -> Result:
        """Raises Busy when `attempts` decisions in a row were overtaken."""
        for _ in range(self.attempts):
            try:
                return await self.use_case(command)
            except Stale:
                continue
        raise Busy
