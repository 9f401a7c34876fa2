"""Write down what resources are found by that were saved before it was written as it is today."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from application.inventory.ports import InventoryWork
from application.kernel.ports import UnitOfWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


class Unfindable(Protocol):
    async def organizations(self) -> Sequence[OrganizationId]:
        """Those with resources that are found by less than what they say today."""
        ...


@attrs.frozen(kw_only=True)
class MakeFindable:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class MakeFindableHandler:
    unit_of_work: UnitOfWork[InventoryWork]

    async def __call__(self, command: MakeFindable, /) -> int:
        """How many there were; if that is the limit, there may be more."""
        return await self.unit_of_work(
            command.actor, lambda work: work.resources.make_findable(limit=command.limit)
        )
