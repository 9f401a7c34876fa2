"""How asking others for what they have goes: channels, data sources, pipelines."""

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs

from application.kernel.figures import Figures
from application.kernel.ports import UseCase
from application.kernel.told_figures import SYNCS

Command = TypeVar("Command", contravariant=True)
Result = TypeVar("Result")


@attrs.frozen(kw_only=True)
class CountedSync(Generic[Command, Result]):
    """`went` says of what came back whether they were reached, and what they said was read.

    What is refused or overtaken has asked nobody, and is not counted.
    """

    use_case: UseCase[Command, Result]
    figures: Figures
    of: str
    went: Callable[[Result], bool]

    async def __call__(self, command: Command, /) -> Result:
        result = await self.use_case(command)
        self.figures.add(SYNCS, self.of, "went_well" if self.went(result) else "failed")
        return result
