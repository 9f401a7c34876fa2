"""What PostgreSQL can do of picking units: the statement itself and the insert in it, bare."""

import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import asyncpg  # type: ignore[import-untyped]
import attrs
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from adapters.repositories.unit_picks import PRIME, picking
from benchmarks.stages import Stage
from domain.inventory.units import Unit
from domain.kernel.identifiers import ResourceId
from tests.servers import at_the_desk

CLIENTS = 16
HOUR = 60
BEGIN = 68_374_080  # minutes from 1900 to 2030
INSERT = """INSERT INTO unit_claims
    (organization_id, hold_id, unit_id, number, first_minute, until_minute)
    VALUES ($1, $2, $3, (SELECT number FROM inventory_units WHERE id = $3), $4::bigint, $4 + 1)"""


@attrs.define
class BarePicks:
    """As whoever serves, behind the wall."""

    organization_id: UUID
    resource_id: ResourceId
    units: Sequence[Unit]
    connections: Sequence[Any]
    minutes: Iterator[int] = attrs.field(factory=count)
    tried: int = 0
    without_a_unit: int = 0

    async def insert(self, number: int) -> None:
        await self.connections[number].execute(
            INSERT, self.organization_id, uuid4(), random.choice(self.units).id, next(self.minutes)
        )

    async def pick(self, number: int) -> None:
        """The first way to pick, which passes over units that somebody is about to claim."""
        text, names, literals = FIRST_WAY
        first = BEGIN + random.randrange(24 * 365) * HOUR
        values = {
            **literals,
            "p_organization_id": self.organization_id,
            "p_hold_id": uuid4(),
            "p_resource_id": self.resource_id,
            "p_first": first,
            "p_until": first + HOUR,
            "p_spread": random.randrange(1, PRIME),
        }
        found = await self.connections[number].fetch(text, *(values[name] for name in names))
        self.tried += 1
        self.without_a_unit += not found

    @property
    def without_one(self) -> float:
        return self.without_a_unit / max(self.tried, 1)


def _first_way() -> tuple[str, Sequence[str], dict[str, Any]]:
    """Its text, the names of its parameters in their order, and those that are always the same."""
    compiled = picking("postgresql")[0].compile(dialect=dialect())  # type: ignore[no-untyped-call]
    return str(compiled), compiled.positiontup or (), dict(compiled.params)


FIRST_WAY = _first_way()


@asynccontextmanager
async def bare_picks(
    url: str, on: Stage, resource_id: ResourceId, units: Sequence[Unit]
) -> AsyncIterator[BarePicks]:
    plain = at_the_desk(url).replace("+asyncpg", "", 1)
    settings = {"app.org": str(on.actor.organization_id)}
    connections = [await asyncpg.connect(plain, server_settings=settings) for _ in range(CLIENTS)]
    try:
        yield BarePicks(on.actor.organization_id, resource_id, units, connections)
    finally:
        for connection in connections:
            await connection.close()
