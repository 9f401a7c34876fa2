"""Issue one invoice for all bookings of an itinerary, instead of one for each."""

from collections.abc import Sequence

import attrs

from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.paperwork.issue_papers import send_new
from application.paperwork.ports import PaperWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ItineraryId
from domain.paperwork.issuing import Filed, Issuing
from domain.paperwork.issuing_together import joint_papers_due
from domain.paperwork.papers import Paper
from domain.paperwork.refusals import NothingToInvoiceTogether
from domain.paperwork.terms import USUAL_TERMS, PaperTerms


@attrs.frozen(kw_only=True)
class InvoiceItinerary:
    actor: Actor
    itinerary_id: ItineraryId
    once: Once[Sequence[Paper]] | None = None


@attrs.frozen(kw_only=True)
class InvoiceItineraryHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock
    new_id: NewId
    terms: PaperTerms = USUAL_TERMS

    async def __call__(self, command: InvoiceItinerary, /) -> Sequence[Paper]:
        """What was issued: nothing if there is that invoice already.

        Raises ItineraryNotFound, NothingToInvoiceTogether and CurrenciesDiffer.
        """

        def issue(work: PaperWork) -> Sequence[Paper]:
            together = work.sources.together(command.itinerary_id)
            ids = [sold.booking_id for sold in together.bookings]
            papers = work.papers.about(ids)
            filed = {id: Filed.about(id, papers) for id in ids}
            issuing = Issuing(
                terms=self.terms,
                new_id=self.new_id,
                next_place=work.numbers.next,
                now=self.clock(),
            )
            due = joint_papers_due(together, filed, issuing)
            if due is None:
                raise NothingToInvoiceTogether(command.itinerary_id)
            issued = [work.papers.save(paper) for paper in due]
            if self.terms.by_mail:
                for booking_id in filed:
                    send_new(work, [one for one in issued if one.booking_id == booking_id])
            return issued

        return await self.unit_of_work(command.actor, issue, once=command.once)
