"""What the desk keeps with a call, writing it up, and taking it out of the lists."""

from collections.abc import Mapping

import attrs

from application.calls.disposition_ports import DispositionWork
from application.calls.on_the_line import CallStep
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.call import Call
from domain.calls.dispositions import DispositionRequired
from domain.calls.steps import delete, update, wrap_up
from domain.kernel.identifiers import DispositionId


@attrs.frozen(kw_only=True)
class ChangeCall(CallStep):
    template: str | None
    metadata: Mapping[str, str] = attrs.field(repr=False)
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeCallHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock

    async def __call__(self, command: ChangeCall, /) -> Call:
        def change(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            require_version(call.version, command.version)
            changed = update(
                call, template=command.template, metadata=command.metadata, now=self.clock()
            )
            return call if changed is call else work.calls.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)


@attrs.frozen(kw_only=True)
class DeleteCall(CallStep):
    version: int | None


@attrs.frozen(kw_only=True)
class DeleteCallHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock

    async def __call__(self, command: DeleteCall, /) -> Call:
        def take_out(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            require_version(call.version, command.version)
            return work.calls.save(delete(call, now=self.clock()))

        return await self.unit_of_work(command.actor, take_out, once=command.once)


@attrs.frozen(kw_only=True)
class WrapUpCall(CallStep):
    """It is written up; None leaves what was said when hanging up."""

    disposition_id: DispositionId | None = None


@attrs.frozen(kw_only=True)
class WrapUpCallHandler:
    """`asks_what_came_of_it` is whether no call is written up without a disposition."""

    unit_of_work: UnitOfWork[DispositionWork]
    clock: Clock
    asks_what_came_of_it: bool

    async def __call__(self, command: WrapUpCall, /) -> Call:
        """Raises CallNotFound, CallStateForbids, or what is wrong with the disposition."""

        def decide(work: DispositionWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            id = command.disposition_id
            if id is not None:
                work.dispositions.get(id).must_be_active()
            wrapped = wrap_up(call, disposition_id=id, now=self.clock())
            if self.asks_what_came_of_it and wrapped.disposition_id is None:
                raise DispositionRequired(call.id)
            return work.calls.save(wrapped)

        return await self.unit_of_work(command.actor, decide, once=command.once)
