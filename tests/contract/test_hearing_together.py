"""Many facts in one transaction lead where each of them would have led by itself."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import attrs
import pytest
from sqlalchemy import select

from adapters.schema.events import event_log
from application.calls.hear_line import Listening
from application.calls.intake import HearTogether, Item, Key, TakenIn
from application.calls.telephony_news import Incoming, Told
from application.kernel.ports import Stale
from application.kernel.tracing import Trace
from domain.calls.call import Call, Direction, Numbers
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from entrypoints.wiring.telephony_accounts import NoLines
from tests.contract.crowds import at_the_doors, race, until_decided
from tests.contract.storages import SqlStorage, Storage, Work
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_calls import LINE

pytestmark = pytest.mark.anyio

STATUSES = (
    CallStatus.QUEUED,
    CallStatus.RINGING,
    CallStatus.IN_PROGRESS,
    CallStatus.COMPLETED,
    CallStatus.BUSY,
)
RINGS = Incoming(caller="+351210000001", called="+351210000002")
NAMES = [f"CA{number}" for number in range(10)]


def told(call: str, status: CallStatus, *, incoming: Incoming | None = RINGS) -> Told:
    sequence = STATUSES.index(status)
    fact = Heard(
        provider=LINE,
        provider_call=call,
        event=status.value,
        sequence=sequence,
        status=status,
        at=NOW + timedelta(seconds=sequence),
    )
    return Told(fact=fact, incoming=incoming)


KEYS = {(name, told(name, status).fact.key) for name in NAMES for status in STATUSES}


def items(*tolds: Told) -> list[Item]:
    return [Item(told=one, trace=None) for one in tolds]


def together_on(storage: Storage) -> HearTogether:
    return HearTogether(unit_of_work=storage.work, clock=lambda: NOW, new_id=uuid4)


def alone_on(storage: Storage) -> Callable[[Actor, Told], Awaitable[bool]]:
    return Listening(
        unit_of_work=storage.work, lines=NoLines(), clock=lambda: NOW, new_id=uuid4
    ).hear


async def named(storage: Storage, actor: Actor = DESK) -> Mapping[str, Call]:
    return await storage.work(actor, lambda work: work.together.named(LINE, NAMES))


@attrs.frozen
class Known:
    """All that is kept, by the provider's names."""

    calls: Mapping[str, Call]
    facts: AbstractSet[Key]
    events: Sequence[str]

    @classmethod
    async def of(cls, storage: Storage, actor: Actor) -> "Known":
        alike = {
            name: attrs.evolve(call, id=CallId(UUID(int=0)), version=0)
            for name, call in (await named(storage, actor)).items()
        }
        facts = await storage.work(actor, lambda work: work.together.heard(LINE, KEYS))
        return cls(calls=alike, facts=facts, events=await storage.events(actor))


def some(chance: random.Random) -> Sequence[Told]:
    return [
        told(chance.choice(NAMES[:4]), chance.choice(STATUSES))
        for _ in range(chance.randint(2, 12))
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_all_is_as_if_each_had_come_alone(storage: Storage, seed: int) -> None:
    chance, together, alone = random.Random(seed), together_on(storage), alone_on(storage)
    for _ in range(3):
        batch = some(chance)
        outcomes = await together(DESK, LINE, items(*batch))
        assert outcomes == [await alone(OTHER_DESK, one) for one in batch]

    assert await Known.of(storage, DESK) == await Known.of(storage, OTHER_DESK)


async def test_a_call_has_one_new_version_for_all_that_is_new_of_it(storage: Storage) -> None:
    together = together_on(storage)
    await together(DESK, LINE, items(told("CA1", CallStatus.QUEUED)))

    later = [told("CA1", status) for status in STATUSES[1:4]]
    assert await together(DESK, LINE, items(*later, *later)) == [True] * 3 + [False] * 3

    call = await storage.work(DESK, lambda work: work.calls.named(LINE, "CA1"))
    assert call is not None
    assert (call.version, call.status) == (2, CallStatus.COMPLETED)


async def test_what_nobody_here_knows_is_left_for_whoever_placed_it(storage: Storage) -> None:
    unknown = told("CA9", CallStatus.RINGING, incoming=None)

    outcomes = await together_on(storage)(
        DESK, LINE, items(unknown, told("CA1", CallStatus.RINGING), unknown)
    )

    assert outcomes == [None, True, None]
    assert await storage.work(DESK, lambda work: work.calls.named(LINE, "CA9")) is None


async def test_who_was_faster_with_a_call_or_a_fact_is_not_written_over(storage: Storage) -> None:
    await together_on(storage)(DESK, LINE, items(told("CA1", CallStatus.RINGING)))
    before = await Known.of(storage, DESK)
    there, new = (await named(storage))["CA1"], heard_of("CA2")
    again = told("CA1", CallStatus.RINGING).fact

    for taken in (
        TakenIn(calls=[new, heard_of("CA1")], events=[], facts=[]),
        TakenIn(calls=[new], events=[(None, new.events)], facts=[(there, again)]),
    ):

        def keep(work: Work, taken: TakenIn = taken) -> None:
            work.together.keep(taken, now=NOW)

        with pytest.raises(Stale):
            await storage.work(DESK, keep)
        assert await Known.of(storage, DESK) == before


def heard_of(name: str) -> Call:
    return Call.initiate(
        CallId(uuid4()),
        Direction.INBOUND,
        Numbers(caller=None, called=None),
        now=NOW,
        provider=LINE,
        provider_call=name,
    )


async def test_each_is_in_the_trace_that_it_came_with(sql: SqlStorage) -> None:
    traces = [
        Trace(trace_id=f"{number:032x}", span_id="1" * 16, sampled=True) for number in (1, 2)
    ]
    rings, answered = told("CA1", CallStatus.RINGING), told("CA1", CallStatus.IN_PROGRESS)

    await together_on(sql)(
        DESK,
        LINE,
        [Item(told=one, trace=of) for one, of in zip((rings, answered), traces, strict=True)],
    )

    question = select(event_log.c.name, event_log.c.trace).where(
        event_log.c.organization_id == DESK.organization_id
    )
    found = await sql.database.read(
        lambda connection: connection.execute(question).all(), of=DESK.organization_id
    )
    assert {row.name: row.trace for row in found} == {
        "call_initiated": str(traces[0]),
        "call_progressed": str(traces[0]),
        "call_answered": str(traces[1]),
    }


async def test_two_that_hear_of_the_same_calls_store_each_fact_once(sql: SqlStorage) -> None:
    together, chance = together_on(sql), random.Random(5)
    news = [told(f"CA{number}", status) for number in range(6) for status in STATUSES[:4]]

    async def hear(_: int) -> int:
        mine = list(news)
        chance.shuffle(mine)
        new = 0
        for first in range(0, len(mine), 8):
            group = items(*mine[first : first + 8])
            outcomes = await until_decided(partial(together, DESK, LINE, group))
            new += outcomes.count(True)
        return new

    await at_the_doors(sql.database)
    outcomes = await race([hear(number) for number in range(3)])

    assert sum(one for one in outcomes if isinstance(one, int)) == len(news), outcomes
    known = await Known.of(sql, DESK)
    for one in news:
        await alone_on(sql)(OTHER_DESK, one)
    assert known.facts == (await Known.of(sql, OTHER_DESK)).facts
