"""Low, full, available again: told once for each time it becomes so."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import event

from adapters.repositories.event_relay import SqlEventRelay
from application.inventory.live_ports import LevelWork
from application.inventory.subscribers import TellLevels
from application.kernel.subscribers import RecordedEvent, Subscriber
from domain.bookings.waiting_events import WaitingWithdrawn
from domain.inventory.events import PoolsOpened, ResourceChanged
from domain.inventory.levels import Reading, level_of
from domain.inventory.pools import USUALLY_FEW, Few, Pool
from domain.kernel.claims import Claim
from domain.kernel.events import Event
from domain.kernel.identifiers import HoldId, WaitingId
from tests.contract.relays import feed, number_all, relay_on
from tests.contract.storages import SqlStorage, Work, put_on_sale
from tests.contract.test_statement_budgets import counting
from tests.samples import DESK, DOUBLE_ROOMS, NOW, day, night, nights

pytestmark = pytest.mark.anyio

TELL = TellLevels(clock=lambda: NOW, few_of=lambda _: USUALLY_FEW)
TOLD = {"availability_low", "availability_full", "available_again"}


def touched() -> PoolsOpened:
    return PoolsOpened(
        resource_id=DOUBLE_ROOMS.id,
        first=day(0),
        until=day(9),
        capacity=10,
        allowance=0,
        closed=False,
        occurred_at=NOW,
    )


def left() -> WaitingWithdrawn:
    """What was saved up comes free by nothing else."""
    return WaitingWithdrawn(
        waiting_id=WaitingId(uuid4()), resource_id=DOUBLE_ROOMS.id, occurred_at=NOW
    )


async def tell(sql: SqlStorage, event: Callable[[], Event] = touched) -> list[str]:
    """What is told once it has been looked; looking again tells nothing new."""
    relay: SqlEventRelay = relay_on(sql.database)
    before = {event.id for event in await feed(sql.database)}
    for _ in range(2):
        await sql.work(DESK, lambda work: work.facts.publish([event()]))
        await number_all(relay)
        await relay.deliver(TELL, DESK.organization_id, limit=100)
        await number_all(relay)
    new = [event for event in await feed(sql.database) if event.id not in before]
    assert all(
        event.subject == DOUBLE_ROOMS.id and event.payload["pool_id"] == night(1)
        for event in new
        if event.name in TOLD
    )
    return [event.name for event in new if event.name in TOLD]


async def take(sql: SqlStorage, units: int) -> HoldId:
    hold_id = HoldId(uuid4())
    claims = [Claim(night(1), units)]
    await sql.work(DESK, lambda work: work.inventory.take(hold_id, claims))
    return hold_id


async def give_back(sql: SqlStorage, *hold_ids: HoldId) -> None:
    await sql.work(DESK, lambda work: work.inventory.give_back(hold_ids))


async def test_each_crossing_is_told_once_both_ways(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    assert await tell(sql) == []
    six = await take(sql, 6)
    assert await tell(sql) == []
    one = await take(sql, 1)
    assert await tell(sql) == ["availability_low"]
    three = await take(sql, 3)
    assert await tell(sql) == ["availability_full"]
    await give_back(sql, one)
    assert await tell(sql) == ["available_again"]
    await give_back(sql, six)
    assert await tell(sql) == []
    await take(sql, 6)
    assert await tell(sql) == ["availability_low"]
    await give_back(sql, three)
    await take(sql, 4)
    assert await tell(sql) == ["availability_full"]


async def test_who_waits_no_longer_makes_room(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    saved = await take(sql, 10)
    assert await tell(sql) == ["availability_full"]
    await give_back(sql, saved)
    assert await tell(sql, left) == ["available_again"]


async def test_what_happens_between_two_looks_is_told_by_its_outcome(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    all_of_it = await take(sql, 10)
    await give_back(sql, all_of_it)
    assert await tell(sql) == []
    await take(sql, 10)
    assert await tell(sql) == ["availability_full"]


async def test_more_or_fewer_units_on_sale_cross_as_well(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    await take(sql, 4)

    async def open_with(capacity: int, *, closed: bool = False) -> list[str]:
        pool = Pool(
            id=night(1),
            resource_id=DOUBLE_ROOMS.id,
            day=day(1),
            capacity=capacity,
            closed=closed,
        )
        await sql.work(DESK, lambda work: work.inventory.open([pool]))
        return await tell(sql)

    assert await open_with(4) == ["availability_full"]
    assert await open_with(4, closed=True) == []
    assert await open_with(50, closed=True) == []
    assert await open_with(50) == ["available_again"]


async def low_at(sql: SqlStorage, number: int | None) -> list[str]:
    """What is told because the desk wants to know earlier, or later."""

    def change(work: Work) -> None:
        rooms = work.resources.get(DOUBLE_ROOMS.id)
        work.resources.save(rooms.change({"low_at": number}, now=NOW))

    await sql.work(DESK, change)
    return await tell(sql, lambda: changed("low_at"))


def changed(*members: str) -> ResourceChanged:
    return ResourceChanged(resource_id=DOUBLE_ROOMS.id, members=members, occurred_at=NOW)


async def test_the_desk_says_how_many_are_few(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    assert await low_at(sql, 6) == []
    three = await take(sql, 3)
    assert await tell(sql) == []
    await take(sql, 1)
    assert await tell(sql) == ["availability_low"]
    await give_back(sql, three)
    assert await tell(sql) == []
    await take(sql, 3)
    assert await tell(sql) == ["availability_low"]
    four = await take(sql, 6)
    assert await tell(sql) == ["availability_full"]
    await give_back(sql, four)
    assert await tell(sql) == ["available_again"]


async def test_saying_it_otherwise_crosses_as_well(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    await take(sql, 5)
    assert await tell(sql) == []
    assert await low_at(sql, 5) == ["availability_low"]
    assert await low_at(sql, 4) == []
    assert await low_at(sql, 6) == ["availability_low"]
    assert await low_at(sql, None) == []
    await take(sql, 2)
    assert await tell(sql) == ["availability_low"]
    assert await low_at(sql, 0) == []
    await take(sql, 2)
    assert await tell(sql) == []
    await take(sql, 1)
    assert await tell(sql) == ["availability_full"]


async def test_what_else_is_changed_is_not_looked_at(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=10)
    await take(sql, 10)
    assert await tell(sql, lambda: changed("name", "zone")) == []
    assert await tell(sql, lambda: changed("low_at", "name")) == ["availability_full"]


async def test_there_may_be_very_many(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=2**31 - 1)
    await take(sql, 2**31 - 4)
    assert await tell(sql) == ["availability_low"]


@pytest.mark.parametrize(
    ("capacity", "few"),
    [(0, USUALLY_FEW), (1, USUALLY_FEW), (21, USUALLY_FEW), (9, Few(units=1, percent=50))],
)
async def test_the_database_and_the_domain_agree(sql: SqlStorage, capacity: int, few: Few) -> None:
    (pool,) = nights(capacity=capacity, days=1)

    def fill(work: Work) -> None:
        work.resources.save(DOUBLE_ROOMS)
        work.inventory.open([pool])

    await sql.work(DESK, fill)
    empty = level_of(pool, few=few)
    for taken in range(1, capacity + 1):
        hold_id, claims = HoldId(uuid4()), [Claim(pool.id, 1)]
        await sql.work(DESK, lambda work: work.inventory.take(hold_id, claims))  # noqa: B023
        found = (await sql.pools())[pool.id]
        changed = await _changed(sql, few)
        assert found.taken == taken
        assert [(reading.pool, reading.told) for reading in changed] == (
            [(found, empty)] if level_of(found, few=few) is not empty else []
        )


@attrs.define
class Looks(Subscriber):
    """Writes down what it sees, and keeps nothing."""

    name: str = "looks"
    hears: frozenset[str] = frozenset({PoolsOpened.name})
    few: Few = USUALLY_FEW
    seen: list[Reading] = attrs.field(factory=list)

    def __call__(self, event: RecordedEvent, work: LevelWork, /) -> None:
        self.seen = [*work.levels.changed(DOUBLE_ROOMS.id, self.few)]


async def _changed(sql: SqlStorage, few: Few) -> list[Reading]:
    looks = Looks(few=few)
    await sql.work(DESK, lambda work: work.facts.publish([touched()]))
    await number_all(relay_on(sql.database))
    await relay_on(sql.database).deliver(looks, DESK.organization_id, limit=100)
    return looks.seen


async def test_looking_costs_one_statement_however_many_nights_there_are(
    sql: SqlStorage,
) -> None:
    costs = []
    await put_on_sale(sql, capacity=10, days=1)
    for days in (2, 200):
        await sql.work(DESK, lambda work: work.inventory.open(nights(capacity=9, days=days)))  # noqa: B023
        await sql.work(DESK, lambda work: work.facts.publish([touched()]))
        await number_all(relay_on(sql.database))
        with counting(sql.database) as statements:
            await relay_on(sql.database).deliver(TELL, DESK.organization_id, limit=1)
        costs.append(len(statements))

    assert costs[1] <= costs[0] <= 5


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
async def test_only_pools_of_what_was_touched_are_looked_at(sql: SqlStorage) -> None:
    """Whoever writes waits meanwhile, and there may be hundreds of thousands of others."""
    asked = list[tuple[str, Any]]()

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if "LEFT OUTER JOIN levels" in statement:
            asked.append((statement, given))

    event.listen(sql.database.engine, "before_cursor_execute", listen)
    await _changed(sql, USUALLY_FEW)
    event.remove(sql.database.engine, "before_cursor_execute", listen)
    [(statement, given)] = asked
    plan = await sql.database.read(
        lambda connection: connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", given
        ).all(),
        of=DESK.organization_id,
    )

    [of_pools] = [step.detail for step in plan if " pools " in step.detail]
    assert "ix_pools_organization_id_resource_id_day" in of_pools
