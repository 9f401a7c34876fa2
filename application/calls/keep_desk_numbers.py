"""The telephone numbers of the desk: add, change, delete."""

from datetime import datetime

import attrs

from application.calls.desk_number_ports import DeskNumberWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.desk_numbers import DeskNumber, NumberTerms, PhoneNumberInUse
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DeskNumberId


@attrs.frozen(kw_only=True)
class AddDeskNumber:
    actor: Actor
    number: str = attrs.field(repr=False)
    provider: str | None
    terms: NumberTerms
    once: Once[DeskNumber] | None = None


@attrs.frozen(kw_only=True)
class AddDeskNumberHandler:
    unit_of_work: UnitOfWork[DeskNumberWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddDeskNumber, /) -> DeskNumber:
        """Raises BadPhoneNumber, PhoneNumberTaken, AgentNotFound or QueueNotFound."""

        def add(work: DeskNumberWork) -> DeskNumber:
            now = self.clock()
            new = DeskNumber.add(
                DeskNumberId(self.new_id()),
                command.number,
                command.terms,
                provider=command.provider,
                now=now,
            )
            return _kept(work, new, now)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeDeskNumber:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    desk_number_id: DeskNumberId
    terms: NumberTerms
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeDeskNumberHandler:
    unit_of_work: UnitOfWork[DeskNumberWork]
    clock: Clock

    async def __call__(self, command: ChangeDeskNumber, /) -> DeskNumber:
        """Raises PhoneNumberNotFound, AgentNotFound or QueueNotFound."""

        def change(work: DeskNumberWork) -> DeskNumber:
            found, now = work.desk_numbers.get(command.desk_number_id), self.clock()
            require_version(found.version, command.version)
            changed = found.change(command.terms, now=now)
            return found if changed is found else _kept(work, changed, now)

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class DeleteDeskNumber:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    desk_number_id: DeskNumberId
    version: int | None


@attrs.frozen(kw_only=True)
class DeleteDeskNumberHandler:
    unit_of_work: UnitOfWork[DeskNumberWork]
    clock: Clock

    async def __call__(self, command: DeleteDeskNumber, /) -> DeskNumber:
        """Raises PhoneNumberNotFound or PhoneNumberInUse."""

        def delete(work: DeskNumberWork) -> DeskNumber:
            found = work.desk_numbers.get(command.desk_number_id)
            require_version(found.version, command.version)
            if work.desk_numbers.is_on_a_call(found.number):
                raise PhoneNumberInUse(found.id)
            return work.desk_numbers.save(found.delete(now=self.clock()))

        return await self.unit_of_work(command.actor, delete)


def _kept(work: DeskNumberWork, number: DeskNumber, now: datetime) -> DeskNumber:
    """There is one primary number: the one that was it before steps back."""
    rings_for = number.terms.rings_for
    if rings_for.agent_id is not None:
        work.agents.get(rings_for.agent_id)
    if rings_for.queue_id is not None:
        work.queues.get(rings_for.queue_id)
    before = work.desk_numbers.primary() if number.terms.primary else None
    if before is not None and before.id != number.id:
        work.desk_numbers.save(before.step_back(now=now))
    return work.desk_numbers.save(number)
