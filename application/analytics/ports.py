"""What use cases of analytics need from the outside."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from application.kernel.subscribers import SubscriberWork


class CallFigures(Protocol):
    """What figures about calls are read from."""

    def count(self, call_ids: Collection[UUID]) -> None:
        """As they are by now; however often, they count once. Deleted ones do not."""
        ...


class FiguresWork(SubscriberWork, Protocol):
    @property
    def call_figures(self) -> CallFigures: ...
