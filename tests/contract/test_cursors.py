"""Cursors pass together what nobody hears, and hear at once what can be heard at once."""

from collections.abc import Sequence
from uuid import uuid4

import attrs
import pytest

from adapters.repositories.event_cursors import FURTHER
from adapters.sql.database import already_begun
from adapters.sql.scope import Scope
from application.kernel.events import Passed
from application.kernel.subscribers import Gathering, RecordedEvent, SubscriberWork
from tests.contract.crowds import at_the_doors, race, until_decided
from tests.contract.relays import Notes, behind, deliver, numbered, relay_on, until_quiet
from tests.contract.storages import SqlStorage
from tests.fakes.time import Time
from tests.samples import DESK, NOW, SECOND, held

pytestmark = pytest.mark.anyio


async def test_many_pass_by_together_what_none_of_them_hears(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    deaf = [Notes(name=f"deaf {number}", hears=frozenset()) for number in range(3)]
    await sql.work(DESK, lambda work: work.bookings.save(held()))
    await numbered(sql, 2)

    passed = await relay.pass_by([*deaf, notes], DESK.organization_id)

    assert passed == Passed(moved=3 * 3 + 1, hearing=frozenset({"notes"}))
    assert await relay.behind([*deaf, notes]) == {DESK.organization_id: {"notes"}}
    assert await deliver(relay, notes) == 2
    assert notes.heard == [2, 3]
    assert await relay.behind([*deaf, notes]) == {}


async def test_what_failed_is_not_passed_by(sql: SqlStorage) -> None:
    time, notes = Time(NOW), Notes(fails_at={2})
    relay = relay_on(sql.database, time)
    await numbered(sql, 2)
    await deliver(relay, notes)
    time.passes(SECOND)

    passed = await relay.pass_by([notes], DESK.organization_id)

    assert passed == Passed(moved=0, hearing=frozenset({"notes"}))
    assert await deliver(relay, notes) == 0
    assert notes.heard == [1, 2, 2]


async def test_cursors_that_are_passed_on_at_once_never_go_back(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    deaf = Notes(name="deaf", hears=frozenset())
    await numbered(sql, 12)

    async def work_it_off() -> int:
        moved = 0
        while await relay.behind([deaf, notes]):
            passed = await until_decided(
                lambda: relay.pass_by([deaf, notes], DESK.organization_id)
            )
            step = await until_decided(lambda: deliver(relay, notes, limit=2))
            moved += passed.moved + step
        return moved

    await at_the_doors(sql.database)
    outcomes = await race([work_it_off() for _ in range(4)])

    assert all(isinstance(moved, int) for moved in outcomes), outcomes
    assert await sql.jobs() == [f"{number:03}" for number in range(1, 13)]
    assert await relay.behind([deaf, notes]) == {}


async def test_a_cursor_that_somebody_has_moved_on_is_not_put_back(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Notes()
    await numbered(sql, 3)
    await deliver(relay, notes)
    before = {"subscriber": notes.name, "position": 1, "attempts": 0, "retry_at": None}

    await sql.database.write(
        lambda connection: Scope(connection, DESK, uuid4, already_begun).write(FURTHER, [before]),
        of=DESK.organization_id,
    )

    assert await behind(relay, notes) == []


@attrs.define
class Gathered(Notes, Gathering):
    gathered: list[list[int]] = attrs.field(factory=list)

    def together(self, events: Sequence[RecordedEvent], work: SubscriberWork, /) -> None:
        self.gathered.append([event.position for event in events])
        for event in events:
            self(event, work)


async def test_many_events_are_heard_at_once_by_who_can(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Gathered()
    await sql.work(DESK, lambda work: work.bookings.save(held()))
    await numbered(sql, 3)

    assert await deliver(relay, notes) == 4

    assert notes.gathered == [[2, 3, 4]]
    assert await sql.jobs() == ["002", "003", "004"]


async def test_one_that_fails_among_many_fails_alone(sql: SqlStorage) -> None:
    relay, notes = relay_on(sql.database), Gathered(fails_at={2})
    await numbered(sql, 3)

    assert await deliver(relay, notes) == 1

    assert notes.heard == [1, 2, 1, 2]
    assert await sql.jobs() == ["001"]
    notes.fails_at.clear()
    await until_quiet(relay_on(sql.database, time := Time(NOW)), notes, time)
    assert await sql.jobs() == ["001", "002", "003"]
