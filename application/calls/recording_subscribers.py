"""Which events recordings of calls follow."""

from contextlib import suppress
from typing import ClassVar
from uuid import UUID

import attrs

from application.calls.delete_recording import DeleteRecording
from application.calls.keep_payments_unheard import KeepPaymentUnheard
from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.ports import UseCase
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.calls.call import Call
from domain.calls.events import CallErased
from domain.calls.recordings import NoRecording
from domain.kernel.identifiers import CallId, PaymentId
from domain.payments.events import (
    PaymentAuthorised,
    PaymentCancelled,
    PaymentCaptured,
    PaymentFailed,
    PaymentProcessing,
    PaymentStarted,
)

OVER = frozenset(
    event.name
    for event in (
        PaymentProcessing,
        PaymentAuthorised,
        PaymentCancelled,
        PaymentCaptured,
        PaymentFailed,
    )
)


@attrs.frozen
class PaymentsInCalls(Subscriber):
    """Those begun outside of calls are over without harm to any."""

    name: ClassVar[str] = "recordings_while_somebody_pays"
    hears: ClassVar[frozenset[str]] = OVER | {PaymentStarted.name}

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if event.name != PaymentStarted.name or event.call_id is not None:
            work.jobs.enqueue(KeepPaymentUnheard.job(event.subject))


@attrs.frozen(kw_only=True)
class KeepPaymentUnheardJob:
    keep: UseCase[KeepPaymentUnheard, bool]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        payment_id = PaymentId(UUID(str(job.payload["payment_id"])))

        async def keep() -> None:
            await self.keep(KeepPaymentUnheard(actor=context.actor, payment_id=payment_id))

        await context.step("keep unheard", keep)


@attrs.frozen
class ErasedCallers(Subscriber):
    """Nobody hears any more whoever was forgotten."""

    name: ClassVar[str] = "recordings_of_erased_calls"
    hears: ClassVar[frozenset[str]] = frozenset({CallErased.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        work.jobs.enqueue(DeleteRecording.job(CallId(event.subject)))


@attrs.frozen(kw_only=True)
class DeleteRecordingJob:
    delete: UseCase[DeleteRecording, Call]

    async def __call__(self, job: QueuedJob, context: JobContext) -> None:
        call_id = CallId(UUID(str(job.payload["call_id"])))

        async def delete() -> None:
            with suppress(NoRecording):
                await self.delete(DeleteRecording(actor=context.actor, call_id=call_id))

        await context.step("delete", delete)
