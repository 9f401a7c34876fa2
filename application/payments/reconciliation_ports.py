"""What reconciliations need from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from application.kernel.facts import Facts
from application.kernel.pages import Page, Slice
from application.payments.ports import ProviderEvents
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ReconciliationId
from domain.payments.reconciliation import Movement, Name, Reconciliation

Keyset = tuple[datetime, UUID]
"""When a journal was written, and which."""


@attrs.frozen(kw_only=True)
class PageOfNames:
    """`next` is what to go on after; None at the end."""

    names: Sequence[Name]
    next: Keyset | None


class Reconciliations(Protocol):
    def named(self, provider: str, references: Sequence[str]) -> Sequence[Movement]:
        """What our books say of these, whenever it was."""
        ...

    def written(
        self, provider: str, *, since: datetime, until: datetime, after: Keyset | None, limit: int
    ) -> PageOfNames:
        """What moved at that provider in the period, by our books."""
        ...

    def add(self, made: Reconciliation) -> None: ...


class ReconciliationWork(Protocol):
    @property
    def reconciliations(self) -> Reconciliations: ...

    @property
    def provider_events(self) -> ProviderEvents: ...

    @property
    def facts(self) -> Facts: ...


class ReconciliationViews(Protocol):
    async def reconciliation(
        self, actor: Actor, reconciliation_id: ReconciliationId
    ) -> Reconciliation:
        """Raises ReconciliationNotFound."""
        ...

    async def reconciliations(self, actor: Actor, *, slice: Slice) -> Page[Reconciliation]:
        """Oldest first."""
        ...
