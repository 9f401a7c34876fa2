"""The relay: every subscriber hears every event in order, and what it does has effect once."""

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import Connection, Engine, select

from adapters.repositories.event_relay import SqlEventRelay
from adapters.schema.events import dead_letters
from adapters.sql.database import Begin, Database
from application.kernel.ports import Stale
from application.kernel.subscribers import RecordedEvent, SubscriberWork
from domain.kernel.identifiers import OrganizationId
from tests.contract.crowds import at_the_doors, race, until_decided
from tests.contract.relays import (
    CONFIRMED,
    Notes,
    about,
    behind,
    deliver,
    number_all,
    numbered,
    relay_on,
    until_quiet,
)
from tests.contract.storages import SqlStorage
from tests.fakes.time import Time
from tests.samples import DESK, NOW, OTHER_DESK, SECOND, held

pytestmark = pytest.mark.anyio

Result = TypeVar("Result")

ATTEMPTS = 8


class PowerCut(Exception):
    """Everything stops, right before the commit."""


@attrs.frozen
class FailingDatabase(Database):
    """Does all the work, and then the lights go out."""

    database: Database

    async def write(
        self, work: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        def run(connection: Connection) -> Result:
            work(connection)
            raise PowerCut

        return await self.database.write(run, of=of)

    @property
    def engine(self) -> Engine:
        return self.database.engine

    async def check(self) -> None:
        await self.database.check()

    async def close(self) -> None:
        await self.database.close()

    async def decide(
        self, work: Callable[[Connection, Begin], Result], /, *, of: OrganizationId
    ) -> Result:
        raise NotImplementedError

    async def read(
        self, question: Callable[[Connection], Result], /, *, of: OrganizationId
    ) -> Result:
        return await self.database.read(question, of=of)


async def buried(sql: SqlStorage) -> list[tuple[str, str]]:
    question = select(dead_letters).where(dead_letters.c.organization_id == DESK.organization_id)
    rows = await sql.database.read(
        lambda connection: connection.execute(question).all(), of=DESK.organization_id
    )
    assert len({row.event_id for row in rows}) == len(rows)
    return [(row.subscriber, row.error) for row in rows]


async def test_a_subscriber_hears_everything_in_order_and_once(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    await numbered(sql, 5)
    assert await behind(relay, notes) == [DESK.organization_id]

    assert await deliver(relay, notes, limit=3) == 3
    assert await behind(relay, notes) == [DESK.organization_id]
    assert await deliver(relay, notes) == 2
    assert await deliver(relay, notes) == 0

    assert notes.heard == [1, 2, 3, 4, 5]
    assert await sql.jobs() == ["001", "002", "003", "004", "005"]
    assert await behind(relay, notes) == []


async def test_each_subscriber_has_a_cursor_of_its_own(sql: SqlStorage) -> None:
    relay, notes, others = relay_on(sql.database), Notes(), Notes(name="others")
    await numbered(sql, 2)
    await deliver(relay, notes)
    await numbered(sql, 1)

    await deliver(relay, others)
    await deliver(relay, notes)

    assert notes.heard == others.heard == [1, 2, 3]


async def test_the_cursor_passes_what_is_not_for_the_subscriber(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    await sql.work(DESK, lambda work: work.bookings.save(held()))
    await numbered(sql, 1)

    assert await deliver(relay, notes) == 2
    assert notes.heard == [2]
    assert await behind(relay, notes) == []


async def test_organizations_are_delivered_apart(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    await sql.work(OTHER_DESK, lambda work: work.facts.publish([about(held().id)]))
    await number_all(relay, OTHER_DESK.organization_id)
    await numbered(sql, 1)

    await deliver(relay, notes)

    assert await behind(relay, notes) == [OTHER_DESK.organization_id]
    assert await sql.jobs() == ["001"]
    assert await sql.jobs(OTHER_DESK) == []


async def test_the_cursor_never_moves_without_the_effect(sql: SqlStorage) -> None:
    notes = Notes()
    await numbered(sql, 2)
    failing = SqlEventRelay(
        database=FailingDatabase(sql.database), clock=lambda: NOW, new_id=uuid4
    )

    with pytest.raises(PowerCut):
        await deliver(failing, notes)
    assert notes.heard == [1, 2]
    assert await sql.jobs() == []

    assert await deliver(relay_on(sql.database), notes) == 2
    assert notes.heard == [1, 2, 1, 2]
    assert await sql.jobs() == ["001", "002"]


async def test_two_relays_at_once_have_one_effect(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    await numbered(sql, 12)

    async def work_it_off() -> int:
        moved = 0
        while step := await until_decided(lambda: deliver(relay, notes, limit=2)):
            moved += step
        return moved

    await at_the_doors(sql.database)
    outcomes = await race([work_it_off() for _ in range(4)])

    assert sum(moved for moved in outcomes if isinstance(moved, int)) == 12
    assert await sql.jobs() == [f"{number:03}" for number in range(1, 13)]


async def test_a_failing_subscriber_is_undone_and_tried_again_later(sql: SqlStorage) -> None:
    time, notes = Time(NOW), Notes(fails_at={3})
    relay = relay_on(sql.database, time)
    await numbered(sql, 5)

    assert await deliver(relay, notes) == 2
    assert await sql.jobs() == ["001", "002"]
    assert await behind(relay, notes) == []

    time.passes(SECOND)
    assert await behind(relay, notes) == [DESK.organization_id]
    assert await deliver(relay, notes) == 0
    time.passes(SECOND)
    assert await behind(relay, notes) == []
    time.passes(SECOND)
    assert await behind(relay, notes) == [DESK.organization_id]

    notes.fails_at.clear()
    assert await deliver(relay, notes) == 3
    assert notes.heard == [1, 2, 3, 3, 3, 4, 5]
    assert await sql.jobs() == ["001", "002", "003", "004", "005"]
    assert await buried(sql) == []


@pytest.mark.parametrize("broken", [{1}, {2, 3}, {2, 4}, {5}, {1, 2, 3, 4, 5}])
async def test_what_fails_for_good_is_put_aside_and_the_rest_goes_on(
    sql: SqlStorage, broken: set[int]
) -> None:
    time, notes = Time(NOW), Notes(fails_at=set(broken))
    relay = relay_on(sql.database, time)
    await numbered(sql, 5)

    await until_quiet(relay, notes, time)

    assert await sql.jobs() == [f"{n:03}" for n in range(1, 6) if n not in broken]
    assert await buried(sql) == [("notes", "Broken")] * len(broken)
    for position in range(1, 6):
        assert notes.heard.count(position) == (ATTEMPTS if position in broken else 1)
    assert await behind(relay, notes) == []


async def test_waiting_grows_from_attempt_to_attempt(sql: SqlStorage) -> None:
    time, notes = Time(NOW), Notes(fails_at={1})
    relay = relay_on(sql.database, time)
    await numbered(sql, 1)

    waits = []
    for _ in range(ATTEMPTS - 1):
        await deliver(relay, notes)
        begin = time.now
        while not await behind(relay, notes):
            time.passes(SECOND)
        waits.append((time.now - begin) // SECOND)

    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert await deliver(relay, notes) == 1
    assert len(await buried(sql)) == 1


async def test_a_subscriber_that_is_overtaken_is_no_failure(sql: SqlStorage) -> None:
    @attrs.define
    class Overtaken(Notes):
        def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
            super().__call__(event, work)
            if len(self.heard) < 3:
                raise Stale

    relay, notes = relay_on(sql.database), Overtaken(hears=CONFIRMED)
    await numbered(sql, 1)

    assert await until_decided(lambda: deliver(relay, notes)) == 1
    assert notes.heard == [1, 1, 1]
    assert await sql.jobs() == ["001"]
    assert await buried(sql) == []
