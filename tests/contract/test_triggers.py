"""Calls that are escalated by themselves: for each reason once, however often it is told."""

from datetime import timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from application.calls.pull_triggers import PullTriggers, PullTriggersHandler
from application.kernel.retry_stale import RetryStale
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import Cause, EscalationState
from domain.calls.status import CallStatus
from domain.calls.transcript import Said, numbered
from domain.calls.triggers import Trigger, Triggers
from domain.calls.utterances import Speaker
from domain.kernel.identifiers import ActorId, CallId
from tests.contract.crowds import race
from tests.contract.people_at_work import PeopleAtWork
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW
from tests.unit.escalations import agent

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("crowded")]

RULES = Triggers(sentiment=-0.5, keywords=("manager",), complexity=0.8)
ANGRY, ASKS = "This is a disgrace.", "Your manager, please."
HANDLER = ActorId(UUID(int=77))


@attrs.frozen(kw_only=True)
class Talk:
    """A call that goes on, and what is said in it."""

    storage: Storage
    people: PeopleAtWork
    call_id: CallId

    @classmethod
    async def at(cls, storage: Storage, people: PeopleAtWork) -> "Talk":
        call = Call.initiate(
            CallId(uuid4()),
            Direction.INBOUND,
            Numbers(),
            now=NOW,
            status=CallStatus.IN_PROGRESS,
            handler=Handler(actor_id=HANDLER),
        )
        await storage.work(DESK, lambda work: work.calls.save(call))
        return cls(storage=storage, people=people, call_id=call.id)

    async def says(
        self, text: str, sentiment: int = 0, speaker: Speaker = Speaker.CUSTOMER
    ) -> int:
        """The number of the line."""
        said = Said(speaker=speaker, text=text, begins_at=NOW, sentiment=sentiment)

        def add(work: Work) -> int:
            behind = work.lines.last(self.call_id)
            work.lines.add(self.call_id, numbered(self.call_id, [said], behind=behind))
            return behind + 1

        return await self.storage.work(DESK, add)

    async def heard(self, number: int, first: int | None = None) -> Escalation | None:
        handler = PullTriggersHandler(
            unit_of_work=self.storage.work,
            clock=self.people.clock,
            new_id=uuid4,
            placing=self.people.placing,
            triggers=RULES,
        )
        lines = {"first": number if first is None else first, "last": number}
        return await RetryStale(handler)(PullTriggers(actor=DESK, call_id=self.call_id, **lines))

    async def ends(self) -> None:
        def end(work: Work) -> Call:
            call = work.calls.locked(self.call_id)
            return work.calls.save(attrs.evolve(call, status=CallStatus.COMPLETED))

        await self.storage.work(DESK, end)


async def test_a_reason_escalates_a_call_once_however_often_it_is_told(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    talk = await Talk.at(storage, people)
    number = await talk.says(ASKS)

    told = await race([talk.heard(number) for _ in range(6)])
    escalation, *others = [one for one in told if isinstance(one, Escalation)]
    call = await storage.work(DESK, lambda work: work.calls.get(talk.call_id))

    assert not others
    assert escalation.state is EscalationState.OFFERED
    assert escalation.asked.pulled.trigger is Trigger.KEYWORD
    assert escalation.asked.pulled.keyword == "manager"
    assert (escalation.asked.cause, escalation.asked.requested_by) == (
        Cause.CUSTOMER_REQUEST,
        HANDLER,
    )
    assert call.escalated
    await people.complete(await people.accept(escalation))
    assert await talk.heard(number) is None
    assert await talk.heard(await talk.says("The manager!")) is None


async def test_another_reason_escalates_it_again_once_it_is_with_nobody(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    talk = await Talk.at(storage, people)
    first = await talk.heard(await talk.says(ANGRY, sentiment=-500))
    assert first is not None
    assert first.asked.cause is Cause.COMPLAINT
    both = await talk.says(ASKS, sentiment=-900)
    assert await talk.heard(both) is None  # it is escalated already

    await people.complete(await people.accept(first))
    again = await talk.heard(both)
    assert again is not None
    assert again.asked.pulled.trigger is Trigger.KEYWORD


async def test_only_customers_are_heard_and_only_in_what_is_told(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    talk = await Talk.at(storage, people)
    theirs = await talk.says(ASKS)
    ours = await talk.says(ASKS, speaker=Speaker.AGENT)
    calm = await talk.says("Thank you.", sentiment=-499)

    assert await talk.heard(calm, first=ours) is None
    assert await talk.heard(calm, first=theirs) is not None


async def test_whoever_finds_nobody_is_not_forgotten(storage: Storage) -> None:
    """Without an agent or a line to stand in, it stays with whoever has the call."""
    people = await PeopleAtWork.at(storage, agent())
    line = await storage.work(DESK, lambda work: work.queues.first_open())
    assert line is not None
    closed = line.change(line.terms, active=False, now=NOW)
    await storage.work(DESK, lambda work: work.queues.save(closed))
    talk = await Talk.at(storage, people)
    number = await talk.says("word " * 16)
    failed = await talk.heard(number)

    assert failed is not None
    assert (failed.state, failed.asked.cause) == (EscalationState.FAILED, Cause.LOW_CONFIDENCE)
    assert await talk.heard(number) is None


async def test_calls_that_are_over_stay_as_they_are(storage: Storage) -> None:
    people = await PeopleAtWork.at(storage)
    talk = await Talk.at(storage, people)
    number = await talk.says(ASKS)
    await talk.ends()
    unknown = attrs.evolve(talk, call_id=CallId(uuid4()))

    assert await talk.heard(number) is None
    assert await unknown.heard(1) is None
    people.clock.passes(timedelta(minutes=1))
    assert await people.keep_time() == 0
