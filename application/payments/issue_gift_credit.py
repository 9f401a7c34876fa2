"""Issue gift credit: what somebody has paid for it is owed to whoever has the code."""

from datetime import datetime

import attrs

from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.payments.bookkeeping import Bookkeeping
from application.payments.ports import PaymentWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import GiftCreditId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCredit, PaidBy, new_code


@attrs.frozen(kw_only=True)
class IssueGiftCredit:
    actor: Actor
    amount: Money
    paid_by: PaidBy
    note: str = ""
    expires_at: datetime | None = None
    once: Once["IssuedGiftCredit"] | None = None


@attrs.frozen(kw_only=True)
class IssuedGiftCredit:
    """`code` is shown this once."""

    credit: GiftCredit
    code: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class IssueGiftCreditHandler:
    unit_of_work: UnitOfWork[PaymentWork]
    bookkeeping: Bookkeeping
    clock: Clock
    new_id: NewId
    chance: Chance

    async def __call__(self, command: IssueGiftCredit, /) -> IssuedGiftCredit:
        """Raises BadGiftCredit."""
        code = new_code(self.chance)

        def issue(work: PaymentWork) -> IssuedGiftCredit:
            now = self.clock()
            credit = GiftCredit.issue(
                GiftCreditId(self.new_id()),
                amount=command.amount,
                paid_by=command.paid_by,
                note=command.note,
                expires_at=command.expires_at,
                by=command.actor.id,
                now=now,
            )
            work.gift_credits.add(credit, code)
            work.ledger.write([self.bookkeeping.of_gift_credit(credit, now=now)])
            return IssuedGiftCredit(credit=credit, code=code)

        return await self.unit_of_work(command.actor, issue, once=command.once)
