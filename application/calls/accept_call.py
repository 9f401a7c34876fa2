"""Take a call: it is theirs from now on."""

import attrs

from application.calls.handlers import handler_of
from application.calls.on_the_line import CallStep
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.call import Call, Handler
from domain.calls.steps import accept
from domain.kernel.identifiers import AgentId


@attrs.frozen(kw_only=True)
class AcceptCall(CallStep):
    """By whoever asks, as the agent they act as; `bot` says which machine it is, if it is one."""

    agent_id: AgentId | None = None
    bot: str | None = None


@attrs.frozen(kw_only=True)
class AcceptCallHandler:
    """`wraps_up` is whether people write up what was said before a call is completed."""

    unit_of_work: UnitOfWork[CallWork]
    clock: Clock
    wraps_up: bool

    async def __call__(self, command: AcceptCall, /) -> Call:
        said = Handler(actor_id=command.actor.id, agent_id=command.agent_id, bot=command.bot)

        def decide(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            handler = handler_of(work, command.actor, said)
            wraps_up = self.wraps_up and handler.bot is None
            accepted = accept(call, handler, wraps_up=wraps_up, now=self.clock())
            return call if accepted is call else work.calls.save(accepted)

        return await self.unit_of_work(command.actor, decide, once=command.once)
