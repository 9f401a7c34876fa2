"""Gift credit, in memory."""

from collections.abc import Sequence
from datetime import datetime

import attrs

from application.kernel.ports import Stale
from application.payments.gift_ports import GiftCredits
from domain.kernel.identifiers import GiftCreditId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCredit, GiftCreditUsedUp, UnknownGiftCode, tidied
from tests.fakes.rows import Impossible, Rows


@attrs.frozen
class MemoryGiftCredits(GiftCredits):
    rows: Rows

    def add(self, credit: GiftCredit, code: str) -> None:
        if credit.id in self.rows.gift_credits or tidied(code) in self.rows.gift_codes:
            raise Stale("there is such a credit already")
        self.rows.gift_credits[credit.id] = attrs.evolve(credit, events=())
        self.rows.gift_codes[tidied(code)] = credit.id
        self.rows.events.extend(credit.events)

    def named(self, code: str) -> GiftCredit:
        id = self.rows.gift_codes.get(tidied(code))
        if id is None:
            raise UnknownGiftCode
        return self.rows.gift_credits[id]

    def use(self, credit_id: GiftCreditId, amount: Money, *, now: datetime) -> None:
        credit = self.rows.gift_credits.get(credit_id)
        if credit is None or credit.amount.currency != amount.currency or credit.balance < amount:
            raise GiftCreditUsedUp
        if credit.expires_at is not None and credit.expires_at <= now:
            raise GiftCreditUsedUp
        self._becomes(credit, credit.balance - amount)

    def restore(self, credit_id: GiftCreditId, amount: Money) -> None:
        credit = self.rows.gift_credits[credit_id]
        self._becomes(credit, credit.balance + amount)

    def expired(self, *, now: datetime, limit: int) -> Sequence[GiftCredit]:
        expired = [
            one
            for one in self.rows.gift_credits.values()
            if one.balance.minor > 0 and one.expires_at is not None and one.expires_at <= now
        ]
        return sorted(expired, key=lambda one: one.id)[:limit]

    def save_lapsed(self, credit: GiftCredit) -> None:
        self.rows.gift_credits[credit.id] = attrs.evolve(credit, events=())
        self.rows.events.extend(credit.events)

    def _becomes(self, credit: GiftCredit, balance: Money) -> None:
        if not Money.zero(balance.currency) <= balance <= credit.amount:
            raise Impossible(f"balance of credit {credit.id}")
        self.rows.gift_credits[credit.id] = attrs.evolve(credit, balance=balance)
