"""Failed jobs for whoever looks after them, with or without a worker at work."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs

from adapters.jobs.addresses import SCHEMA
from adapters.jobs.failed_workflows import FailedWorkflows
from adapters.jobs.serializer import JsonSerializer
from application.kernel.jobs import DeadJob, FailedJobs
from domain.kernel.identifiers import JobId


@attrs.frozen
class StoredJobs(FailedJobs):
    """`tables` opens the database of the job engine, as the library behind it wants it: None where
    no worker ever was, and so no job.
    """

    tables: Callable[[], Any | None]

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return await asyncio.to_thread(self._dead, limit)

    async def retry(self, job_id: JobId) -> None:
        await asyncio.to_thread(self._retry, job_id)

    def _dead(self, limit: int) -> Sequence[DeadJob]:
        with self._failed() as failed:
            return failed.dead(limit=limit) if failed else ()

    def _retry(self, job_id: JobId) -> None:
        with self._failed() as failed:
            if failed:
                failed.retry(job_id)

    @contextmanager
    def _failed(self) -> Iterator[FailedWorkflows | None]:
        # Half a second that nobody else need wait for.
        from dbos import DBOSClient  # noqa: PLC0415

        engine = self.tables()
        if engine is None:
            yield None
            return
        client = DBOSClient(
            system_database_engine=engine, dbos_system_schema=SCHEMA, serializer=JsonSerializer()
        )
        try:
            yield FailedWorkflows(client)
        finally:
            client.destroy()
            engine.dispose()
