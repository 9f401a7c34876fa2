"""Ring somebody up."""

from collections.abc import Mapping

import attrs

from application.calls.handlers import handler_of
from application.calls.hearing import take_in
from application.calls.ports import CallWork
from application.calls.telephony import (
    Dial,
    Dialled,
    Telephonies,
    TelephonyRefused,
    TelephonyUnavailable,
)
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.ending import EndReason
from domain.calls.facts import PROVIDER_REASON
from domain.calls.status import CallStatus
from domain.calls.steps import our_fact
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId, CallId


@attrs.frozen(kw_only=True)
class InitiateCall:
    """`calling` is the number that is shown; None is the agent's own, else the primary one."""

    actor: Actor
    called: str = attrs.field(repr=False)
    calling: str | None = attrs.field(default=None, repr=False)
    template: str | None = None
    agent_id: AgentId | None = None
    bot: str | None = None
    metadata: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    root_call_id: CallId | None = None
    once: Once[Call] | None = None


@attrs.frozen(kw_only=True)
class InitiateCallHandler:
    """`wraps_up` is whether people write up what was said before a call is completed."""

    unit_of_work: UnitOfWork[CallWork]
    telephonies: Telephonies
    clock: Clock
    new_id: NewId
    wraps_up: bool

    async def __call__(self, command: InitiateCall, /) -> Call:
        """It is written down before anybody is rung.

        Raises BadPhoneNumber, NotYourAgent, NoTelephony, TelephonyRefused or TelephonyUnavailable.
        """
        line = self.telephonies.of(command.actor.organization_id)
        said = Handler(actor_id=command.actor.id, agent_id=command.agent_id, bot=command.bot)

        def begin(work: CallWork) -> Call:
            handler = handler_of(work, command.actor, said)
            return work.calls.save(_showing(work, self._new(command, handler, line.name)))

        call = await self.unit_of_work(command.actor, begin)
        dial = Dial(
            key=str(call.id),
            call_id=call.id,
            called=command.called,
            calling=call.numbers.caller,
        )
        try:
            dialled = await line.dial(dial)
        except TelephonyUnavailable:
            await self._give_up(command.actor, call.id, EndReason.TELEPHONY_UNAVAILABLE)
            raise
        except TelephonyRefused:
            await self._give_up(command.actor, call.id, EndReason.CARRIER_FAILED)
            raise

        def name(work: CallWork) -> Call:
            """News of the call may have come before the answer, and have named it."""
            return work.calls.save(_named(work.calls.locked(call.id), dialled))

        return await self.unit_of_work(command.actor, name, once=command.once)

    def _new(self, command: InitiateCall, handler: Handler, provider: str) -> Call:
        return Call.initiate(
            CallId(self.new_id()),
            Direction.OUTBOUND,
            Numbers(caller=command.calling, called=command.called),
            now=self.clock(),
            provider=provider,
            handler=handler,
            template=command.template,
            metadata=command.metadata,
            root_call_id=command.root_call_id,
            wraps_up=self.wraps_up and handler.bot is None,
        )

    async def _give_up(self, actor: Actor, call_id: CallId, reason: EndReason) -> None:
        def fail(work: CallWork) -> None:
            call, now = work.calls.locked(call_id), self.clock()
            fact = our_fact(call, "not_dialled", CallStatus.FAILED, now=now)
            because = attrs.evolve(fact, details={PROVIDER_REASON: reason.value})
            take_in(work, call, because, now=now)

        await self.unit_of_work(actor, fail)


def _showing(work: CallWork, call: Call) -> Call:
    """Where the desk has no numbers, it is for the line to say which is shown."""
    if call.numbers.caller is not None:
        return call
    agent_id = None if call.handler is None else call.handler.agent_id
    shown = work.desk_numbers.shown(agent_id)
    return attrs.evolve(call, numbers=attrs.evolve(call.numbers, caller=shown))


def _named(call: Call, dialled: Dialled) -> Call:
    calling = call.numbers.caller or dialled.calling
    return attrs.evolve(
        call,
        provider_call=dialled.provider_call,
        numbers=attrs.evolve(call.numbers, caller=calling),
    )
