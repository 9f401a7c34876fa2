"""Compare a period with what the provider says of it; mend what was lost, list what differs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from application.kernel.ports import Clock, NewId, UnitOfWork, UseCase
from application.payments.gateway import (
    BalanceChange,
    PaymentGateway,
    PaymentGateways,
    PaymentProviderDown,
    ProviderRefused,
    ProviderUnavailable,
)
from application.payments.hear import Hear
from application.payments.ports import DealtWith, StoredEvent, Treatment
from application.payments.reconciliation_ports import ReconciliationWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ReconciliationId
from domain.kernel.money import total
from domain.payments.provider import ProviderEvent, Subject
from domain.payments.reconciliation import (
    BadReconciliationPeriod,
    Movement,
    Reconciliation,
    Totals,
    compared,
)

COMPARED = (Subject.PAYMENT, Subject.REFUND)


@attrs.frozen(kw_only=True)
class Reconcile:
    """From `since` to just before `until`."""

    actor: Actor
    since: datetime
    until: datetime


@attrs.frozen(kw_only=True)
class ReconcileHandler:
    AROUND: ClassVar[timedelta] = timedelta(days=1)

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
        try:
            mended = await self._hear_what_was_lost(command, gateway)
            around = await gateway.balance_changes(
                since=since - self.AROUND, until=until + self.AROUND
            )
        except (ProviderUnavailable, ProviderRefused) as error:
            raise PaymentProviderDown from error
        theirs = [one for one in around if since <= one.created_at < until]
        mended += await self._hear_what_differs(command, gateway.provider, theirs)
        known_there = frozenset(one.source for one in around)

        def compare(work: ReconciliationWork) -> Reconciliation:
            ours = work.reconciliations.movements(
                gateway.provider, [one.source for one in theirs], since=since, until=until
            )
            made = Reconciliation(
                id=ReconciliationId(self.new_id()),
                provider=gateway.provider,
                since=since,
                until=until,
                mended=mended,
                totals=_totals(theirs),
                findings=compared(ours, _movements(theirs), known_there=known_there),
                made_at=now,
            )
            work.reconciliations.add(made)
            work.facts.publish([made.event])
            return made

        return await self.unit_of_work(command.actor, compare)

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

    async def _hear_what_differs(
        self, command: Reconcile, provider: str, theirs: Sequence[BalanceChange]
    ) -> int:
        """What is still different may only be news to us."""
        ours = await self.unit_of_work(
            command.actor,
            lambda work: work.reconciliations.movements(
                provider,
                [one.source for one in theirs],
                since=command.since,
                until=command.until,
            ),
        )
        findings = compared(ours, _movements(theirs), known_there=frozenset())
        return sum(
            [
                await self.hear(
                    Hear(actor=command.actor, subject=one.subject, reference=one.reference)
                )
                for one in findings
            ]
        )


def _movements(changes: Sequence[BalanceChange]) -> list[Movement]:
    return [
        Movement(subject=one.subject, reference=one.source, amount=one.amount)
        for one in changes
        if one.subject in COMPARED and one.subject is not None
    ]


def _totals(changes: Sequence[BalanceChange]) -> tuple[Totals, ...]:
    currencies = sorted({one.amount.currency for one in changes})
    return tuple(_totals_in(currency, changes) for currency in currencies)


def _totals_in(currency: str, changes: Sequence[BalanceChange]) -> Totals:
    ours = [one for one in changes if one.amount.currency == currency]
    paid = [one.amount for one in ours if one.subject is Subject.PAYMENT]
    refunded = [one.amount for one in ours if one.subject is Subject.REFUND]
    fees = [one.fee for one in ours if one.fee.currency == currency]
    return Totals(
        payments=len(paid),
        paid=total(paid, currency=currency),
        refunds=len(refunded),
        refunded=-total(refunded, currency=currency),
        fees=total(fees, currency=currency),
    )
