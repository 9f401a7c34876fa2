"""What is left of gift credit that has expired is not owed any more, where that was decided."""

import attrs

from application.kernel.ports import Clock, UnitOfWork
from application.payments.bookkeeping import Bookkeeping
from application.payments.ports import PaymentWork
from domain.kernel.actors import Actor


@attrs.frozen(kw_only=True)
class LapseGiftCredit:
    actor: Actor
    limit: int = 100


@attrs.frozen(kw_only=True)
class LapseGiftCreditHandler:
    """What is given back to it later lapses the next time."""

    unit_of_work: UnitOfWork[PaymentWork]
    bookkeeping: Bookkeeping
    clock: Clock
    lapses: bool = False

    async def __call__(self, command: LapseGiftCredit, /) -> int:
        """How many have lapsed; if that is the limit, there may be more."""
        if not self.lapses:
            return 0

        def lapse(work: PaymentWork) -> int:
            now = self.clock()
            expired = work.gift_credits.expired(now=now, limit=command.limit)
            for before in expired:
                after = before.lapse(now=now)
                work.gift_credits.save_lapsed(after)
                work.ledger.write([self.bookkeeping.of_lapsed(before, after, now=now)])
            return len(expired)

        return await self.unit_of_work(command.actor, lapse)
