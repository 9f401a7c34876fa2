"""Send papers to whom they are for, in one letter; runs as a job."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

import attrs

from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork
from application.paperwork.ports import Enclosure, PaperPost, PaperWork
from application.paperwork.printing import Printing, filename
from application.paperwork.views import PaperViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaperId
from domain.paperwork.papers import Paper


@attrs.frozen(kw_only=True)
class SendPapers:
    """What is in them and whom they are for is read when it runs.

    `again` tells a letter that is sent once more from the first one.
    """

    JOB: ClassVar[str] = "send_papers"

    paper_ids: tuple[PaperId, ...]
    again: UUID | None = None

    @property
    def job(self) -> Job:
        payload = {
            "paper_ids": ",".join(map(str, self.paper_ids)),
            "again": None if self.again is None else str(self.again),
        }
        return Job(name=self.JOB, payload=payload)

    @classmethod
    def of(cls, job: Job) -> "SendPapers":
        again = job.payload["again"]
        return cls(
            paper_ids=tuple(
                PaperId(UUID(text)) for text in str(job.payload["paper_ids"]).split(",")
            ),
            again=None if again is None else UUID(str(again)),
        )

    @property
    def cause(self) -> UUID:
        """Of the same letter, the same."""
        return self.again or self.paper_ids[0]


@attrs.frozen(kw_only=True)
class SendPapersHandler:
    """What fails is tried again, and in the end a dead job for somebody to look at."""

    views: PaperViews
    printing: Printing
    post: PaperPost
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        command = SendPapers.of(job)

        async def send() -> bool:
            # Read and sent in one step: the result of a step is stored, a paper must not be.
            papers = [
                paper
                for paper in await self.views.several(context.actor, command.paper_ids)
                if paper.stands and not paper.nobodys
            ]
            if not papers:
                return False
            enclosures = [await self._enclosure(context.actor, paper) for paper in papers]
            await self.post.send(papers, enclosures, cause=command.cause)
            return True

        async def note() -> bool:
            await self.unit_of_work(context.actor, partial(self._note, command.paper_ids))
            return True

        if await context.step("send", send):
            await context.step("note", note)

    async def _enclosure(self, actor: Actor, paper: Paper) -> Enclosure:
        return Enclosure(filename=filename(paper), printed=await self.printing(actor, paper))

    def _note(self, paper_ids: Sequence[PaperId], work: PaperWork) -> None:
        # In one order for everybody, so that nobody waits in a circle.
        for paper_id in sorted(paper_ids):
            paper = work.papers.get(paper_id)
            if paper.sent_at is None:
                work.papers.save(paper.sent(now=self.clock()))
