"""The event log: positions without gaps, in an order that nobody who reads it can miss."""

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

import anyio
import pytest
from sqlalchemy import ColumnElement, Connection, Row, delete, select, update
from sqlalchemy.util import await_only

from adapters.schema.events import event_log
from adapters.sql.chain import START, link
from adapters.sql.database import Database
from domain.kernel.identifiers import BookingId
from tests.contract.crowds import at_the_doors, race
from tests.contract.relays import about, feed, number_all, relay_on
from tests.contract.storages import SqlStorage, Work, sql_storage
from tests.samples import COLLEAGUE, DESK, NOW, OTHER_DESK, held

pytestmark = pytest.mark.anyio

OURS = event_log.c.organization_id == DESK.organization_id


def publishing(*numbers: int) -> Callable[[Work], None]:
    """Facts about bookings with these numbers."""
    return lambda work: work.facts.publish([about(BookingId(UUID(int=n))) for n in numbers])


async def subjects(database: Database, after: int = 0) -> list[int]:
    return [event.subject.int for event in await feed(database, after)]


async def test_an_event_is_recorded_with_all_that_it_says(sql: SqlStorage) -> None:
    booking = held()
    await sql.work(COLLEAGUE, lambda work: work.bookings.save(booking))
    await number_all(relay_on(sql.database))

    (event,) = await feed(sql.database)

    assert event.organization_id == DESK.organization_id
    assert (event.position, event.name, event.subject) == (1, "booking_held", booking.id)
    assert (event.actor_id, event.occurred_at) == (COLLEAGUE.id, NOW)
    assert event.payload == {
        "booking_id": str(booking.id),
        "reference": booking.reference.text,
        "kind": "hotel",
        "resource_id": str(booking.agreement.request.resource_id),
        "expires_at": booking.expires_at.isoformat(),
        "purpose": "payment",
        "itinerary_id": None,
    }


async def test_positions_count_from_one_in_each_organization(sql: SqlStorage) -> None:
    relay = relay_on(sql.database)
    for actor, numbers in ((DESK, (1, 2, 3)), (OTHER_DESK, (4,)), (DESK, (5,))):
        await sql.work(actor, publishing(*numbers))
    assert set(await relay.unnumbered()) == {DESK.organization_id, OTHER_DESK.organization_id}

    assert await number_all(relay) == 4
    assert list(await relay.unnumbered()) == [OTHER_DESK.organization_id]
    assert await number_all(relay, OTHER_DESK.organization_id) == 1

    assert [(e.position, e.subject.int) for e in await feed(sql.database)] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 5),
    ]
    (other,) = await feed(sql.database, actor=OTHER_DESK)
    assert (other.position, other.subject.int) == (1, 4)
    assert await relay.unnumbered() == []
    assert await relay.number(DESK.organization_id, limit=9) == 0


async def test_events_without_position_are_not_read_yet(sql: SqlStorage) -> None:
    await sql.work(DESK, publishing(1, 2, 3, 4, 5))
    assert await feed(sql.database) == []

    assert await relay_on(sql.database).number(DESK.organization_id, limit=2) == 2

    assert await subjects(sql.database) == [1, 2]


async def test_reading_goes_on_behind_the_last_position(sql: SqlStorage) -> None:
    await sql.work(DESK, publishing(1, 2, 3, 4, 5))
    await number_all(relay_on(sql.database))

    assert await subjects(sql.database, after=2) == [3, 4, 5]
    assert [e.position for e in await feed(sql.database, 2, limit=2)] == [3, 4]
    assert await feed(sql.database, 5) == []


async def test_events_that_were_undone_leave_no_gap(sql: SqlStorage) -> None:
    def publish_and_fail(work: Work) -> None:
        publishing(66)(work)
        work.inventory.give_back([held().hold_id])  # so that it has been sent
        raise ZeroDivisionError

    await sql.work(DESK, publishing(1))
    with pytest.raises(ZeroDivisionError):
        await sql.work(DESK, publish_and_fail)
    await sql.work(DESK, publishing(2))
    await number_all(relay_on(sql.database))

    assert [(e.position, e.subject.int) for e in await feed(sql.database)] == [(1, 1), (2, 2)]


@pytest.mark.parametrize("relays", [2, 5])
async def test_many_writers_and_relays_at_once_leave_no_gap(sql: SqlStorage, relays: int) -> None:
    chance = Random(relays)
    written = [
        sql.work(DESK, publishing(*(chance.randrange(5) for _ in range(chance.randint(1, 4)))))
        for _ in range(40)
    ]
    numbering = [number_all(relay_on(sql.database), limit=3) for _ in range(relays)]

    await at_the_doors(sql.database)
    outcomes = await race([*written[:20], *numbering, *written[20:]])
    outcomes.append(await number_all(relay_on(sql.database)))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    positions = [event.position for event in await feed(sql.database)]
    assert sum(numbered for numbered in outcomes if isinstance(numbered, int)) == len(positions)
    assert positions == list(range(1, len(await sql.events()) + 1))
    assert await _is_intact(sql.database)


async def test_what_commits_late_comes_next_and_is_never_skipped(postgres: Database) -> None:
    """A sequence alone would give the late event a number that readers have already passed."""
    storage, relay = sql_storage(postgres), relay_on(postgres)
    written, overtaken = anyio.Event(), anyio.Event()

    def publish_slowly(work: Work) -> None:
        publishing(1)(work)
        work.inventory.give_back([held().hold_id])  # so that it has been sent
        written.set()
        await_only(overtaken.wait())

    async def overtake() -> None:
        await written.wait()
        await storage.work(DESK, publishing(2))
        await number_all(relay)
        assert await subjects(postgres) == [2]
        overtaken.set()

    outcomes = await race([storage.work(DESK, publish_slowly), overtake()])
    assert outcomes == [None, None]
    await number_all(relay)

    assert await subjects(postgres, after=1) == [1]
    rows = await _rows(postgres)
    assert [row.position for row in rows] == [1, 2]
    assert rows[0].arrival > rows[1].arrival


async def test_facts_about_one_subject_stay_in_order(sql: SqlStorage) -> None:
    bookings = [held(id=number) for number in range(1, 9)]
    relay = relay_on(sql.database)

    async def live(number: int) -> None:
        saved = await sql.work(DESK, lambda work: work.bookings.save(bookings[number]))
        confirmed = saved.confirm(now=NOW)
        saved = await sql.work(DESK, lambda work: work.bookings.save(confirmed))
        await sql.work(DESK, lambda work: work.bookings.save(saved.cancel(now=NOW)))

    await race([*(live(number) for number in range(8)), number_all(relay, limit=2)])
    await number_all(relay)

    events = await feed(sql.database)
    for booking in bookings:
        assert [event.name for event in events if event.subject == booking.id] == [
            "booking_held",
            "booking_confirmed",
            "booking_cancelled",
        ]


def _change_payload(connection: Connection) -> None:
    connection.execute(update(event_log).where(OURS, _at(3)).values(payload={"no": "body"}))


def _change_actor(connection: Connection) -> None:
    connection.execute(update(event_log).where(OURS, _at(3)).values(actor_id=UUID(int=66)))


def _cut_out(connection: Connection) -> None:
    connection.execute(delete(event_log).where(OURS, _at(3)))
    connection.execute(update(event_log).where(OURS, _at(4)).values(position=3))
    connection.execute(update(event_log).where(OURS, _at(5)).values(position=4))


def _swap(connection: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(update(event_log).where(OURS, _at(old)).values(position=new))


def _relink(connection: Connection) -> None:
    """Changes an event and makes its own link good."""
    _change_payload(connection)
    second, third = connection.execute(
        select(event_log).where(OURS, event_log.c.position.in_([2, 3])).order_by(_position)
    ).all()
    mended = link(second.link, 3, third)
    connection.execute(update(event_log).where(OURS, _at(3)).values(link=mended))


_position = event_log.c.position


def _at(position: int) -> ColumnElement[bool]:
    return _position == position


@pytest.mark.parametrize("tamper", [_change_payload, _change_actor, _cut_out, _swap, _relink])
async def test_nobody_rewrites_history_unseen(
    sql: SqlStorage, tamper: Callable[[Connection], None]
) -> None:
    await sql.work(DESK, publishing(1, 2, 3, 4, 5))
    await number_all(relay_on(sql.database), limit=2)
    assert await _is_intact(sql.database)

    await sql.database.write(tamper, of=DESK.organization_id)

    assert not await _is_intact(sql.database)


async def _rows(database: Database) -> list[Row[Any]]:
    question = select(event_log).where(OURS).order_by(_position)
    return await database.read(
        lambda connection: list(connection.execute(question)), of=DESK.organization_id
    )


async def _is_intact(database: Database) -> bool:
    last = START
    for position, row in enumerate(await _rows(database), start=1):
        last = link(last, position, row)
        if (row.position, bytes(row.link)) != (position, last):
            return False
    return True
