"""Something fails that the program depends on: callers hear a problem, and nothing internal."""

import re
from typing import Any

import httpx
import pytest
from dependency_injector import providers
from sqlalchemy import event, text

from adapters.sql.database import EVERYBODY
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.fakes.time import Time
from tests.http.desk import ROOMS, Desk, problem, program

pytestmark = pytest.mark.anyio

INSIDE = re.compile(
    r"SELECT|INSERT|UPDATE|sqlite|sqlalchemy|asyncpg|postgres|Traceback|\.py|\.db|/tmp|line \d",
    re.IGNORECASE,
)
STANDARD = {"type", "title", "status", "code", "detail", "instance"}


def discreet(answer: httpx.Response) -> tuple[int, str]:
    assert set(answer.json()) == STANDARD
    assert not INSIDE.search(answer.text)
    return problem(answer)


async def test_a_full_disk_is_said_and_reading_goes_on(desk: Desk) -> None:
    def no_page_more(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are, at least

    event.listen(desk.container.database().engine, "begin", no_page_more)
    room = {**ROOMS, "description": "x" * 2000}
    answers = [await desk.post("/v1/resources", room) for _ in range(200)]
    full = [answer for answer in answers if answer.status_code != 201]

    assert discreet(full[-1]) == (507, "storage_full")
    assert full[-1].headers["Retry-After"] == "30"
    listed = await desk.get("/v1/resources")
    assert listed.status_code == 200


async def test_a_table_that_is_lost_is_a_fault_of_ours(any_desk: Desk) -> None:
    def lose(connection: Any) -> None:
        connection.exec_driver_sql("ALTER TABLE quotes RENAME TO lost")

    rooms = await any_desk.rooms()
    async with any_desk.container.owned_database()() as owned:
        await owned.write(lose, of=EVERYBODY)

    made = await any_desk.post("/v1/quotes", {"kind": "hotel", "resource_id": rooms, "contact": {
        "name": "Ana Sousa", "email": "ana@example.com"}, "check_in": "2027-03-10",
        "check_out": "2027-03-11", "rooms": 1, "guests": 2})  # fmt: skip

    assert discreet(made) == (500, "internal_error")


async def test_a_lock_that_is_not_let_go_is_waited_for_so_long(
    filled_postgres_url: str, clock: Time
) -> None:
    settings = Settings(
        database_url=filled_postgres_url, allow_unsafe_database=True, database_lock_seconds=1
    )
    waiting = Container(settings=settings, clock=providers.Object(clock))
    desk = await Desk.opened(waiting, clock)
    async with program(filled_postgres_url, clock) as other:
        engine: Any = other.database().database.pool  # type: ignore[attr-defined]
        async with engine.begin() as connection:
            await connection.execute(text("BEGIN"))  # else each statement is one by itself
            await connection.execute(text("LOCK TABLE resources IN ACCESS EXCLUSIVE MODE"))
            refused = await desk.post("/v1/resources", ROOMS)
            await connection.execute(text("ROLLBACK"))
    afterwards = await desk.post("/v1/resources", ROOMS)
    await waiting.database().close()

    assert discreet(refused) == (503, "busy")
    assert refused.headers["Retry-After"] == "1"
    assert afterwards.status_code == 201
