"""Take the rows of an import, chunk by chunk; runs as a job."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork, UseCase
from application.kernel.side_by_side import SideBySide
from application.pipelines.ports import ImportWork, Taking
from application.pipelines.views import ImportViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ImportId
from domain.pipelines.imports import ImportTarget


@attrs.frozen(kw_only=True)
class RunImport:
    JOB: ClassVar[str] = "run_import"

    import_id: ImportId

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"import_id": str(self.import_id)})

    @classmethod
    def of(cls, job: QueuedJob) -> "RunImport":
        return cls(import_id=ImportId(UUID(str(job.payload["import_id"]))))


@attrs.frozen(kw_only=True)
class TakeChunk:
    actor: Actor
    import_id: ImportId
    chunk: int


@attrs.frozen(kw_only=True)
class TakeChunkHandler:
    """One transaction: the rows are taken, and the chunk no longer waits, or neither."""

    unit_of_work: UnitOfWork[ImportWork]
    clock: Clock
    taking: Mapping[ImportTarget, Taking]

    async def __call__(self, command: TakeChunk, /) -> int:
        """How many rows there were; none if somebody else was faster."""

        def take(work: ImportWork) -> int:
            rows = work.imports.take(command.import_id, command.chunk)
            if not rows:
                return 0
            now = self.clock()
            target = work.imports.target(command.import_id)
            refused = self.taking[target](work, rows, now=now)
            work.imports.refuse(command.import_id, refused)
            # Last, because whoever counts here keeps the others from counting.
            import_ = work.imports.locked(command.import_id)
            taken = len(rows) - len(refused)
            work.imports.save(import_.advance(taken=taken, refused=len(refused), now=now))
            return len(rows)

        return await self.unit_of_work(command.actor, take)


@attrs.frozen(kw_only=True)
class RunImportHandler:
    """May be interrupted anywhere and begun again: what is left to do is what still waits."""

    views: ImportViews
    take_chunk: UseCase[TakeChunk, int]
    side_by_side: SideBySide

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command, actor = RunImport.of(job), context.actor
        waiting = await self.views.waiting(actor, command.import_id)
        await self.side_by_side(
            [partial(self._take, actor, command.import_id, chunk) for chunk in waiting]
        )

    async def _take(self, actor: Actor, import_id: ImportId, chunk: int) -> None:
        await self.take_chunk(TakeChunk(actor=actor, import_id=import_id, chunk=chunk))
