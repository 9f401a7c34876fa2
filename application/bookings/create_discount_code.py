"""Create a discount code."""

import attrs

from application.bookings.ports import BookingWork
from application.bookings.uses_of_codes import open_uses
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.discount_codes import CodeTerms, DiscountCode
from domain.kernel.actors import Actor
from domain.kernel.identifiers import DiscountCodeId


@attrs.frozen(kw_only=True)
class CreateDiscountCode:
    actor: Actor
    code: str
    terms: CodeTerms
    once: Once[DiscountCode] | None = None


@attrs.frozen(kw_only=True)
class CreateDiscountCodeHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: CreateDiscountCode, /) -> DiscountCode:
        """Raises DiscountCodeTaken."""

        def create(work: BookingWork) -> DiscountCode:
            now = self.clock()
            code = DiscountCode.create(
                DiscountCodeId(self.new_id()), command.code, command.terms, now=now
            )
            saved = work.discount_codes.save(code)
            open_uses(work, saved, now=now)
            return saved

        return await self.unit_of_work(command.actor, create, once=command.once)
