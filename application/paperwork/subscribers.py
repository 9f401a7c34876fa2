"""Which events papers follow from."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.paperwork.jobs import Acknowledge, Certify, ForgetWhose, KeepPapers, job_about
from domain.bookings.attendance_events import AttendanceRecorded
from domain.bookings.customer_events import BookingErased
from domain.bookings.events import (
    BookingCancelled,
    BookingCompleted,
    BookingConfirmed,
    BookingRescheduled,
)
from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money
from domain.paperwork.sources import MoneyReceived
from domain.payments.events import PaymentCaptured

KEPT_AFTER = frozenset(
    event.name for event in (BookingConfirmed, BookingRescheduled, BookingCancelled)
)


@attrs.frozen
class BookingPapers(Subscriber):
    """One job an event; the job goes by how the booking stands when it runs."""

    name: ClassVar[str] = "booking_papers"
    hears: ClassVar[frozenset[str]] = frozenset({*KEPT_AFTER, BookingErased.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        job = KeepPapers.JOB if event.name in KEPT_AFTER else ForgetWhose.JOB
        work.jobs.enqueue(job_about(job, event.subject))


@attrs.frozen
class PaymentReceipts(Subscriber):
    name: ClassVar[str] = "payment_receipts"
    hears: ClassVar[frozenset[str]] = frozenset({PaymentCaptured.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        amount = event.payload["amount"]
        payment = MoneyReceived(
            id=PaymentId(event.subject),
            amount=Money(amount["minor"], amount["currency"]),
            method=event.payload["method"],
            captured_at=event.occurred_at,
        )
        booking_id = BookingId(UUID(str(event.payload["booking_id"])))
        work.jobs.enqueue(Acknowledge.job(booking_id, payment))


@attrs.frozen
class SessionCertificates(Subscriber):
    """Lists are filled in while a session runs or after it: either may come last."""

    name: ClassVar[str] = "session_certificates"
    hears: ClassVar[frozenset[str]] = frozenset({AttendanceRecorded.name, BookingCompleted.name})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        resource_id = UUID(str(event.payload["resource_id"]))
        work.jobs.enqueue(job_about(Certify.JOB, resource_id))
