"""What is summed up of bookings is what they come to, whatever has happened to them meanwhile."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, event, insert

from adapters.mapping.booking_facts import known_of
from adapters.mapping.summed_bookings import differences_of_days, differences_of_moments
from adapters.mapping.summed_shapes import (
    differences_of_leads,
    differences_on_books,
    summed_anew,
)
from adapters.schema.analytics import booking_days, booking_facts
from adapters.schema.times_of_moments import quarter_of
from domain.bookings.life import BookingState
from domain.kernel.identifiers import BookingId, OrganizationId

OURS = UUID(int=1)
BEGAN = datetime(2027, 3, 1, tzinfo=timezone.utc)
MOMENTS = st.integers(0, 300).map(lambda minutes: BEGAN + timedelta(minutes=minutes))
PERHAPS = st.none() | MOMENTS
Row = Mapping[str, Any]
Sums = dict[str, Counter[tuple[Any, ...]]]


@st.composite
def bookings(draw: st.DrawFn) -> tuple[Row, Sequence[Row]]:
    """One of three, as it is counted at some time, with its days."""
    booked_at, starts_at = draw(MOMENTS), draw(MOMENTS)
    worth = draw(st.lists(st.integers(0, 500), min_size=1, max_size=3))
    alike = {
        "organization_id": OURS,
        "resource_id": UUID(int=draw(st.integers(1, 2))),
        "state": draw(st.sampled_from([state.value for state in BookingState])),
        "units": draw(st.integers(1, 3)),
        "people": draw(st.integers(0, 3)),
        "currency": draw(st.sampled_from(["EUR", "JPY"])),
    }
    booking_id = UUID(int=draw(st.integers(1, 3)))
    row = {
        **alike,
        "id": booking_id,
        "kind": draw(st.sampled_from(["hotel", "car"])),
        "by_company": draw(st.booleans()),
        "starts_at": starts_at,
        "starts_quarter": quarter_of(starts_at),
        "first_day": date(2027, 3, 1),
        "days": len(worth),
        "lead_days": draw(st.integers(-1, 3)),
        "total_minor": draw(st.integers(0, 10**12)),
        "worth_minor": sum(worth),
        "booked_at": booked_at,
        "booked_quarter": quarter_of(booked_at),
        "confirmed_at": draw(PERHAPS),
        "cancelled_at": draw(PERHAPS),
        "paid_at": draw(PERHAPS),
    }
    days = [
        {**alike, "day": date(2027, 3, number), "booking_id": booking_id, "worth_minor": minor}
        for number, minor in enumerate(worth, start=1)
    ]
    return row, days


@pytest.fixture(scope="module")
def connection() -> Connection:
    connection = create_engine("sqlite://").connect()
    booking_facts.metadata.create_all(connection, [booking_facts, booking_days])
    return connection


@settings(max_examples=25, deadline=None)
@given(history=st.lists(bookings(), max_size=12))
def test_differences_come_to_the_sums_over_what_is_left(
    connection: Connection, history: Sequence[tuple[Row, Sequence[Row]]]
) -> None:
    known: dict[UUID, tuple[Row, Sequence[Row]]] = {}
    kept: Sums = {}
    for row, days in history:
        before, days_before = known.get(row["id"], (None, ()))
        rows_before = [] if before is None else [before]
        for table, of, quarters, each in (
            ("booking_quarters", "quarter", 1, ()),
            ("booking_hours", "hour", 4, ()),
            ("offered_days", "day", 96, ("resource_id",)),
        ):
            differences = differences_of_moments(
                rows_before, [row], of=of, quarters=quarters, each=each
            )
            _keep(kept, table, differences)
        _keep(kept, "sold_days", differences_of_days(days_before, days))
        _keep(kept, "booking_leads", differences_of_leads(rows_before, [row]))
        on_books = differences_on_books([(one, days_before) for one in rows_before], [(row, days)])
        _keep(kept, "days_on_books", on_books)
        known[row["id"]] = row, days

    assert _without_zeros(kept) == _without_zeros(_anew(connection, list(known.values())))


def test_days_are_found_by_their_booking(connection: Connection) -> None:
    """A desk of SQLite has no statistics by which it would know better than by the order asked."""
    asked: list[tuple[str, Any]] = []
    event.listen(
        connection,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, values, *_: asked.append((statement, values)),
    )

    known_of(connection.execute, OrganizationId(OURS), [BookingId(UUID(int=1))])

    plans = [
        str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
        for statement, values in list(asked)
    ]
    assert len(plans) == 2
    assert [plan for plan in plans if "booking_id=?" in plan or "AND id=?" in plan] == plans


def _keep(kept: Sums, table: str, differences: Sequence[Row]) -> None:
    sums = kept.setdefault(table, Counter())
    key = [column.name for column in _table(table).primary_key.columns][1:]
    for row in differences:
        for name in row.keys() - set(key):
            sums[*(row[part] for part in key), name] += row[name]


def _anew(connection: Connection, counted: Sequence[tuple[Row, Sequence[Row]]]) -> Sums:
    """As `figures rebuild` sums up, in SQL."""
    found: Sums = {}
    for table in (booking_days, booking_facts):
        connection.execute(delete(table))
    for fact, days in counted:
        connection.execute(insert(booking_facts), fact)
        connection.execute(insert(booking_days), list(days))
    for summed in summed_anew():
        sums = found.setdefault(summed.table.name, Counter())
        key = [column.name for column in summed.table.primary_key.columns][1:]
        for values in connection.execute(summed.question):
            row = dict(zip(summed.columns, values, strict=True))
            for name in row.keys() - {*key, "organization_id"}:
                sums[*(row[part] for part in key), name] += row[name]
    return found


def _without_zeros(tables: Sums) -> Mapping[tuple[Any, ...], int]:
    return {
        (table, *key): number
        for table, sums in tables.items()
        for key, number in sums.items()
        if number
    }


def _table(name: str) -> Any:
    return booking_facts.metadata.tables[name]
