"""Jobs in SQL, from the transaction that queues them until the engine has them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

import attrs
from sqlalchemy import Connection, Delete, Row, delete, select

from adapters.schema.jobs import queued_jobs
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.scope import Scope
from application.kernel.jobs import Job, JobQueue, QueuedJob, WaitingJobs
from application.kernel.tracing import Trace
from domain.kernel.identifiers import JobId, OrganizationId


@attrs.frozen
class SqlJobQueue(JobQueue):
    scope: Scope

    def enqueue(self, job: Job) -> None:
        self.scope.add(
            queued_jobs,
            id=self.scope.new_id(),
            name=job.name,
            payload=dict(job.payload),
            trace=self.scope.traceparent,
        )


@attrs.frozen
class SqlQueuedJobs(WaitingJobs):
    database: Database

    async def waiting(self, *, limit: int) -> Sequence[QueuedJob]:
        question = select(queued_jobs).order_by(queued_jobs.c.id).limit(limit)

        def ask(connection: Connection) -> Sequence[QueuedJob]:
            return [_queued(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=EVERYBODY)

    async def forget(self, jobs: Sequence[QueuedJob]) -> None:
        handed_over = defaultdict[OrganizationId, list[JobId]](list)
        for job in jobs:
            handed_over[job.organization_id].append(job.id)
        for organization_id, job_ids in handed_over.items():
            statement = delete(queued_jobs).where(
                queued_jobs.c.organization_id == organization_id, queued_jobs.c.id.in_(job_ids)
            )
            await self.database.write(partial(_run, statement), of=organization_id)


def _queued(row: Row[Any]) -> QueuedJob:
    return QueuedJob(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        payload=row.payload,
        trace=Trace.kept(row.trace),
    )


def _run(statement: Delete, connection: Connection) -> None:
    connection.execute(statement)
