"""The jobs that keep papers up to date with bookings."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, Payload, QueuedJob
from application.kernel.ports import UseCase
from application.paperwork.erase_papers import ErasePapers
from application.paperwork.issue_certificates import IssueCertificates
from application.paperwork.issue_papers import IssuePapers
from application.paperwork.issue_receipt import IssueReceipt
from domain.kernel.identifiers import BookingId, PaymentId, ResourceId
from domain.kernel.money import Money
from domain.paperwork.papers import Paper
from domain.paperwork.sources import MoneyReceived


def job_about(name: str, id: UUID) -> Job:
    return Job(name=name, payload={"id": str(id)})


def _id(job: Job) -> UUID:
    return UUID(str(job.payload["id"]))


@attrs.frozen(kw_only=True)
class KeepPapers:
    """Of a booking: an invoice that cannot be issued is tried again, and never passed over."""

    JOB: ClassVar[str] = "keep_papers"

    issue_papers: UseCase[IssuePapers, Sequence[Paper]]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        async def issue() -> int:
            command = IssuePapers(actor=context.actor, booking_id=BookingId(_id(job)))
            return len(await self.issue_papers(command))

        await context.step("issue", issue)


@attrs.frozen(kw_only=True)
class Certify:
    """Those who took part in a session."""

    JOB: ClassVar[str] = "certify"

    issue_certificates: UseCase[IssueCertificates, int]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        async def issue() -> int:
            command = IssueCertificates(actor=context.actor, resource_id=ResourceId(_id(job)))
            return await self.issue_certificates(command)

        await context.step("issue", issue)


@attrs.frozen(kw_only=True)
class Acknowledge:
    """Money that came."""

    JOB: ClassVar[str] = "acknowledge_payment"

    issue_receipt: UseCase[IssueReceipt, Sequence[Paper]]

    @classmethod
    def job(cls, booking_id: BookingId, payment: MoneyReceived) -> Job:
        payload: Payload = {
            "booking_id": str(booking_id),
            "payment_id": str(payment.id),
            "minor": payment.amount.minor,
            "currency": payment.amount.currency,
            "method": payment.method,
            "captured_at": payment.captured_at.isoformat(),
        }
        return Job(name=cls.JOB, payload=payload)

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        said = job.payload
        payment = MoneyReceived(
            id=PaymentId(UUID(str(said["payment_id"]))),
            amount=Money(int(said["minor"] or 0), str(said["currency"])),
            method=str(said["method"]),
            captured_at=datetime.fromisoformat(str(said["captured_at"])),
        )
        booking_id = BookingId(UUID(str(said["booking_id"])))

        async def issue() -> int:
            command = IssueReceipt(actor=context.actor, booking_id=booking_id, payment=payment)
            return len(await self.issue_receipt(command))

        await context.step("issue", issue)


@attrs.frozen(kw_only=True)
class ForgetWhose:
    """Papers of a booking of which nobody knows any longer whose it was."""

    JOB: ClassVar[str] = "erase_papers"

    erase_papers: UseCase[ErasePapers, int]

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        async def erase() -> int:
            command = ErasePapers(actor=context.actor, booking_id=BookingId(_id(job)))
            return await self.erase_papers(command)

        await context.step("erase", erase)
