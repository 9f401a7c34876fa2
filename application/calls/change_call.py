"""What the desk keeps with a call, writing it up, and taking it out of the lists."""

from collections.abc import Mapping

import attrs

from application.calls.on_the_line import CallStep
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.call import Call
from domain.calls.steps import delete, update, wrap_up


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
    """It is written up."""


@attrs.frozen(kw_only=True)
class WrapUpCallHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock

    async def __call__(self, command: WrapUpCall, /) -> Call:
        def decide(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            return work.calls.save(wrap_up(call, now=self.clock()))

        return await self.unit_of_work(command.actor, decide, once=command.once)
