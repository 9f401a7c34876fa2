"""Say in writing that money came."""

from collections.abc import Sequence

import attrs

from application.kernel.ports import Clock, NewId, UnitOfWork
from application.paperwork.issue_papers import send_new
from application.paperwork.ports import PaperWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.paperwork.issuing import Filed, Issuing, receipts_due
from domain.paperwork.papers import Paper
from domain.paperwork.sources import MoneyReceived
from domain.paperwork.terms import USUAL_TERMS, PaperTerms


@attrs.frozen(kw_only=True)
class IssueReceipt:
    actor: Actor
    booking_id: BookingId
    payment: MoneyReceived


@attrs.frozen(kw_only=True)
class IssueReceiptHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock
    new_id: NewId
    terms: PaperTerms = USUAL_TERMS

    async def __call__(self, command: IssueReceipt, /) -> Sequence[Paper]:
        """Nothing where there is one for that payment. Raises NothingSold."""

        def issue(work: PaperWork) -> Sequence[Paper]:
            sold = work.sources.sold(command.booking_id)
            filed = Filed(work.papers.of_booking(command.booking_id))
            issuing = Issuing(
                terms=self.terms,
                new_id=self.new_id,
                next_place=work.numbers.next,
                now=self.clock(),
            )
            due = receipts_due(sold, filed, issuing, command.payment)
            issued = [work.papers.save(paper) for paper in due]
            if self.terms.by_mail:
                send_new(work, issued)
            return issued

        return await self.unit_of_work(command.actor, issue)
