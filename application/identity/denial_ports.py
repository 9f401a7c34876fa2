"""What counting denials needs from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.kernel.facts import Facts
from domain.identity.denials import Denial, Denials
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


class DenialCounts(Protocol):
    async def note(self, denial: Denial) -> None:
        """Once more. As much work for one as for any other, so that nobody learns who there is."""
        ...


class DenialViews(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Those in which denials have been summed for long enough."""
        ...

    async def due(self, actor: Actor, *, now: datetime, limit: int) -> Sequence[Denial]: ...


class CountedDenials(Protocol):
    def take(self, denial: Denial) -> Denials | None:
        """What they have come to, counted from nothing again; None if somebody else was faster."""
        ...


class DenialWork(Protocol):
    @property
    def denials(self) -> CountedDenials: ...

    @property
    def facts(self) -> Facts: ...
