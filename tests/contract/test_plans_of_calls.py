"""Lists of calls go through indexes, few or many at a time, and look at those calls they show."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, insert

from adapters.readers import call_plans
from adapters.readers.calls import SqlCallViews
from adapters.schema.calls import calls
from adapters.sql.database import Database
from application.calls.views import CallFilter, Order, Sentiment
from application.kernel.pages import Key, Page, Slice
from domain.calls.call import Call, Direction
from domain.calls.status import CallStatus
from domain.kernel.identifiers import ActorId, DispositionId
from tests.contract.databases import execute, opened
from tests.contract.plans_of_calls import (
    PAGE,
    asked,
    indexes,
    looked_at_by_postgres,
    looked_at_by_sqlite,
    nodes,
)
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

CALLS, FEW, MANY = 4_000, 50, 1_200
CUSTOMER, OURS = "+442079460958", "+442079460000"
WAYS = {Order.STARTED_AT: "started_at", Order.DURATION: "seconds", Order.QA_SCORE: "qa_milli"}
HANDLERS, DISPOSITIONS = ([UUID(int=kind << 64 | n) for n in range(20)] for kind in (1, 2))


# As long as those of real calls: a short table is read faster than its indexes.
PEOPLE = {"caller": None, "called": None, "metadata": {"about": "x" * 800}, "ending_note": ""}


def made(number: int) -> Mapping[str, Any]:
    """One of five comes to nothing: nobody handles, disposes of or judges it, and it is short."""
    talked, judged = number % 5 > 0, number % 5 > 1
    return {
        "organization_id": DESK.organization_id,
        "id": UUID(int=number),
        "version": 1,
        "direction": "inbound" if number % 3 else "outbound",
        "status": "completed" if talked else "rejected" if number % 200 == 0 else "busy",
        "provider": "fake",
        "provider_call": f"c{number}",
        "caller": CUSTOMER if number % 500 == 0 else None,
        "called": OURS if number % 2 else f"+3519{number:08}",
        "handler_id": HANDLERS[number % 19] if talked else None,
        "disposition_id": DISPOSITIONS[number % 7] if talked else None,
        "started_at": NOW + timedelta(seconds=number),
        "seconds": 1 + number * 7 % 311 if talked else 0,
        "qa_milli": 1 + number * 7 % 997 if judged else -1,
        "sentiment_milli": number * 3 % 1999 - 999 if judged else None,
        "escalated": number % 23 == 0,
        "people": PEOPLE,
        "details": {},
    }


ROWS = [made(number) for number in range(CALLS)]
Holds = Callable[[Mapping[str, Any]], bool]
LISTS: Mapping[str, tuple[CallFilter, Holds]] = {
    "all": (CallFilter(), lambda _row: True),
    "status, most": (
        CallFilter(status=CallStatus.COMPLETED),
        lambda row: row["status"] == "completed",
    ),
    "status, many": (CallFilter(status=CallStatus.BUSY), lambda row: row["status"] == "busy"),
    "status, few": (
        CallFilter(status=CallStatus.REJECTED),
        lambda row: row["status"] == "rejected",
    ),
    "disposition": (
        CallFilter(disposition_id=DispositionId(DISPOSITIONS[3])),
        lambda row: row["disposition_id"] == DISPOSITIONS[3],
    ),
    "outgoing of a handler": (
        CallFilter(handler_id=ActorId(HANDLERS[3]), direction=Direction.OUTBOUND),
        lambda row: row["handler_id"] == HANDLERS[3] and row["direction"] == "outbound",
    ),
    "half of them, escalated": (
        CallFilter(started_from=NOW + timedelta(seconds=CALLS / 2), escalated=True),
        lambda row: row["started_at"] >= NOW + timedelta(seconds=CALLS / 2) and row["escalated"],
    ),
    "unhappy, with a score": (
        CallFilter(sentiment=Sentiment.NEGATIVE, qa_from=500),
        lambda row: row["qa_milli"] >= 500 and row["sentiment_milli"] < -100,
    ),
}


def either(number: str) -> tuple[CallFilter, Holds]:
    return CallFilter(number=number), lambda row: number in {row["caller"], row["called"]}


NUMBERS = {number: either(number) for number in (CUSTOMER, OURS)}


@pytest.fixture
async def full(storage_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(call_plans, "FEW", FEW)
    monkeypatch.setattr(call_plans, "MANY", MANY)
    monkeypatch.setattr(call_plans, "SOON", 0)
    monkeypatch.setattr(call_plans, "SOON_LOOKED_AT", 0)
    async with opened(storage_url) as database:
        await database.write(
            lambda connection: connection.execute(insert(calls), ROWS), of=DESK.organization_id
        )
        if storage_url.startswith("postgresql"):
            # What is not flushed yet, the server does not take for seen by everybody.
            await execute(storage_url, "CHECKPOINT", "VACUUM ANALYZE calls")
        yield database


@pytest.mark.parametrize("soon", [0, 100])
async def test_however_it_is_found_each_call_is_shown_once_and_in_order(
    full: Database, soon: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_plans, "SOON", soon)
    monkeypatch.setattr(call_plans, "SOON_LOOKED_AT", soon)
    for name, filter, order, latest_first in every({**LISTS, **NUMBERS}):
        holds = {**LISTS, **NUMBERS}[name][1]
        expected = sorted(
            (row for row in ROWS if holds(row)),
            key=lambda row: (row[WAYS[order]], row["id"].int),
            reverse=latest_first,
        )
        after: Key | None = None
        found: list[UUID] = []
        for limit in (PAGE, 100):
            slice = Slice(limit=limit, after=after)
            page = await listed(full, filter, order, slice, latest_first=latest_first)
            found += [call.id for call in page.items]
            after = page.next
            if after is None:
                break
        assert found == [row["id"] for row in expected[: PAGE + 100]], (name, order)
        assert (after is None) == (len(expected) <= PAGE + 100), (name, order)


async def test_only_calls_on_the_page_are_looked_at(full: Database) -> None:
    """Whether it is by handler or by what they sounded like, indexes tell the rest."""
    looked_at = {
        "sqlite": looked_at_by_sqlite,
        "postgresql": looked_at_by_postgres,
    }[full.engine.dialect.name]
    for name, filter, order, latest_first in every(LISTS):
        with asked(full) as statements:
            slice = Slice(limit=PAGE)
            await listed(full, filter, order, slice, latest_first=latest_first)
        too_many = await full.read(partial(looked_at, *statements[-1]), of=DESK.organization_id)
        assert not too_many, (name, order, too_many)


async def test_nothing_is_counted_for_a_page_that_is_full_soon(
    full: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_plans, "SOON", 100)
    with asked(full) as statements:
        page = await listed(
            full,
            CallFilter(status=CallStatus.COMPLETED, qa_from=500),
            Order.DURATION,
            Slice(limit=PAGE),
            latest_first=True,
        )
    assert len(page.items) == PAGE
    # PostgreSQL is told whose rows it may show, before it is asked.
    assert [text for text, _ in statements if "count(" in text] == []
    for statement, given in statements[-2:]:
        by = await full.read(partial(indexes, statement, given), of=DESK.organization_id)
        assert "ix_calls_seconds" in by or "ix_calls" not in by


async def test_a_page_behind_a_key_is_not_gone_along_to(full: Database) -> None:
    """SQLite begins at the bound of a range, where there is one beside the key."""
    with asked(full) as statements:
        for latest_first, bound in ((True, "qa_milli<"), (False, "qa_milli>")):
            await listed(
                full,
                CallFilter(qa_from=100, qa_to=900),
                Order.QA_SCORE,
                Slice(limit=PAGE, after=("500", str(UUID(int=0)))),
                latest_first=latest_first,
            )
            by = await full.read(partial(indexes, *statements[-1]), of=DESK.organization_id)
            assert "ix_calls_qa_milli" in by
            assert bound not in by


async def test_those_at_the_other_end_of_an_order_are_not_gone_along_to(full: Database) -> None:
    """No server knows that whoever is busy does not talk."""
    with asked(full) as statements:
        page = await listed(
            full,
            CallFilter(status=CallStatus.BUSY),
            Order.DURATION,
            Slice(limit=PAGE),
            latest_first=True,
        )
    by = await full.read(partial(indexes, *statements[-1]), of=DESK.organization_id)

    assert {call.status for call in page.items} == {CallStatus.BUSY}
    assert "ix_calls_status" in by
    assert "ix_calls_seconds" not in by


async def test_scores_that_hardly_any_of_them_has_are_not_gone_along(full: Database) -> None:
    """Nobody judges who was busy, and no server knows that either."""
    neither = CallFilter(status=CallStatus.BUSY, qa_from=0)
    with asked(full) as statements:
        page = await listed(full, neither, Order.QA_SCORE, Slice(limit=PAGE), latest_first=True)
    by = await full.read(partial(indexes, *statements[-1]), of=DESK.organization_id)

    assert page.items == []
    assert "ix_calls_status" in by
    assert "ix_calls_qa_milli" not in by


async def test_the_happy_and_the_unhappy_are_found_in_the_order_of_their_scores(
    full: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Along all scores, those that nobody has judged come first."""
    monkeypatch.setattr(call_plans, "MANY", FEW)
    for sentiment in Sentiment:
        with asked(full) as statements:
            await listed(
                full,
                CallFilter(sentiment=sentiment, direction=Direction.INBOUND),
                Order.QA_SCORE,
                Slice(limit=PAGE),
                latest_first=False,
            )
        by = await full.read(partial(indexes, *statements[-1]), of=DESK.organization_id)
        assert f"ix_calls_{sentiment.value}" in by
        assert "ix_calls_qa_milli" not in by


@pytest.mark.parametrize("storage_url", ["postgres"], indirect=True)
async def test_a_number_that_most_calls_are_of_is_not_taken_for_one_of_few(full: Database) -> None:
    """From the sixth time on, PostgreSQL plans a statement for any number."""
    with asked(full) as statements:
        await listed(
            full, CallFilter(number=OURS), Order.STARTED_AT, Slice(limit=PAGE), latest_first=True
        )
    statement, given = statements[-1]
    values = ", ".join(f"'{value}'" for value in given)

    def explain(connection: Connection) -> Any:
        connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
        connection.exec_driver_sql(f"PREPARE listed AS {statement}")
        question = f"EXPLAIN (FORMAT JSON) EXECUTE listed ({values})"
        return connection.exec_driver_sql(question).scalar_one()

    (told,) = await full.read(explain, of=DESK.organization_id)
    by = [node.get("Index Name") for node in nodes(told["Plan"])]
    assert "ix_calls_started_at" in by
    assert not {"ix_calls_caller", "ix_calls_called"} & {*by}


def every(lists: Iterable[str]) -> Iterator[tuple[str, CallFilter, Order, bool]]:
    for name in lists:
        for order in Order:
            for latest_first in (False, True):
                yield name, {**LISTS, **NUMBERS}[name][0], order, latest_first


async def listed(
    database: Database, filter: CallFilter, order: Order, slice: Slice, *, latest_first: bool
) -> Page[Call]:
    return await SqlCallViews(database).calls(
        DESK, filter=filter, order=order, latest_first=latest_first, slice=slice
    )
