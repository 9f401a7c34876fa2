"""Every broken promise is found and named, and none is found where none is broken."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import anyio
import attrs
import pytest
from sqlalchemy import Connection, func, literal, select, update

from adapters.readers.verification import OwnersVerification, SqlVerification
from adapters.readers.verification_agent_presences import agent_presence_checks
from adapters.readers.verification_blocks import block_checks
from adapters.readers.verification_boarding import boarding_checks
from adapters.readers.verification_booking_figures import booking_figure_checks
from adapters.readers.verification_bookings import booking_checks
from adapters.readers.verification_call_figures import call_figure_checks
from adapters.readers.verification_call_quality import call_quality_checks
from adapters.readers.verification_called_off import called_off_checks
from adapters.readers.verification_calls import call_checks
from adapters.readers.verification_channels import channel_checks
from adapters.readers.verification_checks import Check
from adapters.readers.verification_discount_codes import discount_code_checks
from adapters.readers.verification_documentation import documentation_checks
from adapters.readers.verification_erased_payments import erased_payment_checks
from adapters.readers.verification_escalations import escalation_checks
from adapters.readers.verification_events import event_checks
from adapters.readers.verification_exclusives import exclusive_checks
from adapters.readers.verification_exports import export_checks
from adapters.readers.verification_gift_credit import gift_credit_checks
from adapters.readers.verification_instalments import instalment_checks
from adapters.readers.verification_inventory import inventory_checks
from adapters.readers.verification_itineraries import itinerary_checks
from adapters.readers.verification_outbox import outbox_checks
from adapters.readers.verification_papers import paper_checks
from adapters.readers.verification_payments import payment_checks
from adapters.readers.verification_people import people_checks
from adapters.readers.verification_pipelines import pipeline_checks
from adapters.readers.verification_reports import report_checks
from adapters.readers.verification_sealing import sealing_checks
from adapters.readers.verification_sources import source_checks
from adapters.readers.verification_sums import books_sum_checks
from adapters.readers.verification_units import unit_checks
from adapters.readers.verification_waiting import waiting_checks
from adapters.schema.events import event_log
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.databases import open_database
from adapters.sql.pooling import Pooling
from application.kernel.ports import Stale
from application.kernel.refusals import Busy
from application.kernel.verification import Finding
from domain.inventory.pools import SoldOut
from domain.kernel.identifiers import BookingId
from entrypoints.wiring.ambient import pause, utc_now
from entrypoints.wiring.container import Container
from tests.contract import every_sabotage  # noqa: F401  (registers them)
from tests.contract.desks import Business, Desk, program
from tests.contract.sabotages import SABOTAGES, Sabotage, Saboteur, defenceless, look_away
from tests.contract.undone import undone
from tests.servers import create_database, drop_database

pytestmark = pytest.mark.anyio

ENOUGH = 5


@attrs.frozen
class Original:
    """A database after a day of business, to be copied."""

    url: str
    business: Business
    database: Database


async def done(url: str) -> Original:
    async with program(url) as container:
        business = await Business.done(container)
    owned = open_database(url, pooling=Pooling(), pause=pause, allow_unsafe=True)
    return Original(url, business, owned)


@pytest.fixture(scope="module")
def sqlite_original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return asyncio.run(done(f"sqlite:///{tmp_path_factory.mktemp('original')}/frontdesk.db"))


@pytest.fixture(scope="module")
def postgres_original(postgres_admin_url: str) -> Original:
    return asyncio.run(done(asyncio.run(create_database(postgres_admin_url))))


@pytest.fixture(params=["sqlite_original", "postgres_original"])
def original(request: pytest.FixtureRequest) -> Original:
    value = request.getfixturevalue(request.param)
    assert isinstance(value, Original)
    return value


@pytest.fixture
async def container(
    request: pytest.FixtureRequest, original: Original, tmp_path: Path
) -> AsyncIterator[Container]:
    """The program on a copy."""
    if original.url.startswith("sqlite"):
        copy = shutil.copy(original.url.removeprefix("sqlite:///"), tmp_path / "frontdesk.db")
        async with program(f"sqlite:///{copy}") as running:
            yield running
        return
    admin = request.getfixturevalue("postgres_admin_url")
    url = await create_database(admin, template=original.url)
    async with program(url) as running:
        yield running
    await drop_database(admin, url)


@pytest.fixture
def verification(container: Container) -> OwnersVerification:
    return OwnersVerification(
        owned=container.owned_database(), clock=utc_now, patience=timedelta(minutes=1)
    )


async def test_nothing_is_found_where_nothing_is_broken(verification: OwnersVerification) -> None:
    assert list(await verification()) == []


@pytest.mark.parametrize(
    ("check", "sabotage"), SABOTAGES, ids=[sabotage.__name__ for _, sabotage in SABOTAGES]
)
async def test_what_is_broken_is_found_and_named(
    original: Original, check: str, sabotage: Sabotage
) -> None:
    def plant(connection: Connection) -> object:
        look_away(connection)
        return sabotage(Saboteur(connection=connection, business=original.business))

    async with undone(original.database) as database:
        subject = await database.write(plant, of=EVERYBODY)
        verification = SqlVerification(
            database=database, clock=utc_now, patience=timedelta(minutes=1)
        )
        findings = await verification()

    organization_id = original.business.desk.actor.organization_id
    assert [(one.check, one.organization_id, one.subject) for one in findings] == [
        (check, organization_id, str(subject))
    ]
    assert "{" not in findings[0].detail


def test_every_check_has_been_seen_to_find_something() -> None:
    checks = (
        *inventory_checks(),
        *booking_checks("postgresql"),
        *boarding_checks("postgresql"),
        *itinerary_checks("postgresql"),
        *unit_checks("postgresql"),
        *exclusive_checks("postgresql"),
        *discount_code_checks(),
        *waiting_checks(now=utc_now()),
        *block_checks("postgresql"),
        *channel_checks("postgresql"),
        *called_off_checks(since=utc_now()),
        *paper_checks(),
        *payment_checks(now=utc_now()),
        *gift_credit_checks(),
        *export_checks(),
        *report_checks(now=utc_now()),
        *instalment_checks(now=utc_now()),
        *people_checks(),
        *call_checks(),
        *call_quality_checks(),
        *call_figure_checks(),
        *agent_presence_checks(),
        *booking_figure_checks(),
        *books_sum_checks(),
        *documentation_checks(),
        *pipeline_checks(),
        *source_checks(),
        *sealing_checks(),
        *erased_payment_checks(),
        *escalation_checks(since=utc_now()),
        *event_checks(),
        *outbox_checks(since=utc_now()),
    )
    names = {check.name for check in checks} | {"positions_are_gapless", "links_are_intact"}

    assert {check for check, _ in SABOTAGES} == names


async def test_checks_may_take_longer_than_other_questions(postgres_url: str) -> None:
    slow = Check(
        name="slow",
        question=select(literal(0).label("organization_id"), func.pg_sleep(1.5).label("subject")),
        detail="",
    )
    impatient = Pooling(statement_seconds=1)
    database = open_database(postgres_url, pooling=impatient, pause=pause, allow_unsafe=True)

    assert len(await database.read(slow, of=EVERYBODY)) == 1
    with pytest.raises(Busy):
        await database.read(lambda connection: connection.execute(slow.question), of=EVERYBODY)
    await database.close()


async def test_what_has_only_just_been_written_may_wait(
    container: Container, original: Original, verification: OwnersVerification
) -> None:
    desk = attrs.evolve(original.business.desk, container=container)
    await desk.hold(12)

    assert list(await verification()) == []
    later = attrs.evolve(verification, clock=lambda: utc_now() + timedelta(minutes=2))
    assert [finding.check for finding in await later()] == ["events_are_numbered"]


async def test_each_broken_chain_is_reported_once(
    container: Container, verification: OwnersVerification
) -> None:
    async with container.owned_database()() as database:
        await defenceless(
            database,
            lambda connection: connection.execute(update(event_log).values(payload={})).rowcount,
        )

    findings = await verification()

    assert [(one.check, one.subject) for one in findings] == [("links_are_intact", "1")] * 2
    assert len({one.organization_id for one in findings}) == 2


async def test_it_leaves_the_connections_as_they_were(
    container: Container, original: Original, verification: OwnersVerification
) -> None:
    """Reading only, and taking one's time over it, is for the questions of verification."""
    for _ in range(3):
        await verification()
    desk = attrs.evolve(original.business.desk, container=container)

    await desk.confirm(await desk.hold(12))

    await desk.relay()
    assert list(await verification()) == []


async def test_writers_at_work_are_no_finding(
    container: Container, original: Original, verification: OwnersVerification
) -> None:
    desk = attrs.evolve(original.business.desk, container=container)
    lives: list[BookingId] = []
    findings: list[Finding] = []
    rounds = 0
    async with anyio.create_task_group() as crowd:
        for first_night in range(4):
            crowd.start_soon(keep_busy, desk, first_night, lives)
        crowd.start_soon(keep_relaying, desk)
        with anyio.fail_after(120):
            while len(lives) < ENOUGH or rounds < ENOUGH:
                findings += await verification()
                rounds += 1
        crowd.cancel_scope.cancel()

    assert findings == []
    await desk.relay()
    assert list(await verification()) == []


async def keep_busy(desk: Desk, night: int, lives: list[BookingId]) -> None:
    """Adds each booking that has come to its end."""
    for number in count():
        try:
            booking = await desk.hold(night, nights=3)
            match number % 3:
                case 0:
                    await desk.release(booking)
                case 1:
                    await desk.change(booking)
                    await desk.confirm(booking)
                    await desk.cancel(booking)
                case _:
                    await desk.confirm(booking)
                    await desk.cancel(booking)
            await desk.expire()
            lives.append(booking)
        except (SoldOut, Stale, Busy):
            await anyio.lowlevel.checkpoint()


async def keep_relaying(desk: Desk) -> None:
    while True:
        await desk.relay()
        await anyio.sleep(0.001)
