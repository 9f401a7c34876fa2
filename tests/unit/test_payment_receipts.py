"""Money that came is acknowledged as the event of it says."""

from uuid import UUID

import attrs

from adapters.sql.documents import new_converter
from application.kernel.jobs import Job, JobQueue
from application.kernel.subscribers import RecordedEvent, SubscriberWork
from application.paperwork.subscribers import PaymentReceipts
from domain.kernel.identifiers import ActorId, BookingId, EventId, OrganizationId, PaymentId
from domain.payments.events import PaymentCaptured
from tests.samples import NOW, pounds

CAPTURED = PaymentCaptured(
    payment_id=PaymentId(UUID(int=1)),
    booking_id=BookingId(UUID(int=2)),
    method="cash",
    amount=pounds(99),
    occurred_at=NOW,
)


@attrs.frozen
class Queue(JobQueue):
    queued: list[Job] = attrs.field(factory=list)

    def enqueue(self, job: Job) -> None:
        self.queued.append(job)


@attrs.frozen
class Work(SubscriberWork):
    jobs: Queue = attrs.field(factory=Queue)


def test_the_job_has_what_the_receipt_says() -> None:
    work = Work()
    recorded = RecordedEvent(
        organization_id=OrganizationId(UUID(int=3)),
        position=1,
        id=EventId(UUID(int=4)),
        name=CAPTURED.name,
        subject=CAPTURED.subject,
        payload=new_converter().unstructure(CAPTURED),
        occurred_at=NOW,
        actor_id=ActorId(UUID(int=5)),
    )
    PaymentReceipts()(recorded, work)

    (job,) = work.jobs.queued
    assert job.name == "acknowledge_payment"
    assert job.payload == {
        "booking_id": str(CAPTURED.booking_id),
        "payment_id": str(CAPTURED.payment_id),
        "minor": 9900,
        "currency": "GBP",
        "method": "cash",
        "captured_at": NOW.isoformat(),
    }
