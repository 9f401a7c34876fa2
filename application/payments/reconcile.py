"""Compare a period with what the provider says of it; mend what was lost, list what differs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from application.kernel.ports import Clock, NewId, UnitOfWork, UseCase
from application.payments.gateway import (
    PaymentGateway,
    PaymentGateways,
    PaymentProviderDown,
    ProviderRefused,
    ProviderUnavailable,
)
from application.payments.hear import Hear
from application.payments.ports import DealtWith, StoredEvent, Treatment
from application.payments.reconciliation_ports import Keyset, PageOfNames, ReconciliationWork
from application.payments.their_account import TheirAccount, in_parts
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ReconciliationId
from domain.payments.provider import ProviderEvent
from domain.payments.reconciliation import (
    BadReconciliationPeriod,
    Finding,
    Movement,
    Name,
    Reconciliation,
    compared,
)


@attrs.frozen(kw_only=True)
class Reconcile:
    """From `since` to just before `until`."""

    actor: Actor
    since: datetime
    until: datetime


@attrs.frozen(kw_only=True)
class ReconcileHandler:
    """However much moved in the period, it is read and compared in parts."""

    AT_ONCE: ClassVar[int] = 500

    unit_of_work: UnitOfWork[ReconciliationWork]
    gateways: PaymentGateways
    hear: UseCase[Hear, bool]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: Reconcile, /) -> Reconciliation:
        """Raises BadReconciliationPeriod, NoPaymentProvider or PaymentProviderDown."""
        now, since, until = self.clock(), command.since, command.until
        longest = timedelta(days=Reconciliation.LONGEST_DAYS)
        if not since < until <= now or until - since > longest:
            raise BadReconciliationPeriod
        gateway = self.gateways.of(command.actor.organization_id)
        theirs = TheirAccount(since=since, until=until)
        try:
            mended = await self._hear_what_was_lost(command, gateway)
            await theirs.read(gateway)
        except (ProviderUnavailable, ProviderRefused) as error:
            raise PaymentProviderDown from error
        differing = [
            *await self._differing_from(command.actor, gateway.provider, theirs),
            *await self._known_here_only(command, gateway.provider, theirs),
        ]
        # What differs may only be news to us.
        for subject, reference in differing:
            mended += await self.hear(
                Hear(actor=command.actor, subject=subject, reference=reference)
            )
        findings = await self._findings(command.actor, gateway.provider, theirs, differing)
        made = Reconciliation(
            id=ReconciliationId(self.new_id()),
            provider=gateway.provider,
            since=since,
            until=until,
            mended=mended,
            totals=theirs.totals(),
            findings=findings,
            made_at=now,
        )

        def add(work: ReconciliationWork) -> Reconciliation:
            work.reconciliations.add(made)
            work.facts.publish([made.event])
            return made

        return await self.unit_of_work(command.actor, add)

    async def _hear_what_was_lost(self, command: Reconcile, gateway: PaymentGateway) -> int:
        """Events that never came, or could not be dealt with when they did."""
        after, heard = None, 0
        while True:
            page = await gateway.events(after=after, since=command.since)
            for event in page.events:
                if event.created_at >= command.until:
                    return heard
                heard += await self._heard(command.actor, gateway.provider, event)
            if page.next is None or page.next == after or not page.events:
                return heard
            after = page.next

    async def _heard(self, actor: Actor, provider: str, event: ProviderEvent) -> bool:
        if event.subject is None:
            return False
        stored = StoredEvent(provider=provider, event=event, received_at=self.clock())
        try:
            await self.unit_of_work(actor, lambda work: work.provider_events.take_in(stored))
        except DealtWith:
            return False
        subject, reference = event.subject, event.reference
        ours = await self.hear(Hear(actor=actor, subject=subject, reference=reference))
        treatment = Treatment.APPLIED if ours else Treatment.IGNORED
        await self.unit_of_work(
            actor,
            lambda work: work.provider_events.save(attrs.evolve(stored, treatment=treatment)),
        )
        return ours

    async def _differing_from(
        self, actor: Actor, provider: str, theirs: TheirAccount
    ) -> Sequence[Name]:
        """What they say that our books do not."""
        found = await self._findings(actor, provider, theirs, [*theirs.came_to])
        return [one.name for one in found]

    async def _known_here_only(
        self, command: Reconcile, provider: str, theirs: TheirAccount
    ) -> Sequence[Name]:
        """What our books say of the period, and they do not know of then."""
        found = set[Name]()
        after: Keyset | None = None
        while True:

            def read(work: ReconciliationWork, after: Keyset | None = after) -> PageOfNames:
                return work.reconciliations.written(
                    provider,
                    since=command.since,
                    until=command.until,
                    after=after,
                    limit=self.AT_ONCE,
                )

            page = await self.unit_of_work(command.actor, read)
            found |= {name for name in page.names if not theirs.knows(name)}
            if page.next is None:
                return sorted(found, key=lambda name: (name[0].value, name[1]))
            after = page.next

    async def _findings(
        self, actor: Actor, provider: str, theirs: TheirAccount, names: Sequence[Name]
    ) -> tuple[Finding, ...]:
        found: list[Finding] = []
        for part in in_parts(names, self.AT_ONCE):
            references = sorted({reference for _, reference in part})

            def read(
                work: ReconciliationWork, references: Sequence[str] = references
            ) -> Sequence[Movement]:
                return work.reconciliations.named(provider, references)

            ours = await self.unit_of_work(actor, read)
            asked = frozenset(part)
            found += compared(
                [one for one in ours if one.name in asked],
                theirs.of(part),
                known_there=theirs.around,
            )
        return tuple(found)
