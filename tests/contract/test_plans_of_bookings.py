"""Lists of bookings by state, and of calls that led to one, go through indexes of their own."""

import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, insert

from adapters.readers.bookings import SqlBookingViews
from adapters.readers.calls import SqlCallViews
from adapters.schema.bookings import bookings
from adapters.schema.calls import calls
from adapters.schema.events import event_log
from adapters.sql.database import Database
from application.bookings.views import BookingFilter
from application.calls.views import CallFilter, Order
from application.kernel.pages import Slice
from domain.bookings.life import BookingState
from tests.contract.databases import execute, opened
from tests.contract.plans_of_calls import asked, nodes
from tests.contract.test_plans_of_calls import made
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

BOOKINGS, RARE = 2_000, 200
PAGE = Slice(limit=50)
OURS = {"organization_id": DESK.organization_id}


def booked(number: int) -> Mapping[str, Any]:
    """Those that go on begin last."""
    begins = NOW + timedelta(hours=number if number % RARE else BOOKINGS + number)
    return {
        **OURS,
        "id": UUID(int=number),
        "version": 1,
        "reference": f"FD{number}",
        "state": "released" if number % RARE else "in_progress",
        "kind": "hotel",
        "resource_id": UUID(int=1),
        "title": "Double",
        "email": "ada@example.com",
        "starts_at": begins,
        "ends_at": begins,
        "expires_at": begins,
        "extendable_until": begins,
        "total_minor": 100,
        "currency": "EUR",
        "agreement": {},
    }


def done_in_call(number: int) -> Mapping[str, Any]:
    return {
        **OURS,
        "id": UUID(int=number),
        "name": "call_note_added" if number % RARE else "booking_held",
        "subject": UUID(int=number),
        "payload": {},
        "actor_id": UUID(int=1),
        "occurred_at": NOW,
        "call_id": UUID(int=number),
    }


@pytest.fixture
async def full(storage_url: str) -> AsyncIterator[Database]:
    if storage_url.startswith("sqlite"):
        selling_last(storage_url.partition("///")[2])
    async with opened(storage_url) as database:

        def fill(connection: Connection) -> None:
            for table, row in ((calls, made), (bookings, booked), (event_log, done_in_call)):
                connection.execute(insert(table), [dict(row(n)) for n in range(BOOKINGS)])

        await database.write(fill, of=DESK.organization_id)
        if storage_url.startswith("postgresql"):
            await execute(storage_url, "ANALYZE calls, bookings, event_log")
        yield database


def selling_last(file: str) -> None:
    """As steps of the schema make it: of two indexes that are as good SQLite takes the later one,
    and tables know theirs in no order.
    """
    name = "ix_event_log_selling"
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
        (again,) = found.fetchone()
        connection.execute(f"DROP INDEX {name}")
        connection.execute(again)
        connection.commit()


async def test_what_goes_on_is_found_by_its_state(full: Database) -> None:
    with asked(full) as statements:
        page = await SqlBookingViews(full).bookings(
            DESK, filter=BookingFilter(state=BookingState.IN_PROGRESS), slice=PAGE
        )

    by = await full.read(partial(goes_by, *statements[-1]), of=DESK.organization_id)
    assert [one.id.int for one in page.items] == list(range(0, BOOKINGS, RARE))
    assert "ix_bookings_organization_id_state_starts_at_id" in by


async def test_calls_that_sold_are_found_by_what_was_sold(full: Database) -> None:
    with asked(full) as statements:
        page = await SqlCallViews(full).calls(
            DESK,
            filter=CallFilter(converted=True),
            order=Order.STARTED_AT,
            latest_first=False,
            slice=PAGE,
        )

    by = await full.read(partial(goes_by, *statements[-1]), of=DESK.organization_id)
    assert [one.id.int for one in page.items] == list(range(0, BOOKINGS, RARE))
    assert "ix_event_log_selling" in by


def goes_by(statement: str, given: Any, connection: Connection) -> str:
    """The names of indexes, among others."""
    if connection.dialect.name == "sqlite":
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return str([step.detail for step in steps])
    (told,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", given).scalar_one()
    found: Sequence[Mapping[str, Any]] = list(nodes(told["Plan"]))
    return str([node.get("Index Name") for node in found])
