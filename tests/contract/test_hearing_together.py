"""Many facts in one transaction lead where each of them would have led by itself."""

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import select

from adapters.repositories.calls import SqlCallWork
from adapters.repositories.calls_together import SqlIntakeWork
from adapters.schema.calls import call_facts, calls
from adapters.schema.events import event_log
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.hear_line import Listening
from application.calls.intake import HearTogether, Item
from application.calls.telephony_news import Incoming, Told
from application.kernel.tracing import Trace
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from entrypoints.wiring.telephony_accounts import NoLines
from tests.contract.crowds import at_the_doors, race, until_decided
from tests.contract.storages import SqlStorage
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


def items(*tolds: Told) -> list[Item]:
    return [Item(told=one, trace=None) for one in tolds]


def together_on(sql: SqlStorage) -> HearTogether:
    unit_of_work = SqlUnitOfWork(
        database=sql.database, work_on=SqlIntakeWork.on, new_id=uuid4, clock=lambda: NOW
    )
    return HearTogether(unit_of_work=unit_of_work, clock=lambda: NOW, new_id=uuid4)


def alone_on(sql: SqlStorage) -> Callable[[Actor, Told], Awaitable[bool]]:
    unit_of_work = SqlUnitOfWork(
        database=sql.database, work_on=SqlCallWork.on, new_id=uuid4, clock=lambda: NOW
    )
    return Listening(
        unit_of_work=unit_of_work, lines=NoLines(), clock=lambda: NOW, new_id=uuid4
    ).hear


async def rows(sql: SqlStorage, actor: Actor, question: Any) -> Any:
    return await sql.database.read(
        lambda connection: connection.execute(question).all(), of=actor.organization_id
    )


@attrs.frozen
class Known:
    """All that is kept, by the provider's names."""

    calls: object
    facts: object
    events: object

    @classmethod
    async def of(cls, sql: SqlStorage, actor: Actor) -> "Known":
        ours = actor.organization_id
        shown = ("status", "started_at", "answered_at", "ended_at", "seconds", "details", "people")
        asked = (
            select(calls.c.id, calls.c.provider_call, *(calls.c[name] for name in shown)).where(
                calls.c.organization_id == ours
            ),
            select(call_facts.c.provider_call, call_facts.c.key, call_facts.c.at).where(
                call_facts.c.organization_id == ours
            ),
            select(event_log.c.subject, event_log.c.name, event_log.c.occurred_at)
            .where(event_log.c.organization_id == ours)
            .order_by(event_log.c.arrival),
        )
        found, facts, events = [await rows(sql, actor, question) for question in asked]
        names = {row.id: row.provider_call for row in found}
        told: dict[str, list[object]] = {}
        for row in events:
            told.setdefault(names[row.subject], []).append(tuple(row)[1:])
        return cls(
            calls={row.provider_call: tuple(row)[2:] for row in found},
            facts=sorted(tuple(row) for row in facts),
            events=told,
        )


def some(chance: random.Random) -> Sequence[Told]:
    names = [f"CA{number}" for number in range(4)]
    return [
        told(chance.choice(names), chance.choice(STATUSES)) for _ in range(chance.randint(2, 12))
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_all_is_as_if_each_had_come_alone(sql: SqlStorage, seed: int) -> None:
    chance, together, alone = random.Random(seed), together_on(sql), alone_on(sql)
    for _ in range(3):
        batch = some(chance)
        outcomes = await together(DESK, LINE, items(*batch))
        assert outcomes == [await alone(OTHER_DESK, one) for one in batch]

    assert await Known.of(sql, DESK) == await Known.of(sql, OTHER_DESK)


async def test_a_call_has_one_new_version_for_all_that_is_new_of_it(sql: SqlStorage) -> None:
    together = together_on(sql)
    await together(DESK, LINE, items(told("CA1", CallStatus.QUEUED)))

    later = [told("CA1", status) for status in STATUSES[1:4]]
    assert await together(DESK, LINE, items(*later, *later)) == [True] * 3 + [False] * 3

    call = await sql.work(DESK, lambda work: work.calls.named(LINE, "CA1"))
    assert call is not None
    assert (call.version, call.status) == (2, CallStatus.COMPLETED)


async def test_what_nobody_here_knows_is_left_for_whoever_placed_it(sql: SqlStorage) -> None:
    unknown = told("CA9", CallStatus.RINGING, incoming=None)

    outcomes = await together_on(sql)(
        DESK, LINE, items(unknown, told("CA1", CallStatus.RINGING), unknown)
    )

    assert outcomes == [None, True, None]
    assert await sql.work(DESK, lambda work: work.calls.named(LINE, "CA9")) is None


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
    found = await rows(sql, DESK, question)
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
