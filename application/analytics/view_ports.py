"""What saved views need from storage, and what may be asked about them."""

from typing import Protocol

from application.kernel.pages import Page, Slice
from domain.analytics.saved_views import SavedView
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SavedViewId


class SavedViews(Protocol):
    def get(self, view_id: SavedViewId) -> SavedView:
        """Whoever's it is. Raises SavedViewNotFound."""
        ...

    def number(self) -> int:
        """How many there are; nobody else adds one until the transaction ends."""
        ...

    def save(self, view: SavedView) -> SavedView:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile.
        """
        ...

    def delete(self, view: SavedView) -> None:
        """Publishes its events."""
        ...


class SavedViewWork(Protocol):
    """All that one transaction about saved views may touch."""

    @property
    def saved_views(self) -> SavedViews: ...


class KeptViews(Protocol):
    """One's own, and those that are shared, of what one may see."""

    async def view(self, actor: Actor, view_id: SavedViewId) -> SavedView:
        """Raises SavedViewNotFound."""
        ...

    async def views(self, actor: Actor, *, slice: Slice) -> Page[SavedView]:
        """As they were added."""
        ...
