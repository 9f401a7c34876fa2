"""Forget whose papers they were; what was invoiced stays."""

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.paperwork.ports import PaperWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class ErasePapers:
    actor: Actor
    booking_id: BookingId


@attrs.frozen(kw_only=True)
class ErasePapersHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock

    async def __call__(self, command: ErasePapers, /) -> int:
        """How many there were."""

        def erase(work: PaperWork) -> int:
            named = [one for one in work.papers.of_booking(command.booking_id) if not one.nobodys]
            for paper in named:
                work.papers.save(paper.erased(now=self.clock()))
            # Also of those that nobody can read any more because their key is gone.
            for paper in work.papers.of_booking(command.booking_id):
                work.files.forget(paper)
            return len(named)

        return await self.unit_of_work(command.actor, erase)
