"""What dispositions need from storage, and what may be asked about them."""

from collections.abc import Collection
from typing import Protocol

from application.calls.ports import CallWork
from application.kernel.pages import Page, Slice
from domain.calls.dispositions import Disposition
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DispositionId


class Dispositions(Protocol):
    def get(self, disposition_id: DispositionId) -> Disposition:
        """Raises DispositionNotFound."""
        ...

    def labels_among(self, labels: Collection[str]) -> Collection[str]:
        """Those of them that some disposition has, in use or retired."""
        ...

    def save(self, disposition: Disposition) -> Disposition:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or DispositionLabelTaken, at the latest when the unit
        of work ends.
        """
        ...


class DispositionWork(CallWork, Protocol):
    """All that one transaction about dispositions may touch."""

    @property
    def dispositions(self) -> Dispositions: ...


class DispositionViews(Protocol):
    async def disposition(self, actor: Actor, disposition_id: DispositionId) -> Disposition:
        """Raises DispositionNotFound."""
        ...

    async def dispositions(self, actor: Actor, *, slice: Slice) -> Page[Disposition]:
        """By label, with those that are retired."""
        ...
