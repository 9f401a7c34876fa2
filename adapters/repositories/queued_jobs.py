"""Jobs in SQL, from the transaction that queues them until the engine has them."""

from collections.abc import Sequence

import attrs
from sqlalchemy import Connection, delete, select, tuple_

from adapters.schema.jobs import queued_jobs
from adapters.sql.database import Database
from adapters.sql.scope import Scope
from application.kernel.jobs import Job, JobQueue, QueuedJob, WaitingJobs


@attrs.frozen
class SqlJobQueue(JobQueue):
    scope: Scope

    def enqueue(self, job: Job) -> None:
        self.scope.add(
            queued_jobs, id=self.scope.new_id(), name=job.name, payload=dict(job.payload)
        )


@attrs.frozen
class SqlQueuedJobs(WaitingJobs):
    database: Database

    async def waiting(self, *, limit: int) -> Sequence[QueuedJob]:
        question = select(queued_jobs).order_by(queued_jobs.c.id).limit(limit)

        def ask(connection: Connection) -> Sequence[QueuedJob]:
            return [QueuedJob(**row) for row in connection.execute(question).mappings()]

        return await self.database.read(ask)

    async def forget(self, jobs: Sequence[QueuedJob]) -> None:
        keys = [(job.organization_id, job.id) for job in jobs]
        statement = delete(queued_jobs).where(
            tuple_(queued_jobs.c.organization_id, queued_jobs.c.id).in_(keys)
        )
        await self.database.write(lambda connection: connection.execute(statement))
