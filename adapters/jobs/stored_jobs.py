"""Failed jobs for whoever looks after them, with or without a worker at work."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from application.kernel.jobs import DeadJob, FailedJobs
from domain.kernel.identifiers import JobId


@attrs.frozen
class StoredJobs(FailedJobs):
    """`tables` opens the database of the job engine, as the library behind it wants it: None where
    no worker ever was, and so no job.
    """

    tables: Callable[[], Any | None]

    async def dead(self, *, limit: int) -> Sequence[DeadJob]:
        return await asyncio.to_thread(_dead, self.tables, limit)

    async def retry(self, job_id: JobId) -> None:
        await asyncio.to_thread(_retry, self.tables, job_id)


# The library is loaded where it is used: a process that serves need not wait for it.


def _dead(tables: Callable[[], Any | None], limit: int) -> Sequence[DeadJob]:
    from adapters.jobs.failed_elsewhere import failed_in  # noqa: PLC0415

    with failed_in(tables) as failed:
        return failed.dead(limit=limit) if failed else ()


def _retry(tables: Callable[[], Any | None], job_id: JobId) -> None:
    from adapters.jobs.failed_elsewhere import failed_in  # noqa: PLC0415

    with failed_in(tables) as failed:
        if failed:
            failed.retry(job_id)
