"""The catalogue of dispositions: add, rename, retire."""

import attrs

from application.calls.disposition_ports import DispositionWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.dispositions import Disposition
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DispositionId


@attrs.frozen(kw_only=True)
class AddDisposition:
    actor: Actor
    label: str
    once: Once[Disposition] | None = None


@attrs.frozen(kw_only=True)
class AddDispositionHandler:
    unit_of_work: UnitOfWork[DispositionWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddDisposition, /) -> Disposition:
        """Raises DispositionLabelTaken."""

        def add(work: DispositionWork) -> Disposition:
            id = DispositionId(self.new_id())
            return work.dispositions.save(Disposition.add(id, command.label, now=self.clock()))

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeDisposition:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    disposition_id: DispositionId
    label: str
    active: bool
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeDispositionHandler:
    unit_of_work: UnitOfWork[DispositionWork]
    clock: Clock

    async def __call__(self, command: ChangeDisposition, /) -> Disposition:
        """Raises DispositionNotFound or DispositionLabelTaken."""

        def change(work: DispositionWork) -> Disposition:
            found = work.dispositions.get(command.disposition_id)
            require_version(found.version, command.version)
            changed = found.change(command.label, active=command.active, now=self.clock())
            return found if changed is found else work.dispositions.save(changed)

        return await self.unit_of_work(command.actor, change)
