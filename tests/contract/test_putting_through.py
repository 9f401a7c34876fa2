"""Whoever has accepted a caller is rung, and both are put through, if there is a line that can."""

from uuid import uuid4

import attrs
import pytest

from application.calls.advance_escalation import (
    Advance,
    AdvanceEscalation,
    AdvanceEscalationHandler,
)
from application.calls.put_through import PutThrough, PutThroughHandler
from application.calls.telephony import TelephonyUnavailable, Transfer
from application.kernel.retry_stale import RetryStale
from domain.calls.agents import AgentPresence
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EscalationKind, EscalationState, OwnerKind
from domain.calls.ownership import owner_of
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId
from tests.contract.people_at_work import PeopleAtWork
from tests.contract.storages import Storage
from tests.fakes.telephony import FakeLine
from tests.samples import DESK, NOW
from tests.unit.escalations import asked, free

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

ANA = "+351210000000"
State = EscalationState
HERS = Handler(actor_id=free().details.acts_as, agent_id=free().id)


class Killed(BaseException):
    """As a process is: whoever catches everything does not catch this."""


@attrs.define
class MortalLine(FakeLine):
    """`dies` is when whoever asks it to ring somebody is killed: before it has, or after."""

    dies: str | None = None

    async def transfer(self, provider_call: str, transfer: Transfer) -> None:
        if self.dies == "before":
            raise Killed
        await super().transfer(provider_call, transfer)
        if self.dies == "after":
            raise Killed


@attrs.frozen(kw_only=True)
class Switchboard:
    people: PeopleAtWork
    line: MortalLine

    @classmethod
    async def at(cls, storage: Storage, extension: str = ANA) -> "Switchboard":
        agent = free()
        reached = attrs.evolve(agent, details=attrs.evolve(agent.details, extension=extension))
        return cls(people=await PeopleAtWork.at(storage, reached), line=MortalLine())

    async def accepted(
        self, kind: EscalationKind = EscalationKind.WARM, provider: str | None = "fake"
    ) -> Escalation:
        call = Call.initiate(
            CallId(uuid4()),
            Direction.INBOUND,
            Numbers(),
            now=NOW,
            status=CallStatus.IN_PROGRESS,
            provider=provider,
            provider_call=provider and "line-1",
        )
        await self.people.storage.work(DESK, lambda work: work.calls.save(call))
        what = attrs.evolve(asked(kind=kind), call_id=call.id)
        return await self.people.accept(await self.people.escalate(1, what))

    async def call_of(self, escalation: Escalation) -> Call:
        call_id = escalation.asked.call_id
        return await self.people.storage.work(DESK, lambda work: work.calls.get(call_id))

    async def bridge(self, escalation: Escalation) -> Escalation:
        handler = AdvanceEscalationHandler(
            unit_of_work=self.people.storage.work, clock=self.people.clock
        )
        return await RetryStale(handler)(
            AdvanceEscalation(
                actor=DESK, escalation_id=escalation.id, version=None, by=Advance.BRIDGE
            )
        )

    async def put_through(self, escalation: Escalation) -> bool:
        handler = PutThroughHandler(
            unit_of_work=self.people.storage.work,
            telephonies=self.line,
            clock=self.people.clock,
            placing=self.people.placing,
        )
        assert escalation.agent_id is not None
        return await RetryStale(handler)(
            PutThrough(actor=DESK, escalation_id=escalation.id, agent_id=escalation.agent_id)
        )


@pytest.mark.parametrize(
    ("kind", "asked_for", "state"),
    [
        (EscalationKind.WARM, "warm", State.BRIEFING),
        (EscalationKind.COLD, "cold", State.BRIDGED),
        (EscalationKind.SUPERVISOR, "warm", State.BRIDGED),
    ],
)
async def test_the_agent_is_rung_and_put_through_once(
    storage: Storage, kind: EscalationKind, asked_for: str, state: EscalationState
) -> None:
    desk = await Switchboard.at(storage)
    accepted = await desk.accepted(kind)

    assert await desk.put_through(accepted)
    assert (await desk.people.now(accepted)).state is state
    assert not await desk.put_through(accepted)
    assert desk.line.asked == [("transfer", "line-1", ANA, asked_for)]
    call = await desk.call_of(accepted)
    assert call.handler == (HERS if kind is EscalationKind.COLD else None)
    assert [(leg.name, leg.status) for leg in call.legs] == [
        (str(accepted.id), CallStatus.RINGING)
    ]


async def test_the_call_is_the_agents_once_both_talk(storage: Storage) -> None:
    desk = await Switchboard.at(storage)
    accepted = await desk.accepted()
    await desk.put_through(accepted)
    before = (await desk.call_of(accepted)).handler
    await desk.bridge(accepted)

    assert (before, (await desk.call_of(accepted)).handler) == (None, HERS)
    assert (await storage.events()).count("call_transferred") == 1


@pytest.mark.parametrize("dies", ["before", "after"])
async def test_who_is_killed_between_two_steps_rings_nobody_twice(
    storage: Storage, dies: str
) -> None:
    desk = await Switchboard.at(storage)
    accepted = await desk.accepted(EscalationKind.COLD)
    desk.line.dies = dies
    with pytest.raises(Killed):
        await desk.put_through(accepted)
    desk.line.dies = None

    assert (await desk.people.now(accepted)).state is State.ACCEPTED
    assert (await desk.call_of(accepted)).handler is None
    assert await desk.put_through(accepted)
    assert desk.line.asked == [("transfer", "line-1", ANA, "cold")]
    assert (await desk.call_of(accepted)).handler == HERS
    assert (await storage.events()).count("call_transferred") == 1


async def test_if_the_line_will_not_the_caller_is_back_and_the_agent_free(
    storage: Storage,
) -> None:
    desk = await Switchboard.at(storage)
    accepted = await desk.accepted()
    desk.line.down = TelephonyUnavailable()

    assert not await desk.put_through(accepted)
    failed = await desk.people.now(accepted)
    owner = owner_of(failed)
    (leg,) = (await desk.call_of(accepted)).legs
    assert leg.status is CallStatus.FAILED
    assert (failed.state, failed.ended_because) == (State.FAILED, "transfer_failed")
    assert (owner and owner.kind) is OwnerKind.REQUESTER
    assert (await desk.people.agent(free().id)).presence is AgentPresence.AVAILABLE


@pytest.mark.parametrize(
    ("provider", "extension"), [(None, ANA), ("reported", ANA), ("fake", "12")]
)
async def test_who_cannot_be_rung_is_put_through_by_hand(
    storage: Storage, provider: str | None, extension: str
) -> None:
    desk = await Switchboard.at(storage, extension)
    accepted = await desk.accepted(provider=provider)

    assert not await desk.put_through(accepted)
    assert desk.line.asked == []
    assert (await desk.people.now(accepted)).state is State.ACCEPTED
