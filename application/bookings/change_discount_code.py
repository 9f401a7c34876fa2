"""Change what a discount code is good for, or put an end to it."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.uses_of_codes import open_uses
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.discount_codes import CodeTerms, DiscountCode
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DiscountCodeId


@attrs.frozen(kw_only=True)
class ChangeDiscountCode:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    discount_code_id: DiscountCodeId
    terms: CodeTerms
    active: bool
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeDiscountCodeHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: ChangeDiscountCode, /) -> DiscountCode:
        """Raises CapacityBelowTaken if more bookings have it than it would be good for."""

        def change(work: BookingWork) -> DiscountCode:
            now = self.clock()
            code = work.discount_codes.get(command.discount_code_id)
            require_version(code.version, command.version)
            changed = code.change(command.terms, active=command.active, now=now)
            open_uses(work, changed, now=now)
            return work.discount_codes.save(changed)

        return await self.unit_of_work(command.actor, change)
