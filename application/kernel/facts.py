"""The facts that a transaction leaves behind."""

from collections.abc import Sequence
from typing import Protocol

from domain.kernel.events import Event


class Facts(Protocol):
    """Publishes what happened to no aggregate that is saved."""

    def publish(self, events: Sequence[Event]) -> None: ...
