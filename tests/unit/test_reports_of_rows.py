"""Reports of rows on a table of every kind of cell."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeVar
from uuid import UUID

import attrs
import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
    insert,
)

from adapters.readers.reports.cells import flag, identifier, moment, number, seconds, share, text
from adapters.readers.reports.sql_report import Shown, SqlReport
from adapters.schema.metadata import Moment
from application.analytics.reports import CellKind, ReportQuestion
from application.kernel.pages import BadCursor, Key
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from domain.kernel.periods import Period, Zone

pytestmark = pytest.mark.anyio

Result = TypeVar("Result")
OURS = OrganizationId(UUID(int=7))
BEGAN = datetime(2027, 3, 1, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
MANY, AT_ONCE = 2_000, 100

things = Table(
    "things",
    MetaData(),
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String),
    Column("at", Moment, nullable=False),
    Column("over_at", Moment),
    Column("day", Date),
    Column("seconds", Integer),
    Column("milli", Integer),
    Column("loud", Boolean),
    Index("ix_things_at", "organization_id", "at", "id"),
)


@attrs.frozen
class Alone:
    """Of one connection, on which steps of the database are counted."""

    engine: Engine
    connection: Connection

    async def read(self, question: Callable[[Connection], Result], /, *, of: object) -> Result:
        return question(self.connection)


@pytest.fixture
def alone() -> Iterator[Alone]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        things.metadata.create_all(connection)
        yield Alone(engine, connection)
    engine.dispose()


def put(alone: Alone, many: int, **others: Any) -> None:
    rows = [
        {"organization_id": OURS, "id": UUID(int=1 + one), "at": BEGAN + MINUTE * one, **others}
        for one in range(many)
    ]
    alone.connection.execute(insert(things), rows)


def report(alone: Any) -> SqlReport:
    return SqlReport(
        database=alone,
        name="things",
        title="Things",
        needs=frozenset(),
        table=things,
        moment=things.c.at,
        keys=(things.c.id,),
        shown=(
            identifier("id", things.c.id),
            text("name", things.c.name),
            moment("over_at", things.c.over_at),
            Shown(name="day", kind=CellKind.DATE, cell=things.c.day),
            number("number", things.c.milli),
            seconds("seconds", things.c.seconds),
            share("share", things.c.milli),
            flag("loud", things.c.loud),
        ),
    )


async def page(alone: Alone, after: Key | None = None, limit: int = AT_ONCE) -> Any:
    question = ReportQuestion(period=Period(BEGAN, BEGAN + MINUTE * MANY), zone=Zone("UTC"))
    return await report(alone).page(Actor.system(OURS), question, after=after, limit=limit)


async def test_cells_are_what_they_mean(alone: Alone) -> None:
    known = {
        "name": "one",
        "over_at": BEGAN + timedelta(microseconds=1),
        "day": date(2027, 3, 1),
        "seconds": 0,
        "milli": 250,
        "loud": False,
    }
    put(alone, 1, **known)
    (row,) = (await page(alone)).rows
    assert row == (
        *(str(UUID(int=1)), "one", known["over_at"], known["day"]),
        *(250, 0, 0.25, False),
    )
    assert row[2].tzinfo is timezone.utc
    assert row[-1] is False


@pytest.mark.parametrize("unknown", [None, -1])
async def test_what_is_not_known_is_none(alone: Alone, unknown: int | None) -> None:
    put(alone, 1, seconds=unknown, milli=unknown)
    (row,) = (await page(alone)).rows
    assert row[1:] == (None, None, None, unknown, None, None, None)


async def test_pages_are_all_rows_once(alone: Alone) -> None:
    put(alone, 7)
    found, after, more = [], None, True
    while more:
        got = await page(alone, after, limit=3)
        found += [row[0] for row in got.rows]
        after, more = got.next, got.next is not None
    assert found == [str(UUID(int=1 + one)) for one in range(7)]
    assert (await page(alone, (str(BEGAN + MINUTE * MANY), str(UUID(int=9))))).rows == ()


async def test_the_last_page_takes_no_more_steps_than_the_first(alone: Alone) -> None:
    put(alone, MANY)
    steps: list[int] = []
    driver: Any = alone.connection.connection.driver_connection
    after, more = None, True
    while more:
        count = [0]

        def counted(count: list[int] = count) -> None:
            count[0] += 1

        driver.set_progress_handler(counted, 10)
        got = await page(alone, after)
        steps.append(count[0])
        after, more = got.next, got.next is not None
    assert len(steps) == MANY // AT_ONCE
    # The first has no key to compare with.
    assert max(steps[1:]) < 1.2 * min(steps[1:])


async def test_what_is_no_key_is_refused(alone: Alone) -> None:
    with pytest.raises(BadCursor):
        await page(alone, ("yesterday", str(UUID(int=1))))
