"""What many rows of a page need is looked up once, and never seen as it was before a change."""

from uuid import uuid4

import attrs
import pytest

from adapters.repositories.import_work import SqlImportWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contract.storages import SqlStorage
from tests.contract.test_statement_budgets import counting
from tests.samples import DESK, DOUBLE_ROOMS, NOW, SEAT_RATES, room_terms

pytestmark = pytest.mark.anyio


@pytest.fixture
async def importing(sql: SqlStorage) -> SqlUnitOfWork[SqlImportWork]:
    await sql.work(DESK, lambda work: work.resources.save(DOUBLE_ROOMS))
    await sql.work(DESK, lambda work: work.sales_terms.save(room_terms()))
    return SqlUnitOfWork(
        database=sql.database, work_on=SqlImportWork.on, new_id=uuid4, clock=lambda: NOW
    )


async def test_it_is_looked_up_once_in_a_transaction(
    sql: SqlStorage, importing: SqlUnitOfWork[SqlImportWork]
) -> None:
    def look(work: SqlImportWork) -> None:
        for _ in range(3):
            work.resources.get(DOUBLE_ROOMS.id)
            work.sales_terms.get(DOUBLE_ROOMS.id)

    for _ in range(2):  # it may have changed since the transaction before
        with counting(sql.database) as seen:
            await importing(DESK, look)
        assert len(seen) == 2


async def test_what_was_changed_is_seen_as_it_is(
    importing: SqlUnitOfWork[SqlImportWork],
) -> None:
    def change(work: SqlImportWork) -> None:
        resource = work.resources.get(DOUBLE_ROOMS.id)
        terms = work.sales_terms.get(DOUBLE_ROOMS.id)
        work.resources.save(attrs.evolve(resource, name="Attic"))
        work.sales_terms.save(attrs.evolve(terms, rates=SEAT_RATES))

        assert work.resources.get(DOUBLE_ROOMS.id).name == "Attic"
        assert work.sales_terms.get(DOUBLE_ROOMS.id).rates == SEAT_RATES

    await importing(DESK, change)
