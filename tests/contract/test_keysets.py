"""Pages show every row that stays exactly once, whatever comes and goes meanwhile."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta, timezone
from random import Random
from uuid import UUID

import attrs
import pytest
from sqlalchemy import delete

from adapters.readers.bookings import SqlBookingViews
from adapters.readers.inventory import SqlInventoryViews
from adapters.schema.bookings import bookings
from application.bookings.views import BookingFilter, BookingSummary
from application.kernel.pages import BadCursor, Key, Page, Slice
from domain.bookings.booking import Booking
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, ResourceId
from domain.kernel.periods import Period
from tests.contract.storages import SqlStorage, Work
from tests.fakes.settings import usually_few
from tests.samples import DESK, DOUBLE_ROOMS, OTHER_DESK, held, reference

pytestmark = pytest.mark.anyio

STARTS = datetime(2026, 12, 1, tzinfo=timezone.utc)
NAMES = ("Attic", "attic", "Ätna", "Zimmer", "zimmer", "", "%", "Ω", "a' OR 1", "Attic ")


def booking(number: int, chance: Random) -> Booking:
    """Many start at the same moment, some a microsecond later."""
    starts_at = STARTS + timedelta(days=chance.randrange(4), microseconds=chance.randrange(2))
    template = held()
    period = Period(starts_at, starts_at + timedelta(days=1))
    return attrs.evolve(
        template,
        id=BookingId(UUID(int=chance.getrandbits(100) << 8 | number)),
        reference=reference(37 * number),
        agreement=attrs.evolve(template.agreement, period=period),
    )


async def save(sql: SqlStorage, *rows: Booking | Resource, actor: Actor = DESK) -> None:
    def save_all(work: Work) -> None:
        for row in rows:
            if isinstance(row, Booking):
                work.bookings.save(row)
            else:
                work.resources.save(row)

    await sql.work(actor, save_all)


async def pages_of_bookings(sql: SqlStorage, limit: int) -> AsyncIterator[Page[BookingSummary]]:
    views, after = SqlBookingViews(sql.database), None
    while True:
        page = await views.bookings(
            DESK, filter=BookingFilter(), slice=Slice(limit=limit, after=after)
        )
        yield page
        after = page.next
        if after is None:
            return


@pytest.mark.parametrize("seed", range(4))
async def test_bookings_are_neither_skipped_nor_repeated(sql: SqlStorage, seed: int) -> None:
    chance = Random(seed)
    stable, passing, coming = (
        [booking(number, chance) for number in numbers]
        for numbers in (range(40), range(40, 60), range(60, 80))
    )
    limit = chance.randint(1, 12)
    await save(sql, *stable, *passing)
    await save(sql, *coming[:5], actor=OTHER_DESK)

    seen = list[BookingSummary]()
    async for page in pages_of_bookings(sql, limit):
        assert len(page.items) <= limit
        assert page.next is None or len(page.items) == limit
        seen += page.items
        leaving, arriving = passing[:3], coming[:3]
        del passing[:3], coming[:3]
        await _delete_bookings(sql, leaving)
        await save(sql, *arriving)

    keys = [(summary.starts_at, summary.id) for summary in seen]
    assert keys == sorted(set(keys))
    shown = {summary.id for summary in seen}
    assert {b.id for b in stable} <= shown


async def _delete_bookings(sql: SqlStorage, leaving: Sequence[Booking]) -> None:
    statement = delete(bookings).where(
        bookings.c.organization_id == DESK.organization_id,
        bookings.c.id.in_([booking.id for booking in leaving]),
    )
    await sql.database.write(
        lambda connection: connection.execute(statement), of=DESK.organization_id
    )


@pytest.mark.parametrize("seed", range(4))
async def test_names_are_neither_skipped_nor_repeated(sql: SqlStorage, seed: int) -> None:
    chance = Random(seed)
    stable, coming = (
        [
            attrs.evolve(
                DOUBLE_ROOMS,
                id=ResourceId(UUID(int=chance.getrandbits(100))),
                name=chance.choice(NAMES),
            )
            for _ in range(number)
        ]
        for number in (30, 15)
    )
    await save(sql, *stable)
    views, after, seen = SqlInventoryViews(sql.database, usually_few), None, list[Resource]()
    while True:
        slice_ = Slice(limit=chance.randint(1, 7), after=after)
        page = await views.resources(DESK, kind=None, slice=slice_)
        seen += page.items
        after = page.next
        if after is None:
            break
        arriving, coming = coming[:2], coming[2:]
        await save(sql, *arriving)

    shown = [resource.id for resource in seen]
    assert len(set(shown)) == len(shown)
    assert {resource.id for resource in stable} <= set(shown)


async def test_a_page_that_ends_exactly_is_the_last(sql: SqlStorage) -> None:
    chance = Random(0)
    await save(sql, *(booking(number, chance) for number in range(6)))

    assert [len(page.items) async for page in pages_of_bookings(sql, 3)] == [3, 3]
    assert [len(page.items) async for page in pages_of_bookings(sql, 6)] == [6]


async def test_nothing_is_one_empty_page(sql: SqlStorage) -> None:
    assert [page async for page in pages_of_bookings(sql, 3)] == [Page(items=[])]


GOOD = str(UUID(int=1))


@pytest.mark.parametrize(
    "after",
    [
        (),
        (GOOD,),
        ("2026-12-01T00:00:00+00:00",),
        ("2026-12-01T00:00:00+00:00", GOOD, GOOD),
        ("2026-12-01T00:00:00+00:00", "no identifier"),
        ("no moment", GOOD),
        ("", ""),
        ("2026-12-01T00:00:00", GOOD),
        ("2026-12-01", GOOD),
        ("0001-01-01T00:00:00+14:00", GOOD),
    ],
    ids=str,
)
async def test_a_cursor_of_something_else_is_refused(sql: SqlStorage, after: Key) -> None:
    views = SqlBookingViews(sql.database)

    with pytest.raises(BadCursor):
        await views.bookings(DESK, filter=BookingFilter(), slice=Slice(limit=3, after=after))


async def test_a_cursor_means_the_same_in_every_zone(sql: SqlStorage) -> None:
    chance = Random(1)
    saved = [booking(number, chance) for number in range(6)]
    await save(sql, *saved)
    views = SqlBookingViews(sql.database)
    first = await views.bookings(DESK, filter=BookingFilter(), slice=Slice(limit=2))
    assert first.next is not None
    moment, id = first.next
    elsewhere = datetime.fromisoformat(moment).astimezone(timezone(timedelta(hours=9)))

    pages = [
        await views.bookings(DESK, filter=BookingFilter(), slice=Slice(limit=9, after=key))
        for key in (first.next, (elsewhere.isoformat(), id))
    ]

    assert pages[0] == pages[1]
    assert len(pages[0].items) == 4


async def test_a_name_that_no_database_can_hold_is_refused(sql: SqlStorage) -> None:
    views = SqlInventoryViews(sql.database, usually_few)
    slice_ = Slice(limit=3, after=("nul\x00", GOOD))

    with pytest.raises(BadCursor):
        await views.resources(DESK, kind=None, slice=slice_)
