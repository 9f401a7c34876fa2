"""Servers with a bug that a checker has to find: `python -m tests.chaos.planted BUG serve`."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from time import sleep
from typing import Any, TypeVar

import anyio
import attrs
import uvloop
from dependency_injector import providers
from sqlalchemy import Connection, func, select, text, update

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.inventory import SqlInventory
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools
from adapters.sql.answers import Replay, keep
from adapters.sql.database import Begin
from adapters.sql.group_commit import GroupCommit
from adapters.sql.news import WatchedDatabase
from adapters.sql.scope import Scope
from adapters.sql.sqlite import Sqlite
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.once import Once
from domain.inventory.pools import Shortage, SoldOut
from domain.kernel.actors import Actor
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId
from entrypoints.cli.serve import serve
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

Work = TypeVar("Work")
Decision = TypeVar("Decision")

SLOW_DISK = 0.05
"""Seconds that a commit takes where disks are slower than here."""


class HastyCommit(GroupCommit):
    """Tells of success before the COMMIT."""

    def _write(self) -> None:
        while waiting := self._next_group():
            group = [unit for unit in waiting if unit.outcome.set_running_or_notify_cancel()]
            with self._engine.begin() as connection:
                for unit in group:
                    unit.outcome.set_result(unit.attempt(connection))
                sleep(SLOW_DISK)


def acknowledges_before_commit(container: Any) -> None:
    watched = container.database()
    assert isinstance(watched, WatchedDatabase)
    database = watched.database
    assert isinstance(database, Sqlite)
    database.writer.close()
    hasty = attrs.evolve(database, writer=HastyCommit(database.engine))
    container.database.override(providers.Object(attrs.evolve(watched, database=hasty)))


class ForgetfulUnitOfWork(SqlUnitOfWork[Work]):
    """Stores the answer when the effect has long been committed."""

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[Work], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        if once is None:
            return await super().__call__(actor, decide)
        await self.database.read(Replay(actor, once), of=actor.organization_id)
        decision = await super().__call__(actor, decide)
        await anyio.sleep(SLOW_DISK)

        def store(connection: Connection, begin: Begin) -> None:
            scope = Scope(connection, actor, self.new_id, begin)
            keep(scope, once, decision, now=self.clock())
            scope.finish()

        await self.database.decide(store, of=actor.organization_id)
        return decision


def stores_answers_later(container: Any) -> None:
    container.bookings.unit_of_work.set_provides(ForgetfulUnitOfWork)


# Long enough for somebody else to look as well, however busy the machine is.
A_MOMENT = func.pg_sleep(0.02)


@attrs.frozen
class TrustingInventory(SqlInventory):
    """Looks what is free, and takes it for granted that it still is."""

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        for hold_id, claims in wanted.items():
            self._take(hold_id, claims)

    def _take(self, hold_id: HoldId, claims: Sequence[Claim]) -> None:
        for claim in claims:
            owned = self.scope.owns(pools)
            seen = select(pools, A_MOMENT).where(owned, pools.c.id == claim.pool_id)
            pool = self.scope.ask(seen).one()
            free = pool.capacity - pool.taken
            if claim.units > free:
                raise SoldOut((Shortage(claim.pool_id, requested=claim.units, free=free),))
            self.scope.execute(
                update(pools)
                .where(self.scope.owns(pools), pools.c.id == claim.pool_id)
                .values(taken=pools.c.taken + claim.units)
            )
            self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)


def trusting(scope: Scope) -> SqlBookingWork:
    return attrs.evolve(SqlBookingWork.on(scope), inventory=TrustingInventory(scope))


def checks_then_acts(container: Any) -> None:
    """Over PostgreSQL: on SQLite whoever looks has the file to himself."""
    container.bookings.unit_of_work.add_kwargs(work_on=providers.Object(trusting))


def drop_second_wall(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE pools DROP CONSTRAINT ck_pools_taken"))


BUGS: Mapping[str, Callable[[Any], None]] = {
    "acknowledges_before_commit": acknowledges_before_commit,
    "stores_answers_later": stores_answers_later,
    "checks_then_acts": checks_then_acts,
}


if __name__ == "__main__":
    container = Container(settings=Settings.from_environment(os.environ))
    BUGS[sys.argv[1]](container)
    uvloop.run(serve(container, with_worker=False))
