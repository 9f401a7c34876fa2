"""Things done in a call: by whoever may handle it, and while it is up."""

from typing import Any, Generic, TypeVar

import attrs

from application.calls.ports import CallWork
from application.calls.seeing import must_be_theirs
from application.kernel.permitted import HasActor
from application.kernel.ports import UnitOfWork, UseCase
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import CallId
from domain.kernel.refusals import Refusal

Command = TypeVar("Command", bound=HasActor)
Result = TypeVar("Result")


@attrs.frozen
class InCall(Generic[Command, Result]):
    """It is asked once, before: what takes several steps is not left half done by a hang-up."""

    use_case: UseCase[Command, Result]
    unit_of_work: UnitOfWork[CallWork]

    async def __call__(self, command: Command, /) -> Result:
        """Raises CallNotFound, CallOver or NotPermitted where the actor acts in a call."""
        if command.actor.call_id is not None:
            await self._must_be_up(command, command.actor.call_id)
        return await self.use_case(command)

    async def _must_be_up(self, command: Command, call_id: CallId) -> None:
        try:
            await self.unit_of_work(
                command.actor, lambda work: _must_be_up(work, command.actor, call_id)
            )
        except Refusal as refusal:
            await self._refuse(command, refusal)

    async def _refuse(self, command: Command, refusal: Refusal) -> None:
        """Raises it, or Replayed: what was done before the call ended is no more refused."""

        def refuse(_: CallWork) -> Any:
            raise refusal

        await self.unit_of_work(command.actor, refuse, once=getattr(command, "once", None))


@attrs.frozen
class CallsAreUp:
    """For what is only looked at in a call."""

    unit_of_work: UnitOfWork[CallWork]

    async def __call__(self, actor: Actor, /) -> None:
        """Raises CallNotFound, CallOver or NotPermitted where the actor acts in a call."""
        call_id = actor.call_id
        if call_id is not None:
            await self.unit_of_work(actor, lambda work: _must_be_up(work, actor, call_id))


def _must_be_up(work: CallWork, actor: Actor, call_id: CallId) -> None:
    """And theirs to handle. Raises CallNotFound, CallOver or NotPermitted."""
    actor.must_have_one(Permission.WRITE_CALLS, Permission.HANDLE_OWN_CALLS)
    call = work.calls.get(call_id)
    must_be_theirs(call, actor)
    call.must_not_be_over()
