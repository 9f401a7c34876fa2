"""Papers as files: printed once, and kept."""

import attrs

from application.kernel.ports import UnitOfWork
from application.paperwork.ports import PaperWork, Printed, Printer
from application.paperwork.views import PaperViews
from domain.kernel.actors import Actor
from domain.paperwork.papers import Paper, PaperKind


@attrs.frozen(kw_only=True)
class Printing:
    views: PaperViews
    printer: Printer
    unit_of_work: UnitOfWork[PaperWork]

    async def __call__(self, actor: Actor, paper: Paper, /) -> Printed:
        known = await self.views.printed(actor, paper.id)
        if known is not None:
            return known
        printed = await self.printer(paper)

        def keep(work: PaperWork) -> None:
            # Nothing is kept of somebody who was forgotten meanwhile.
            if work.papers.get(paper.id).content == paper.content:
                work.files.keep(paper, printed)

        await self.unit_of_work(actor, keep)
        return printed


def filename(paper: Paper) -> str:
    """Says nothing about anybody; the number of a certificate is not for everybody to see."""
    if paper.kind is PaperKind.CERTIFICATE:
        return f"certificate-{paper.content.reference}-{paper.ordinal}.pdf"
    return f"{paper.kind.value.replace('_', '-')}-{paper.number}.pdf"
