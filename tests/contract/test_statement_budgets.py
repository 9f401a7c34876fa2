"""What a use case may cost: so many statements, however much it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from sqlalchemy import event

from adapters.readers.bookings import SqlBookingViews
from adapters.sql.database import Database
from application.bookings.cancel_booking import CancelBooking
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.views import BookingFilter
from application.kernel.once import Answer, Once
from application.kernel.pages import Slice
from domain.bookings.booking import Booking
from domain.inventory.units import NoUnitFree
from tests.contract.courses import course
from tests.contract.crowds import use_cases
from tests.contract.fleets import hold as named
from tests.contract.fleets import put_in_use, some
from tests.contract.many import hold_many
from tests.contract.storages import SqlStorage, put_on_sale, taken
from tests.samples import DESK, NOW, QUARTER, hotel, training

pytestmark = pytest.mark.anyio

FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")
MANY = 10_000

Cost = TypeVar("Cost", int, tuple[int, int])


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile, without the frame of transactions."""
    statements = list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_details: Any) -> None:
        if not statement.startswith(FRAME):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def budget(sql: SqlStorage, *, sqlite: Cost, postgres: Cost) -> Cost:
    return sqlite if sql.database.engine.dialect.name == "sqlite" else postgres


async def hold(sql: SqlStorage, nights: int, *, key: str | None = None) -> tuple[Booking, int]:
    """A booking of so many nights, and what holding it took."""
    desk = use_cases(sql.work)
    quote = await desk.quote(QuoteBooking(actor=DESK, request=hotel(0, nights)))
    once = None if key is None else Once[Booking](key=key, fingerprint=b"f", answer=_in_words)
    with counting(sql.database) as statements:
        held = await desk.hold(HoldBooking(actor=DESK, quote_id=quote.id, once=once))
    return held, len(statements)


def _in_words(booking: Booking) -> Answer:
    return Answer(status=201, body=booking.id.bytes)


async def test_a_week_is_held_as_cheaply_as_a_night(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=9)

    costs = [(await hold(sql, nights))[1] for nights in (1, 2, 7)]

    assert len(set(costs)) == 1
    assert costs[0] == budget(sql, sqlite=5, postgres=2)


async def test_a_party_is_held_as_cheaply_as_one_person(sql: SqlStorage) -> None:
    await course(sql)
    desk, costs = use_cases(sql.work), []
    for names in (["Ada"], ["Bert", "Carl"], [f"Guest {number}" for number in range(12)]):
        quote = await desk.quote(QuoteBooking(actor=DESK, request=training(*names)))
        with counting(sql.database) as statements:
            await desk.hold(HoldBooking(actor=DESK, quote_id=quote.id))
        costs.append(len(statements))

    assert costs == [budget(sql, sqlite=6, postgres=2)] * 3


async def test_a_key_costs_little(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=9)
    _, plain = await hold(sql, 2)
    _, keyed = await hold(sql, 2, key="a key")

    assert keyed <= plain + 1


async def test_a_quote_costs_no_more_for_a_longer_stay(sql: SqlStorage) -> None:
    await put_on_sale(sql)
    desk, costs = use_cases(sql.work), []
    for nights in (1, 10, 90):
        with counting(sql.database) as statements:
            await desk.quote(QuoteBooking(actor=DESK, request=hotel(0, nights)))
        costs.append(len(statements))

    assert costs == [3] * 3


async def test_confirming_and_cancelling_cost_little(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=9)
    desk = use_cases(sql.work)
    costs = []
    for nights in (1, 7):
        booking, _ = await hold(sql, nights)
        with counting(sql.database) as confirming:
            await desk.confirm(ConfirmBooking(actor=DESK, booking_id=booking.id, version=1))
        with counting(sql.database) as cancelling:
            await desk.cancel(CancelBooking(actor=DESK, booking_id=booking.id, version=2))
        costs.append((len(confirming), len(cancelling)))

    assert costs[0] == costs[1]
    assert costs[0] == budget(sql, sqlite=(3, 9), postgres=(2, 6))


async def test_a_unit_costs_one_statement_and_a_refusal_one_more(sql: SqlStorage) -> None:
    costs = []
    await put_in_use(sql, units=20)
    for number in range(20):
        with counting(sql.database) as picking:
            await sql.work(DESK, lambda it: it.inventory.take_any(named(number), some(0, 1)))  # noqa: B023
        costs.append(len(picking))
    with counting(sql.database) as refusing, pytest.raises(NoUnitFree):
        await sql.work(DESK, lambda it: it.inventory.take_any(named(99), some(0, 1)))

    assert (costs, len(refusing)) == ([1] * 20, 2)


async def test_a_long_list_costs_one_statement(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=60)
    views, costs = SqlBookingViews(sql.database), []
    for number in (1, 50):
        await hold_many(sql, number, first=number)
        with counting(sql.database) as statements:
            page = await views.bookings(DESK, filter=BookingFilter(), slice=Slice(limit=number))
        assert len(page.items) == number
        costs.append(len(statements))

    assert costs == [1, 1]


async def test_a_crowd_expires_as_cheaply_as_a_handful(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=MANY)
    expire, costs = use_cases(sql.work, lambda: NOW + QUARTER).expire, []
    for first, number in ((1, 10), (11, 500)):
        await hold_many(sql, number, first=first)
        with counting(sql.database) as statements:
            assert await expire(ExpireHolds(actor=DESK, limit=1000)) == number
        costs.append(len(statements))

    assert costs[0] == costs[1] == budget(sql, sqlite=9, postgres=7)
    assert await taken(sql) == {}


async def test_ten_thousand_expired_holds_are_swept_in_few_statements(sql: SqlStorage) -> None:
    await put_on_sale(sql, capacity=MANY)
    await hold_many(sql, MANY)
    expire, swept = use_cases(sql.work, lambda: NOW + QUARTER).expire, 0
    with counting(sql.database) as statements:
        while expired := await expire(ExpireHolds(actor=DESK, limit=1000)):
            swept += expired

    assert swept == MANY
    assert len(statements) <= MANY // 1000 * 9 + 2
    assert await taken(sql) == {}
