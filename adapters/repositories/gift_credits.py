"""Gift credit in SQL: what is left is decided by the statement that takes it."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import or_, select, update

from adapters.mapping.gift_credits import columns_of_gift_credit, digest_of, gift_credit_of
from adapters.schema.gift_credits import gift_credits
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.payments.gift_ports import GiftCredits
from domain.kernel.identifiers import GiftCreditId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCredit, GiftCreditUsedUp, UnknownGiftCode


@attrs.frozen
class SqlGiftCredits(GiftCredits):
    scope: Scope

    def add(self, credit: GiftCredit, code: str) -> None:
        columns = columns_of_gift_credit(credit)
        self.scope.add(gift_credits, digest=digest_of(code), **columns)
        EventLog(self.scope).publish(credit.events)

    def named(self, code: str) -> GiftCredit:
        question = select(gift_credits).where(
            self.scope.owns(gift_credits), gift_credits.c.digest == digest_of(code)
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise UnknownGiftCode
        return gift_credit_of(row)

    def use(self, credit_id: GiftCreditId, amount: Money, *, now: datetime) -> None:
        left = gift_credits.c.balance_minor
        done = self.scope.execute(
            update(gift_credits)
            .where(
                self.scope.owns(gift_credits),
                gift_credits.c.id == credit_id,
                gift_credits.c.currency == amount.currency,
                left >= amount.minor,
                or_(gift_credits.c.expires_at.is_(None), gift_credits.c.expires_at > now),
            )
            .values(balance_minor=left - amount.minor)
        )
        if done.rowcount != 1:
            raise GiftCreditUsedUp

    def restore(self, credit_id: GiftCreditId, amount: Money) -> None:
        left = gift_credits.c.balance_minor
        self.scope.execute(
            update(gift_credits)
            .where(self.scope.owns(gift_credits), gift_credits.c.id == credit_id)
            .values(balance_minor=left + amount.minor)
        )

    def expired(self, *, now: datetime, limit: int) -> Sequence[GiftCredit]:
        question = (
            select(gift_credits)
            .where(
                self.scope.owns(gift_credits),
                gift_credits.c.balance_minor > 0,
                gift_credits.c.expires_at <= now,
            )
            .order_by(gift_credits.c.id)
            .limit(limit)
            .with_for_update()
        )
        return [gift_credit_of(row) for row in self.scope.execute(question)]

    def save_lapsed(self, credit: GiftCredit) -> None:
        self.scope.execute(
            update(gift_credits)
            .where(self.scope.owns(gift_credits), gift_credits.c.id == credit.id)
            .values(balance_minor=credit.balance.minor, lapsed_minor=credit.lapsed.minor)
        )
        EventLog(self.scope).publish(credit.events)
