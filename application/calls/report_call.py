"""Take note of a call that somebody else carries, and of how it goes on."""

from collections.abc import Mapping
from typing import Any

import attrs

from application.calls.hearing import as_its_number_says, take_in
from application.calls.on_the_line import REPORTED, CallStep
from application.calls.ports import CallWork
from application.calls.seeing import theirs
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.call import Call, Direction, Numbers
from domain.calls.facts import Heard
from domain.calls.refusals import CallCarriedByUs
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId

BEGUN = "begun"


@attrs.frozen(kw_only=True)
class ReportCall:
    """`name` is what it is called where it is carried: reported again, it is the same call."""

    actor: Actor
    name: str
    direction: Direction
    numbers: Numbers
    status: CallStatus
    template: str | None = None
    metadata: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    once: Once[Call] | None = None


@attrs.frozen(kw_only=True)
class ReportCallHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: ReportCall, /) -> Call:
        def decide(work: CallWork) -> Call:
            known = work.calls.named(REPORTED, command.name)
            return known if known is not None else self._new(work, command)

        return await self.unit_of_work(command.actor, decide, once=command.once)

    def _new(self, work: CallWork, command: ReportCall) -> Call:
        now = self.clock()
        call = Call.initiate(
            CallId(self.new_id()),
            command.direction,
            command.numbers,
            now=now,
            provider=REPORTED,
            provider_call=command.name,
            metadata=command.metadata,
            **_members(work, command),
        )
        fact = Heard(
            provider=REPORTED,
            provider_call=command.name,
            event=BEGUN,
            status=command.status,
            at=now,
        )
        return take_in(work, work.calls.save(call), fact, now=now)


def _members(work: CallWork, command: ReportCall) -> Mapping[str, Any]:
    """What is said of the call itself goes before what its number says."""
    comes_in = command.direction is Direction.INBOUND
    rung = as_its_number_says(work, command.numbers) if comes_in else {}
    return {**rung, "template": command.template or rung.get("template")}


@attrs.frozen(kw_only=True)
class ReportNews(CallStep):
    """How a call that was reported goes on; of the same `event` and `sequence` it is one."""

    event: str
    sequence: int | None = None
    status: CallStatus | None
    details: Mapping[str, str] = attrs.field(factory=dict, repr=False)


@attrs.frozen(kw_only=True)
class ReportNewsHandler:
    unit_of_work: UnitOfWork[CallWork]
    clock: Clock

    async def __call__(self, command: ReportNews, /) -> Call:
        """Raises CallNotFound or CallCarriedByUs."""

        def decide(work: CallWork) -> Call:
            call = theirs(work, command.actor, command.call_id)
            if call.provider != REPORTED or call.provider_call is None:
                raise CallCarriedByUs(call.id)
            now = self.clock()
            fact = Heard(
                provider=REPORTED,
                provider_call=call.provider_call,
                event=command.event,
                sequence=command.sequence,
                status=command.status,
                at=now,
                details=command.details,
            )
            return take_in(work, call, fact, now=now)

        return await self.unit_of_work(command.actor, decide, once=command.once)
