"""The server with the guard taken away: proof that the races would find it missing.

It does what is done so often, look, compare, then write, or on SQLite does not even look.
`python -m benchmarks.unguarded` serves.
"""

import os
from collections.abc import Sequence
from typing import Any

import attrs
from dependency_injector import providers
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import Connection, event, select, text, update

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.inventory import SqlInventory
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools
from adapters.sql.scope import Scope
from domain.inventory.pools import Shortage, SoldOut
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId
from entrypoints.http.app import create_app
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


@attrs.frozen
class UnguardedInventory(SqlInventory):
    def take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        for claim in claims:
            free = self._free(claim)
            if claim.units > free:
                raise SoldOut((Shortage(claim.pool_id, requested=claim.units, free=free),))
            self.scope.execute(
                update(pools)
                .where(self.scope.owns(pools), pools.c.id == claim.pool_id)
                .values(taken=pools.c.taken + claim.units)
            )
            self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)

    def _free(self, claim: Claim) -> int:
        if self.scope.connection.dialect.name == "sqlite":
            return claim.units  # writers are alone there, so whoever looks first is right
        row = self.scope.execute(
            select(pools.c.capacity, pools.c.taken).where(
                self.scope.owns(pools), pools.c.id == claim.pool_id
            )
        )
        found = row.one()
        return int(found.capacity - found.taken)


@attrs.frozen
class UnguardedWork(SqlBookingWork):
    @classmethod
    def on(cls, scope: Scope) -> "UnguardedWork":
        work = SqlBookingWork.on(scope)
        return cls(
            **{
                field.name: getattr(work, field.name)
                for field in attrs.fields(SqlBookingWork)
                if field.name != "inventory"
            },
            inventory=UnguardedInventory(scope),
        )


def drop_second_wall(connection: Connection) -> None:
    """SQLite cannot drop a CHECK; there the server looks away instead."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE pools DROP CONSTRAINT ck_pools_taken"))


def application() -> Any:
    """What each server process serves."""
    container: Any = Container(settings=Settings.from_environment(os.environ))
    container.bookings.unit_of_work.add_kwargs(work_on=providers.Object(UnguardedWork.on))
    if container.settings().on_sqlite:
        event.listen(container.database().engine, "connect", _look_away)
    return create_app(container)


def _look_away(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA ignore_check_constraints=ON")


def main() -> None:
    settings = Settings.from_environment(os.environ)
    Granian(
        "benchmarks.unguarded:application",
        factory=True,
        address=settings.http_host,
        port=settings.http_port,
        workers=settings.http_processes,
        interface=Interfaces.ASGI,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
