"""How executors tell living from dead ones."""

from contextlib import AbstractContextManager
from typing import Protocol


class Presence(Protocol):
    """A lock per executor that vanishes with its process, however the process ends."""

    def announce(self) -> None:
        """This executor lives from now on."""
        ...

    def renew(self) -> bool:
        """False if the lock had been lost and was taken again: others may have lost theirs too."""
        ...

    def bury(self, executor_id: str, /) -> AbstractContextManager[bool]:
        """Whether that executor is dead; inside, nobody else may decide the same."""
        ...

    def withdraw(self) -> None: ...
