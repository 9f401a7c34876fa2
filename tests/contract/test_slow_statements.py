"""Statements are timed, and what is slow is told without what was asked for."""

import logging
from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from adapters.schema.bookings import bookings
from adapters.sql.database import Database
from adapters.sql.observing import Observing, OfThePool, fingerprint, table_of, without_values
from application.kernel.effort import begin_effort, end_effort
from tests.fakes.figures import MemoryFigures
from tests.samples import DESK

pytestmark = pytest.mark.anyio

OF_ADA = select(bookings.c.id).where(
    bookings.c.organization_id == DESK.organization_id, bookings.c.reference == "ADA"
)


@pytest.fixture
def figures(database: Database) -> Iterator[MemoryFigures]:
    """Of a database where every statement takes a quarter of a second."""
    told, seconds = MemoryFigures(), count(0.0, 0.25)
    observing = Observing(figures=told, seconds=lambda: next(seconds), slow=0.1)
    ends = observing.listen(database.engine)
    yield told
    for end in ends:
        event.remove(database.engine, *end)


async def ask(database: Database) -> None:
    await database.read(
        lambda connection: connection.execute(OF_ADA).all(), of=DESK.organization_id
    )


async def test_a_slow_statement_is_counted_and_logged_without_its_values(
    database: Database, figures: MemoryFigures, caplog: pytest.LogCaptureFixture
) -> None:
    effort, token = begin_effort()

    await ask(database)
    await database.write(
        lambda connection: connection.execute(OF_ADA).all(), of=DESK.organization_id
    )

    end_effort(token)
    assert figures.counted["frontdesk.db.slow_statements", "SELECT", "bookings"] == 2
    assert effort.statements >= 2
    told = [record for record in caplog.records if record.message == "a statement was slow"]
    slow = [vars(record) for record in told if vars(record)["table"] == "bookings"]
    assert {line["milliseconds"] for line in slow} == {250.0}
    assert len({line["fingerprint"] for line in slow}) == 1
    assert all(record.levelno == logging.WARNING for record in told)
    assert "ADA" not in str(slow)


async def test_errors_are_counted_by_type(database: Database, figures: MemoryFigures) -> None:
    with pytest.raises(DBAPIError):
        await database.read(
            lambda connection: connection.execute(text("SELECT nothing FROM nowhere")),
            of=DESK.organization_id,
        )

    assert "frontdesk.db.errors" in {name for name, *_ in figures.counted}


async def test_connections_are_told(database: Database) -> None:
    figures = MemoryFigures()
    await ask(database)

    OfThePool(database.engine, 5, figures)()

    used = figures.levels["db.client.connection.count", "used"]
    assert (used, figures.levels[("db.client.connection.max",)]) == (0, 5)
    assert figures.levels["db.client.connection.count", "idle"] >= 1


def test_values_in_the_text_are_left_out() -> None:
    said = "SELECT *\n  FROM bookings WHERE state = 'held' AND name = 'O''Hara'"

    assert without_values(said) == "SELECT * FROM bookings WHERE state = ? AND name = ?"
    assert fingerprint(said) == fingerprint(said.replace("O''Hara", "Ada"))
    assert [table_of(it) for it in ("INSERT INTO payments (id)", "UPDATE pools SET", "BEGIN")] == [
        "payments",
        "pools",
        "",
    ]
