"""Searching by words stays a look into an index, though PostgreSQL filters every row besides."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event

from adapters.readers.catalogue import SqlCatalogueViews
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from application.bookings.catalogue_views import CatalogueSearch
from application.kernel.pages import Slice
from domain.kernel.periods import DateRange
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT, execute
from tests.samples import DESK, OTHER_DESK
from tests.servers import at_the_desk

pytestmark = pytest.mark.anyio

OURS, THEIRS = 10_000, 3_000
Node = Mapping[str, Any]

# Every resource is a room, and each has a number. Both organizations have those of one another.
FILL = """
    INSERT INTO resources
        (organization_id, id, version, kind, name, zone, sold_by_day, offering)
    SELECT '{of}', gen_random_uuid(), 1, 'hotel', 'Room ' || lpad(n::text, 5, '0'), 'UTC', true,
        '{{"kind": "hotel", "beds": 2}}'
    FROM generate_series(1, {many}) AS n;
    INSERT INTO resource_words (organization_id, resource_id, word)
    SELECT organization_id, id, word
    FROM resources, regexp_split_to_table(lower(name), ' ') AS word
    WHERE organization_id = '{of}';
    INSERT INTO sales_terms (organization_id, id, version, rates, cancellation)
    SELECT organization_id, id, 1, '{{"price": {{"minor": 5000, "currency": "EUR"}}}}', '{{}}'
    FROM resources WHERE organization_id = '{of}';
    INSERT INTO pools (organization_id, id, resource_id, day, capacity, allowance, taken, closed)
    SELECT organization_id, id || ':' || n, id, DATE '2027-03-01' + n, 5, 0, 0, false
    FROM resources, generate_series(0, 2) AS n WHERE organization_id = '{of}'
"""


@pytest.fixture
async def filled(own_postgres_url: str) -> AsyncIterator[Database]:
    for actor, many in ((DESK, OURS), (OTHER_DESK, THEIRS)):
        await execute(own_postgres_url, FILL.format(of=actor.organization_id, many=many))
    await execute(own_postgres_url, "ANALYZE")
    database = open_database(
        at_the_desk(own_postgres_url), pooling=PATIENT, pause=pause, allow_unsafe=True
    )
    yield database
    await database.close()


async def plan_of(database: Database, wanted: CatalogueSearch) -> Node:
    """How the server went about the question, as it did it."""
    asked = list[tuple[str, Any]]()

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if "FROM resources" in statement:
            asked.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", listen)
    found = await SqlCatalogueViews(database).search(
        DESK, wanted, slice=Slice(limit=20, after=None)
    )
    event.remove(database.engine, "before_cursor_execute", listen)
    assert len(found.items) >= 10
    [(statement, given)] = asked

    def explain(connection: Connection) -> Any:
        question = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        return connection.exec_driver_sql(question, given).scalar_one()

    (told,) = await database.read(explain, of=DESK.organization_id)
    plan: Node = told["Plan"]
    return plan


def nodes(plan: Node) -> Iterator[Node]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


async def test_words_and_what_is_free_are_looked_up_in_an_index(filled: Database) -> None:
    plan = await plan_of(filled, CatalogueSearch(text="room 0123"))
    looked_up = [one for one in nodes(plan) if ">=" in one.get("Index Cond", "")]

    assert any("organization_id" in one["Index Cond"] for one in looked_up), plan
    assert not [one for one in nodes(plan) if one["Node Type"] == "Seq Scan"], plan
    assert max(map(rows, nodes(plan))) < OURS / 100, plan

    dates = DateRange(date(2027, 3, 1), date(2027, 3, 4))
    plan = await plan_of(filled, CatalogueSearch(dates=dates))
    pools = [one for one in nodes(plan) if one.get("Relation Name") == "pools"]

    assert pools
    assert max(map(rows, pools)) < OURS / 100, plan


def rows(node: Node) -> float:
    """That it has read, whether it passed them on or not."""
    passed_over = node.get("Rows Removed by Filter", 0)
    return float((node["Actual Rows"] + passed_over) * node["Actual Loops"])
