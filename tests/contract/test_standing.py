"""How the whole installation stands, as a worker takes stock of it."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import Connection, insert, update

from adapters.migrations.runner import pending
from adapters.readers.identity import SqlIdentityViews
from adapters.readers.schedules import DUE
from adapters.readers.self_checks import CHECKED, SqlSelfChecks
from adapters.readers.standing import SqlStandings
from adapters.schema.crawls import sites
from adapters.schema.identity import organizations
from adapters.schema.inventory import pools
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from adapters.sql.pooling import Pooling
from adapters.sql.wall import LOOKED_THROUGH
from application.documentation.crawls_here import CrawlsHere
from application.kernel.care import Vitals
from application.kernel.jobs import Job
from application.kernel.standing import Standing
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.ambient import pause
from entrypoints.worker.stock import InvariantsAreChecked, StockIsTaken
from tests.contract.relays import Notes, number_all, relay_on
from tests.contract.storages import Work, put_on_sale, sql_storage
from tests.fakes.figures import MemoryFigures
from tests.fakes.jobs import MemoryJobEngine
from tests.fakes.time import Time
from tests.samples import DESK, NOW, OTHER_DESK, held, night
from tests.servers import at_the_desk

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def everything(storage_url: str) -> AsyncIterator[Database]:
    """As whoever serves sees it, where questions about everybody may be asked."""
    database = open_database(
        at_the_desk(storage_url), pooling=Pooling(), pause=pause, allow_unsafe=True
    )
    yield database
    await database.close()


def standings(database: Database) -> SqlStandings:
    return SqlStandings(
        database=database,
        clock=Time(LATER),
        machine=Time(LATER),
        subscribers=["notes", "papers"],
        pending=pending,
    )


def founding(organization_id: OrganizationId, slug: str) -> Callable[[Connection], None]:
    row = {"organization_id": organization_id, "slug": slug, "name": slug, "created_at": NOW}

    def found(connection: Connection) -> None:
        connection.execute(insert(organizations).values(row))

    return found


def miscount(connection: Connection) -> None:
    ours = pools.c.organization_id == DESK.organization_id
    connection.execute(update(pools).where(ours, pools.c.id == night(1)).values(taken=1))


def reading(actor: Actor, due_at: datetime) -> Callable[[Connection], None]:
    """A site of theirs that is read then."""
    row = {
        "organization_id": actor.organization_id,
        "id": uuid4(),
        "version": 1,
        "title": "Documentation",
        "kind": "sphinx",
        "reading": {},
        "next_read_at": due_at,
    }

    def read(connection: Connection) -> None:
        connection.execute(insert(sites).values(row))

    return read


def busy(work: Work) -> None:
    work.bookings.save(held())
    work.jobs.enqueue(Job(name="greet", payload={}))


async def test_an_empty_desk_has_nothing_waiting(everything: Database) -> None:
    standing = await standings(everything)()

    assert attrs.evolve(standing, clocks_differ_by=timedelta(), vitals=Vitals()) == Standing(
        unheard={"notes": 0, "papers": 0},
        schema_is_current=standing.schema_is_current,
        late_for=dict.fromkeys(DUE, timedelta()),
    )


async def test_what_waits_and_is_overdue_is_told(everything: Database) -> None:
    storage = sql_storage(everything)
    await put_on_sale(storage)
    await storage.work(DESK, busy)

    standing = await standings(everything)()

    assert (standing.events_waiting, standing.jobs_waiting) == (1, 1)
    assert standing.events_waiting_for == LATER - NOW
    assert standing.holds_overdue_for == LATER - held().expires_at


async def test_what_should_have_had_its_turn_first_is_told(everything: Database) -> None:
    for number, actor in enumerate((DESK, OTHER_DESK)):
        due_at = NOW + timedelta(minutes=number)
        await everything.write(reading(actor, due_at), of=actor.organization_id)
        await everything.write(
            reading(actor, LATER + timedelta(minutes=1)), of=actor.organization_id
        )

    standing = await standings(everything)()

    assert standing.late_for == {**dict.fromkeys(DUE, timedelta()), "sites": LATER - NOW}


def test_all_that_has_schedules_is_looked_through() -> None:
    assert {moment.table.name for moment in DUE.values()} <= LOOKED_THROUGH


async def test_what_subscribers_have_still_to_hear_is_told(everything: Database) -> None:
    storage, relay = sql_storage(everything), relay_on(everything)
    await put_on_sale(storage)
    await storage.work(DESK, busy)
    await number_all(relay)
    await relay.deliver(Notes(hears=frozenset()), DESK.organization_id, limit=9)

    standing = await standings(everything)()

    assert standing.events_waiting == 0
    assert standing.unheard == {"notes": 0, "papers": 1}


async def test_clocks_that_differ_are_told(everything: Database) -> None:
    standing = await standings(everything)()

    assert standing.clocks_differ_by > timedelta(days=1)  # the clock of the test stands still


async def test_what_is_numbered_is_counted(everything: Database) -> None:
    storage, figures = sql_storage(everything), MemoryFigures()
    await put_on_sale(storage)
    await storage.work(DESK, busy)

    await number_all(attrs.evolve(relay_on(everything, Time(LATER)), figures=figures))

    assert figures.counted == {("frontdesk.facts", "booking_held"): 1}
    assert figures.observed == {("frontdesk.facts.delay",): [7200.0]}


async def test_invariants_are_checked_by_whoever_serves(everything: Database) -> None:
    storage, figures = sql_storage(everything), MemoryFigures()
    await put_on_sale(storage)
    await everything.write(founding(DESK.organization_id, "desk"), of=DESK.organization_id)
    checked = InvariantsAreChecked(
        checks=SqlSelfChecks(
            database=everything, organizations=SqlIdentityViews(everything), clock=Time(NOW)
        ),
        figures=figures,
        clock=Time(NOW),
    )

    await checked()
    whole = {name: figures.levels["frontdesk.invariants.broken", name] for name in CHECKED}
    await everything.write(miscount, of=DESK.organization_id)
    await checked()

    assert whole == dict.fromkeys(CHECKED, 0)
    assert figures.levels["frontdesk.invariants.broken", "taken_is_claimed"] == 1
    assert figures.levels["frontdesk.invariants.checked.timestamp",] == NOW.timestamp()


async def test_every_organization_has_its_turn(everything: Database) -> None:
    if everything.engine.dialect.name != "postgresql":
        return  # shows all of them at once
    await put_on_sale(sql_storage(everything))
    await everything.write(founding(DESK.organization_id, "desk"), of=DESK.organization_id)
    other = OTHER_DESK.organization_id
    await everything.write(founding(other, "other"), of=other)
    await everything.write(miscount, of=DESK.organization_id)
    checks = SqlSelfChecks(
        database=everything,
        organizations=SqlIdentityViews(everything),
        clock=Time(NOW),
        at_a_time=1,
    )

    found = [(await checks())["taken_is_claimed"] for _ in range(3)]

    assert found[-1] == 1
    assert (await checks())["taken_is_claimed"] == 1


async def test_a_worker_tells_that_it_lives(everything: Database) -> None:
    figures = MemoryFigures()

    await StockIsTaken(
        standings=standings(everything),
        crawls=CrawlsHere(Time(LATER)),
        engine=MemoryJobEngine(clock=Time(LATER), actor_of=Actor.system),
        figures=figures,
        clock=Time(LATER),
    )()

    assert figures.levels["frontdesk.worker.heartbeat.timestamp",] == LATER.timestamp()
    assert figures.levels["frontdesk.jobs.dead",] == 0
    assert figures.levels["frontdesk.schedules.late", "channels"] == 0
    assert figures.levels["frontdesk.events.unheard", "papers"] == 0
