"""Issue the papers that a booking should have by now, and withdraw those that hold no longer."""

from collections.abc import Sequence

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.paperwork.ports import PaperWork
from application.paperwork.send_papers import SendPapers
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.paperwork.issuing import Filed, Issuing, papers_due
from domain.paperwork.papers import Paper
from domain.paperwork.terms import USUAL_TERMS, PaperTerms


@attrs.frozen(kw_only=True)
class IssuePapers:
    actor: Actor
    booking_id: BookingId
    once: Once[Sequence[Paper]] | None = None


@attrs.frozen(kw_only=True)
class IssuePapersHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock
    new_id: NewId
    terms: PaperTerms = USUAL_TERMS

    async def __call__(self, command: IssuePapers, /) -> Sequence[Paper]:
        """All papers of the booking. Raises NothingSold."""

        def issue(work: PaperWork) -> Sequence[Paper]:
            sold = work.sources.sold(command.booking_id)
            filed = Filed.about(command.booking_id, work.papers.about([command.booking_id]))
            issuing = Issuing(
                terms=self.terms,
                new_id=self.new_id,
                next_place=work.numbers.next,
                now=self.clock(),
            )
            due = [work.papers.save(paper) for paper in papers_due(sold, filed, issuing)]
            if self.terms.by_mail:
                send_new(work, due)
            changed = {paper.id: paper for paper in due}
            before = {paper.id for paper in filed.papers}
            return (
                *(changed.get(paper.id, paper) for paper in filed.papers),
                *(paper for paper in due if paper.id not in before),
            )

        return await self.unit_of_work(command.actor, issue, once=command.once)


def send_new(work: PaperWork, papers: Sequence[Paper]) -> None:
    """Those that somebody can be written to about, in one letter."""
    new = [one for one in papers if one.stands and not one.nobodys and one.version == 1]
    if new:
        work.jobs.enqueue(SendPapers(paper_ids=tuple(paper.id for paper in new)).job)
