"""What reconciliations need from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.kernel.facts import Facts
from application.kernel.pages import Page, Slice
from application.payments.ports import ProviderEvents
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ReconciliationId
from domain.payments.reconciliation import Movement, Reconciliation


class Reconciliations(Protocol):
    def movements(
        self, provider: str, references: Sequence[str], *, since: datetime, until: datetime
    ) -> Sequence[Movement]:
        """What our books say moved at that provider in the period, and of these, whenever."""
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
