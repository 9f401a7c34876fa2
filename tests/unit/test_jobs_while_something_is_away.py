"""Jobs that do one thing after another wait for what is away, and fail of nothing else."""

from typing import Any
from uuid import UUID

import attrs
import pytest

from application.bookings.cancel_bookings_of import CancelBookingsOf, CancelBookingsOfHandler
from application.calls.delete_recording import DeleteRecording
from application.calls.keep_payments_unheard import KeepPaymentUnheard
from application.calls.recording_subscribers import DeleteRecordingJob, KeepPaymentUnheardJob
from application.kernel.jobs import Job, JobHandler, QueuedJob
from application.kernel.refusals import Unavailable
from domain.calls.recordings import NoRecording
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, JobId, ResourceId
from tests.fakes.jobs import MemoryJobContext
from tests.samples import DESK

pytestmark = pytest.mark.anyio

ID = UUID(int=7)


@attrs.define
class Away:
    """Twice, and then it is done, in two parts if it has parts."""

    answers: list[Any]
    done: int = 0

    async def __call__(self, _: Any) -> Any:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        self.done += 1
        return answer


async def run(handler: JobHandler, job: Job) -> None:
    queued = QueuedJob(
        id=JobId(ID),
        organization_id=DESK.organization_id,
        name=job.name,
        payload=job.payload,
    )
    context = MemoryJobContext(
        actor=Actor.system(DESK.organization_id),
        retry_after=(),
        results=[],
        on_progress=lambda _, __: None,
    )
    await handler(queued, context)


async def test_a_payment_is_kept_unheard_once_that_can_be_done() -> None:
    keep = Away([Unavailable(), Unavailable(), True])

    await run(KeepPaymentUnheardJob(keep=keep), KeepPaymentUnheard.job(ID))

    assert keep.done == 1


async def test_a_recording_is_deleted_once_that_can_be_done() -> None:
    delete = Away([Unavailable(), None])

    await run(DeleteRecordingJob(delete=delete), DeleteRecording.job(CallId(ID)))

    assert delete.done == 1


async def test_what_was_never_recorded_needs_no_deleting() -> None:
    delete = Away([NoRecording(CallId(ID))])

    await run(DeleteRecordingJob(delete=delete), DeleteRecording.job(CallId(ID)))

    assert delete.done == 0


async def test_what_is_called_off_is_cancelled_to_the_end() -> None:
    waiting, blocks = Away([1, Unavailable(), 0]), Away([Unavailable(), 0])
    some = Away([5, Unavailable(), 3, 0])
    handler = CancelBookingsOfHandler(
        call_off_waiting=waiting, release_blocks=blocks, cancel_some=some
    )

    await run(handler, CancelBookingsOf(stock=ResourceId(ID), reason="snow").job)

    assert (waiting.done, blocks.done, some.done) == (2, 1, 3)
