"""Resources of old become findable, once; several workers at it do no harm."""

from functools import partial

import attrs

from application.inventory.make_findable import MakeFindable, Unfindable
from application.kernel.ports import UseCase
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from entrypoints.worker.guard import Guard


@attrs.frozen(kw_only=True)
class ResourcesBecomeFindable:
    unfindable: Unfindable
    make_findable: UseCase[MakeFindable, int]
    guard: Guard

    async def __call__(self) -> int:
        """How many resources became findable."""
        made = 0
        for organization_id in await self.unfindable.organizations():
            make = partial(self._make, organization_id)
            made += await self.guard("make findable", make, organization_id=organization_id)
        return made

    async def _make(self, organization_id: OrganizationId) -> int:
        command, made = MakeFindable(actor=Actor.system(organization_id)), 0
        while some := await self.make_findable(command):
            made += some
        return made
