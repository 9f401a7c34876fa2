"""Imports as readers see them."""

from collections.abc import Sequence
from typing import Protocol

from application.kernel.pages import Page, Slice
from application.kernel.rows import RowRefused
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import Import


class ImportViews(Protocol):
    """Every question names the actor; nobody sees imports of another organization."""

    async def import_(self, actor: Actor, import_id: ImportId) -> Import:
        """Raises ImportNotFound."""
        ...

    async def imports(self, actor: Actor, *, slice: Slice) -> Page[Import]:
        """Oldest first."""
        ...

    async def refusals(
        self, actor: Actor, import_id: ImportId, *, code: str | None = None, slice: Slice
    ) -> Page[RowRefused]:
        """By line; those of one code, or all. Raises ImportNotFound."""
        ...

    async def waiting(self, actor: Actor, import_id: ImportId) -> Sequence[int]:
        """The chunks that are still to be taken."""
        ...
