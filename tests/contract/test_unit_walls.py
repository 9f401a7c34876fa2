"""The race for units with a wall torn down, one after the other: proof that it can be lost."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Insert,
    Uuid,
    bindparam,
    create_engine,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from adapters.repositories.inventory import SqlInventory
from adapters.repositories.units import SqlUnits
from adapters.schema.units import inventory_units, unit_claims
from adapters.sql.database import Database
from application.kernel.ports import Stale
from domain.inventory.units import NoUnitFree
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, UnitId
from tests.contract.crowds import at_the_doors, race
from tests.contract.databases import execute, opened
from tests.contract.fleets import claimed, hold, overlaps, put_in_use, some
from tests.contract.storages import SqlStorage, sql_storage
from tests.samples import DESK

pytestmark = pytest.mark.anyio


class HastyUnits(SqlUnits):
    """Passes over what somebody is about to claim, and leaves it at that."""

    def _ways_to_pick(self) -> Sequence[Insert]:
        return super()._ways_to_pick()[:1]


class BlindUnits(SqlUnits):
    """Claims a unit without looking whether somebody has it."""

    def _ways_to_pick(self) -> Sequence[Insert]:
        columns = unit_claims.c
        minutes = (bindparam(f"p_{name}", type_=BigInteger()) for name in ("first", "until"))
        any_unit = (
            select(
                bindparam("p_organization_id", type_=Uuid()),
                bindparam("p_hold_id", type_=Uuid()),
                inventory_units.c.id,
                inventory_units.c.number,
                *minutes,
            )
            .where(
                self.scope.owns(inventory_units),
                inventory_units.c.resource_id == bindparam("p_resource_id", type_=Uuid()),
            )
            .limit(1)
        )
        names = [column.name for column in columns]
        return (self._inserting().from_select(names, any_unit).returning(columns.unit_id),)

    def _inserting(self) -> Any:
        if self.scope.connection.dialect.name == "postgresql":
            return postgresql.insert(unit_claims).on_conflict_do_nothing()
        return insert(unit_claims)


class HastyInventory(SqlInventory):
    def take_units(
        self, hold_id: HoldId, intervals: Sequence[IntervalClaim]
    ) -> tuple[UnitId, ...]:
        return HastyUnits(self.scope).pick(hold_id, intervals)


class BlindInventory(SqlInventory):
    def take_units(
        self, hold_id: HoldId, intervals: Sequence[IntervalClaim]
    ) -> tuple[UnitId, ...]:
        return BlindUnits(self.scope).pick(hold_id, intervals)


async def race_for_one_car(storage: SqlStorage, *, step: float, number: int = 40) -> Counter[type]:
    """Each wants two hours of it, `step` hours after another."""
    await put_in_use(storage)
    await at_the_doors(storage.database)

    async def take(place: int) -> None:
        wanted = some(place * step, place * step + 2)
        await storage.work(DESK, lambda work: work.inventory.take_units(hold(place), wanted))

    return Counter(map(type, await race([take(place) for place in range(number)])))


async def test_without_waiting_not_all_get_what_they_could_have(postgres: Database) -> None:
    storage = sql_storage(postgres, inventory=HastyInventory)

    outcomes = await race_for_one_car(storage, step=2)

    assert outcomes[Stale] > 0
    assert outcomes[Stale] == 40 - len(await claimed(storage))


async def test_without_looking_the_table_still_refuses(database: Database) -> None:
    storage = sql_storage(database, inventory=BlindInventory)
    sqlite = database.engine.dialect.name == "sqlite"

    outcomes = await race_for_one_car(storage, step=1)

    claims = await claimed(storage)
    assert overlaps(claims) == 0
    assert outcomes[type(None)] == len(claims) < 40
    assert outcomes[IntegrityError if sqlite else NoUnitFree] == 40 - len(claims)


async def test_without_the_wall_either_they_overlap_on_postgres(own_postgres_url: str) -> None:
    await execute(
        own_postgres_url, "ALTER TABLE unit_claims DROP CONSTRAINT ex_unit_claims_minutes"
    )
    async with opened(own_postgres_url) as database:
        await overlapping(database)


async def test_without_the_wall_either_they_overlap_on_sqlite(sqlite_storage_url: str) -> None:
    engine = create_engine(sqlite_storage_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER tr_unit_claims_insert"))
    engine.dispose()
    async with opened(sqlite_storage_url) as database:
        await overlapping(database)


async def overlapping(database: Database) -> None:
    storage = sql_storage(database, inventory=BlindInventory)

    assert await race_for_one_car(storage, step=1) == {type(None): 40}
    assert overlaps(await claimed(storage)) == 39
