"""Whoever has accepted a caller is rung, and both are put through, if there is a line that can."""

from uuid import uuid4

import attrs
import pytest

from application.calls.put_through import PutThrough, PutThroughHandler
from application.calls.telephony import TelephonyUnavailable
from application.kernel.retry_stale import RetryStale
from domain.calls.agents import Presence
from domain.calls.call import Call, Direction, Numbers
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


@attrs.frozen(kw_only=True)
class Switchboard:
    people: PeopleAtWork
    line: FakeLine

    @classmethod
    async def at(cls, storage: Storage, extension: str = ANA) -> "Switchboard":
        agent = free()
        reached = attrs.evolve(agent, details=attrs.evolve(agent.details, extension=extension))
        return cls(people=await PeopleAtWork.at(storage, reached), line=FakeLine())

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


async def test_if_the_line_will_not_the_caller_is_back_and_the_agent_free(
    storage: Storage,
) -> None:
    desk = await Switchboard.at(storage)
    accepted = await desk.accepted()
    desk.line.down = TelephonyUnavailable()

    assert not await desk.put_through(accepted)
    failed = await desk.people.now(accepted)
    owner = owner_of(failed)
    assert (failed.state, failed.ended_because) == (State.FAILED, "transfer_failed")
    assert (owner and owner.kind) is OwnerKind.REQUESTER
    assert (await desk.people.agent(free().id)).presence is Presence.AVAILABLE


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
