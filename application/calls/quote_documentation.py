"""Quote a passage of documentation in a call."""

import attrs

from application.calls.quotation_ports import QuotationWork
from application.calls.seeing import theirs
from application.documentation.quoting import QuotedPassage
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.quotations import Quotation, Quoted
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import CallId, PassageId, QuotationId


@attrs.frozen(kw_only=True)
class QuoteDocumentation:
    actor: Actor
    call_id: CallId
    passage_id: PassageId
    once: Once[Quotation] | None = None


@attrs.frozen(kw_only=True)
class QuoteDocumentationHandler:
    unit_of_work: UnitOfWork[QuotationWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: QuoteDocumentation, /) -> Quotation:
        """Raises CallNotFound, CallOver, PassageNotFound, or NotPermitted to read it."""

        def quote(work: QuotationWork) -> Quotation:
            command.actor.must(Permission.READ_DOCUMENTATION)
            call = theirs(work, command.actor, command.call_id)
            call.must_not_be_over()
            quotation = Quotation(
                id=QuotationId(self.new_id()),
                call_id=call.id,
                quoted=_quoted(work.quoted_passages.remember(command.passage_id)),
                by=command.actor.id,
                at=self.clock(),
            )
            work.quotations.add(quotation)
            return quotation

        return await self.unit_of_work(command.actor, quote, once=command.once)


def _quoted(passage: QuotedPassage) -> Quoted:
    return Quoted(
        passage_id=passage.id,
        url=passage.url,
        path=passage.path,
        text=passage.text,
        digest=passage.digest,
        version=passage.version,
        fetched_at=passage.fetched_at,
    )
