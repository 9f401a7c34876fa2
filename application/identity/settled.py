"""Answer only when a change of access holds everywhere."""

from typing import Generic, TypeVar

import attrs

from application.identity.ports import Settle
from application.kernel.once import Replayed
from application.kernel.ports import UseCase

Command = TypeVar("Command")
Result = TypeVar("Result")


@attrs.frozen
class Settled(Generic[Command, Result]):
    """Whoever was told that a key is revoked never sees it work again.

    A repeated request may come while the first one still waits, so it waits as well.
    """

    use_case: UseCase[Command, Result]
    settle: Settle

    async def __call__(self, command: Command, /) -> Result:
        try:
            result = await self.use_case(command)
        except Replayed:
            await self.settle()
            raise
        await self.settle()
        return result
