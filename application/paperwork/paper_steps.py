"""Send a paper once more, issue it again, or revoke it."""

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from application.paperwork.ports import PaperWork
from application.paperwork.send_papers import SendPapers
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaperId
from domain.paperwork.papers import Paper
from domain.paperwork.terms import USUAL_TERMS, PaperTerms


@attrs.frozen(kw_only=True)
class SendPaper:
    """It did not arrive, or got lost: sent once more, for nothing."""

    actor: Actor
    paper_id: PaperId
    once: Once[Paper] | None = None


@attrs.frozen(kw_only=True)
class SendPaperHandler:
    unit_of_work: UnitOfWork[PaperWork]
    new_id: NewId

    async def __call__(self, command: SendPaper, /) -> Paper:
        """Raises PaperNotFound, AlreadyWithdrawn and NobodyToSendTo."""

        def send(work: PaperWork) -> Paper:
            paper = work.papers.get(command.paper_id)
            paper.must_stand()
            paper.must_have_recipient()
            again = SendPapers(paper_ids=(paper.id,), again=self.new_id())
            work.jobs.enqueue(again.job)
            return paper

        return await self.unit_of_work(command.actor, send, once=command.once)


@attrs.frozen(kw_only=True)
class ReissuePaper:
    """The customer asks for it again: the same paper under the same number, perhaps for a fee."""

    actor: Actor
    paper_id: PaperId
    once: Once[Paper] | None = None


@attrs.frozen(kw_only=True)
class ReissuePaperHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock
    new_id: NewId
    terms: PaperTerms = USUAL_TERMS

    async def __call__(self, command: ReissuePaper, /) -> Paper:
        """Raises PaperNotFound, AlreadyWithdrawn, NobodyToSendTo and TooManyReissues."""

        def reissue(work: PaperWork) -> Paper:
            paper = work.papers.get(command.paper_id)
            again = SendPapers(paper_ids=(paper.id,), again=self.new_id())
            work.jobs.enqueue(again.job)
            return work.papers.save(paper.reissue(self.terms, now=self.clock()))

        return await self.unit_of_work(command.actor, reissue, once=command.once)


@attrs.frozen(kw_only=True)
class RevokeCertificate:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    paper_id: PaperId
    reason: str
    version: int | None
    once: Once[Paper] | None = None


@attrs.frozen(kw_only=True)
class RevokeCertificateHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock

    async def __call__(self, command: RevokeCertificate, /) -> Paper:
        """Raises PaperNotFound, NoCertificate and AlreadyWithdrawn."""

        def revoke(work: PaperWork) -> Paper:
            paper = work.papers.get(command.paper_id)
            require_version(paper.version, command.version)
            return work.papers.save(paper.revoke(command.reason, now=self.clock()))

        return await self.unit_of_work(command.actor, revoke, once=command.once)
