"""Bugs that are found only by whoever comes in between."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from dependency_injector import providers
from sqlalchemy import event, select, update

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.inventory import SqlInventory
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools
from adapters.sql.scope import Scope
from domain.inventory.pools import Shortage, SoldOut
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId


@attrs.frozen
class TrustingInventory(SqlInventory):
    """Looks what is free, and takes it for granted that it still is when it takes it."""

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        for hold_id, claims in wanted.items():
            for claim in claims:
                self._take(hold_id, claim)

    def _take(self, hold_id: HoldId, claim: Claim) -> None:
        ours = self.scope.owns(pools), pools.c.id == claim.pool_id
        pool = self.scope.ask(select(pools).where(*ours)).one()
        free = pool.capacity - pool.taken
        if claim.units > free:
            raise SoldOut((Shortage(claim.pool_id, requested=claim.units, free=free),))
        self.scope.execute(update(pools).where(*ours).values(taken=pools.c.taken + claim.units))
        self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)


def _trusting(scope: Scope) -> SqlBookingWork:
    return attrs.evolve(SqlBookingWork.on(scope), inventory=TrustingInventory(scope))


def checks_then_acts(container: Any) -> None:
    container.bookings.unit_of_work.add_kwargs(work_on=providers.Object(_trusting))


def locks_nothing(container: Any) -> None:
    """Whoever reads a row to change it does not keep others from doing so as well."""
    event.listen(container.database().engine, "before_cursor_execute", _without_locks, retval=True)


def _without_locks(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, *_details: Any
) -> tuple[str, Any]:
    return statement.replace(" FOR UPDATE", ""), parameters


BUGS: Mapping[str, tuple[Callable[[Any], None], str]] = {
    "checks, then acts": (checks_then_acts, "hold / hold"),
    "locks nothing": (locks_nothing, "relay / relay"),
}
"""What is planted, and the pair of use cases by which it has to be found."""
