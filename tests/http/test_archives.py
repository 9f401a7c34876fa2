"""Histories are archived before they are forgotten, where an organization says so."""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import Table, select

from adapters.repositories.history_retention import KEPT, SqlHistoryRetention
from adapters.schema.data_sources import data_source_attempts
from adapters.schema.imports import import_refusals
from adapters.schema.pipelines import pipeline_runs, posted_events, run_notes
from domain.kernel.histories import History
from tests.http.archiving import tried
from tests.http.desk import Desk
from tests.http.sales import set_to
from tests.http.test_histories import asked, forgetting, rows_of, source_of
from tests.http.test_imports import bring
from tests.http.test_imports import run as run_import
from tests.http.test_pipelines import added, posted, room, run

pytestmark = pytest.mark.anyio

YEARS = timedelta(days=400)
Lines = Sequence[Mapping[str, Any]]


async def archives_of(desk: Desk, query: str = "") -> list[dict[str, Any]]:
    page = (await desk.get(f"/v1/archives{query}")).json()
    items: list[dict[str, Any]] = page["items"]
    return items


async def lines_of(desk: Desk, archive: Mapping[str, Any]) -> Lines:
    file = await desk.get(f"/v1/archives/{archive['id']}/file")
    assert file.headers["content-type"] == "application/gzip"
    assert (len(file.content), _sha256(file.content)) == (archive["size"], archive["digest"])
    return [json.loads(line) for line in gzip.decompress(file.content).splitlines()]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def ids_in(desk: Desk, table: Table) -> set[str]:
    question = select(
        *(column for column in table.primary_key if column.name != "organization_id")
    )
    rows = await desk.container.database().read(
        lambda connection: connection.execute(question).all(), of=desk.actor.organization_id
    )
    return {" ".join(str(value) for value in row) for row in rows}


async def test_what_is_forgotten_is_in_archives(any_desk: Desk) -> None:
    pipeline = await added(any_desk)
    await posted(any_desk, room("a"))
    await run(any_desk, pipeline)
    await posted(any_desk, room("b") | {"said": {"name": ""}})
    await run(any_desk, pipeline)
    await run_import(any_desk, await bring(any_desk, "offerings", "key,name\n1,\n"))
    await tried(any_desk, 3)
    for which in ("source", "report", "run", "event"):
        await set_to(any_desk, f"histories.{which}_archived", value=True)
    tables = (run_notes, import_refusals, posted_events, data_source_attempts, pipeline_runs)
    before = {table.name: await ids_in(any_desk, table) for table in tables}

    any_desk.clock.passes(YEARS)
    for _ in range(2):
        await forgetting(any_desk)()

    gone = {table.name: before[table.name] - await ids_in(any_desk, table) for table in tables}
    assert all(gone[name] for name in gone if name != "pipeline_runs")
    for history, kept in KEPT.items():
        names = [c.name for c in kept.table.primary_key if c.name != "organization_id"]
        told: Lines = []
        for archive in await archives_of(any_desk, f"?history={history.value}"):
            lines = await lines_of(any_desk, archive)
            assert (archive["history"], archive["rows"]) == (history.value, len(lines))
            told = [*told, *lines]
        assert {" ".join(str(line[name]) for name in names) for line in told} == gone.get(
            kept.table.name, set()
        )
        assert all(tuple(line) == kept.told for line in told)


async def test_a_line_tells_what_was_in_the_row(desk: Desk) -> None:
    source_id, at = await source_of(desk), desk.clock()
    for reason in (None, "unreachable", None):
        await asked(desk, source_id, reason=reason)
    await set_to(desk, "histories.source_archived", value=True)
    desk.clock.passes(YEARS)

    await forgetting(desk)()

    (archive,) = await archives_of(desk)
    first, second = await lines_of(desk, archive)
    assert (first["reason"], second["reason"]) == (None, "unreachable")
    assert {**second, "id": ""} == {
        "id": "",
        "data_source_id": str(source_id),
        "asked": "check",
        "at": at.isoformat(),
        "milliseconds": 1,
        "records": 0,
        "reason": "unreachable",
        "version": None,
        "clock_difference_ms": None,
    }


async def test_nothing_is_archived_unless_somebody_says_so(any_desk: Desk) -> None:
    await tried(any_desk, 3)
    await set_to(any_desk, "histories.run_archived", value=True)

    any_desk.clock.passes(YEARS)

    assert await forgetting(any_desk)() == 2
    assert await archives_of(any_desk) == []


async def test_what_two_workers_forget_at_once_is_archived_once(any_desk: Desk) -> None:
    await tried(any_desk, 9)
    await set_to(any_desk, "histories.source_archived", value=True)
    any_desk.clock.passes(YEARS)

    await asyncio.gather(*(forgetting(any_desk)() for _ in range(4)))

    told = [line for one in await archives_of(any_desk) for line in await lines_of(any_desk, one)]
    assert len({line["id"] for line in told}) == len(told) == 8
    assert await rows_of(any_desk, data_source_attempts) == 1


async def test_nothing_is_gone_that_is_in_no_archive(any_desk: Desk) -> None:
    await tried(any_desk, 3)
    await set_to(any_desk, "histories.source_archived", value=True)
    any_desk.clock.passes(YEARS)

    def breaks_down() -> UUID:
        raise RuntimeError("in the middle")

    database = any_desk.container.database()
    broken = SqlHistoryRetention(database=database, new_id=breaks_down)
    await attrs.evolve(forgetting(any_desk), retention=broken)()

    assert await rows_of(any_desk, data_source_attempts) == 3
    assert await archives_of(any_desk) == []


async def test_archives_are_found_by_history_and_time_and_by_nobody_else(any_desk: Desk) -> None:
    await tried(any_desk, 2)
    await set_to(any_desk, "histories.source_archived", value=True)
    any_desk.clock.passes(YEARS)
    await forgetting(any_desk)()
    (archive,) = await archives_of(any_desk)
    made_at = archive["archived_at"].replace("+", "%2B")
    other = await Desk.opened(any_desk.container, any_desk.clock, slug="another")

    found = [
        len(await archives_of(any_desk, f"?{query}"))
        for query in (
            "history=source_attempts",
            "history=run_notes",
            f"since={made_at}",
            f"until={made_at}",
        )
    ]

    assert found == [1, 0, 1, 0]
    assert await archives_of(other) == []


async def test_archives_are_forgotten_in_their_own_time(any_desk: Desk) -> None:
    await tried(any_desk, 2)
    await set_to(any_desk, "histories.source_archived", value=True)
    await set_to(any_desk, "histories.archive_days", 10)
    any_desk.clock.passes(YEARS)
    left = []
    for days in (0, 10, 1):
        any_desk.clock.passes(timedelta(days=days))
        await forgetting(any_desk)()
        left.append(len(await archives_of(any_desk)))

    assert left == [1, 1, 0]


async def test_who_took_an_archive_is_on_the_trail(any_desk: Desk) -> None:
    await tried(any_desk, 2)
    await set_to(any_desk, "histories.source_archived", value=True)
    any_desk.clock.passes(YEARS)
    await forgetting(any_desk)()
    (archive,) = await archives_of(any_desk)

    await lines_of(any_desk, archive)
    assert (await any_desk.get(f"/v1/archives/{archive['id']}")).json() == archive
    await any_desk.relay()

    trail = (await any_desk.get("/v1/audit?kind=archive_taken")).json()["items"]
    assert [one["subject"] for one in trail] == [archive["id"]]
    assert trail[0]["changes"]["history"] == History.SOURCE_ATTEMPTS.value
