"""Facts and jobs in memory."""

from collections.abc import Sequence
from typing import Protocol
from uuid import uuid4

import attrs

from application.kernel.facts import Facts
from application.kernel.jobs import Job, JobQueue, QueuedJob
from application.kernel.tracing import trace_at_hand
from domain.kernel.events import Event
from domain.kernel.identifiers import JobId, OrganizationId


class Kept(Protocol):
    @property
    def events(self) -> list[Event]: ...

    @property
    def jobs(self) -> list[QueuedJob]: ...


@attrs.frozen
class MemoryOutbox(Facts, JobQueue):
    rows: Kept
    owner: OrganizationId

    def publish(self, events: Sequence[Event]) -> None:
        self.rows.events.extend(events)

    def enqueue(self, job: Job) -> None:
        id = JobId(uuid4())
        queued = QueuedJob(
            id=id,
            organization_id=self.owner,
            name=job.name,
            payload=dict(job.payload),
            trace=trace_at_hand(),
        )
        self.rows.jobs.append(queued)
