"""Steps that happen at the provider and here: never while a transaction is open."""

from collections.abc import Awaitable, Callable

import attrs

from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.calls.telephony import Telephonies, Telephony
from application.kernel.once import Once
from application.kernel.ports import Clock, Stale, UnitOfWork
from domain.calls.call import Call
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.refusals import Refusal

Step = Callable[[Call], Call]
Ask = Callable[[Telephony, str], Awaitable[None]]


@attrs.frozen(kw_only=True)
class CallStep:
    """Somebody does something to a call."""

    actor: Actor
    call_id: CallId
    once: Once[Call] | None = None


class NotDoneYet(Stale):
    """Leads to the answer that was given before, if there is one."""


@attrs.frozen(kw_only=True)
class OnTheLine:
    """Calls that were reported by hand have no line to ask."""

    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    clock: Clock

    async def __call__(self, command: CallStep, step: Step, ask: Ask, /) -> Call:
        """What is refused is not asked for. Raises what the step or the line says."""

        def line(work: CallWork) -> str | None:
            call = theirs(work, command.actor, command.call_id)
            try:
                step(call)
            except Refusal:
                return None  # perhaps because it has been done before: said by the decision
            return self.line_of(call)

        def decide(work: CallWork) -> Call:
            return work.calls.save(step(theirs(work, command.actor, command.call_id)))

        provider_call = await self.unit_of_work(command.actor, line)
        if provider_call is not None:
            await self._must_be_new(command)
            await ask(self.telephonies.of(command.actor.organization_id), provider_call)
        return await self.unit_of_work(command.actor, decide, once=command.once)

    async def _must_be_new(self, command: CallStep) -> None:
        """Raises Replayed: nobody is rung or spoken to twice for one request."""
        if command.once is None:
            return

        def refuse(_: CallWork) -> Call:
            raise NotDoneYet

        try:
            await self.unit_of_work(command.actor, refuse, once=command.once)
        except NotDoneYet:
            return

    @staticmethod
    def line_of(call: Call) -> str | None:
        return None if call.provider in (None, REPORTED) else call.provider_call


REPORTED = "reported"
"""The provider of calls that somebody else carries, who tells us of them."""
