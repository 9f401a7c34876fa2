"""Take in what a provider says by itself: signed, kept, and dealt with later."""

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.payments.apply_event import ApplyEvent
from application.payments.gateway import BadSignature, PaymentGateways
from application.payments.ports import DealtWith, PaymentWork, StoredEvent, Treatment
from domain.kernel.actors import Actor
from domain.payments.refusals import BadProviderEvent, BadProviderSignature


@attrs.frozen(kw_only=True)
class ReceiveEvent:
    """`body` is what was sent, to the byte: that is what is signed."""

    actor: Actor
    provider: str
    body: bytes = attrs.field(repr=False)
    signature: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ReceiveEventHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    gateways: PaymentGateways
    clock: Clock

    async def __call__(self, command: ReceiveEvent, /) -> bool:
        """Whether there is something to do; not for what has been dealt with before.

        Raises NoPaymentProvider, BadProviderSignature or BadProviderEvent.
        """
        now, provider = self.clock(), command.provider
        notifications = self.gateways.notifications(command.actor.organization_id, provider)
        try:
            event = notifications.event_of(command.body, command.signature, now=now)
        except BadSignature as error:
            raise BadProviderSignature from error
        except ValueError as error:
            raise BadProviderEvent from error
        concerns_us = event.subject is not None
        treatment = Treatment.RECEIVED if concerns_us else Treatment.IGNORED
        stored = StoredEvent(provider=provider, event=event, received_at=now, treatment=treatment)

        def take_in(work: PaymentWork) -> None:
            work.provider_events.take_in(stored)
            if concerns_us:
                work.jobs.enqueue(ApplyEvent.job(provider, event.id))

        try:
            await self.unit_of_work(command.actor, take_in)
        except DealtWith:
            return False
        return concerns_us
