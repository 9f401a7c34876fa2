"""Decide at which venues and with which trainers a session is held."""

import attrs

from application.inventory.ports import InventoryWork
from application.inventory.staffing import staff
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId, UnitId


@attrs.frozen(kw_only=True)
class StaffSession:
    """`version` is that of the resource; `qualifications` are those each trainer has to have."""

    actor: Actor
    resource_id: ResourceId
    version: int | None
    asset_ids: tuple[UnitId, ...]
    qualifications: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class StaffSessionHandler:
    unit_of_work: UnitOfWork[InventoryWork]
    clock: Clock

    async def __call__(self, command: StaffSession, /) -> Resource:
        def decide(work: InventoryWork) -> Resource:
            session = work.resources.get(command.resource_id)
            require_version(session.version, command.version)
            wanted = tuple(sorted(set(command.asset_ids)))
            staff(work, session, wanted, qualifications=command.qualifications)
            # Saved, so that of two who decide at a time only one does.
            return work.resources.save(session.staffed(wanted, now=self.clock()))

        return await self.unit_of_work(command.actor, decide)
