"""Record that the customer says yes to something that is to be done for them."""

import attrs

from application.calls.on_the_line import CallStep
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.call import Call
from domain.calls.steps import agree
from domain.calls.yeses import Agreed, Yes
from domain.kernel.identifiers import BookingId


@attrs.frozen(kw_only=True)
class RecordYes(CallStep):
    action: Agreed
    booking_id: BookingId
    wording: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class RecordYesHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock

    async def __call__(self, command: RecordYes, /) -> Call:
        """Raises CallNotFound, CallOver or CallStateForbids."""

        def record(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            yes = Yes(
                action=command.action,
                booking_id=command.booking_id,
                wording=command.wording,
                by=command.actor.id,
                at=self.clock(),
            )
            return work.calls.save(agree(call, yes))

        return await self.unit_of_work(command.actor, record, once=command.once)
