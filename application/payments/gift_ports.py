"""What gift credit needs from storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.kernel.pages import Page, Slice
from domain.kernel.actors import Actor
from domain.kernel.identifiers import GiftCreditId
from domain.kernel.money import Money
from domain.payments.gift_credit import GiftCredit


class GiftCredits(Protocol):
    def add(self, credit: GiftCredit, code: str) -> None:
        """Keeps what stands for the code, and publishes the events. Raises Stale, at the latest
        when the unit of work ends, if there is one with that code.
        """
        ...

    def named(self, code: str) -> GiftCredit:
        """Raises UnknownGiftCode."""
        ...

    def use(self, credit_id: GiftCreditId, amount: Money, *, now: datetime) -> None:
        """Takes it off what is left, in one statement. Raises GiftCreditUsedUp."""
        ...

    def restore(self, credit_id: GiftCreditId, amount: Money) -> None:
        """Puts it back. Never more than there was at first."""
        ...

    def expired(self, *, now: datetime, limit: int) -> Sequence[GiftCredit]:
        """Of which something is left. They stay locked."""
        ...

    def save_lapsed(self, credit: GiftCredit) -> None:
        """One that is locked, and publishes the events."""
        ...


class GiftCreditViews(Protocol):
    async def gift_credit(self, actor: Actor, gift_credit_id: GiftCreditId) -> GiftCredit:
        """Raises GiftCreditNotFound."""
        ...

    async def gift_credits(self, actor: Actor, *, slice: Slice) -> Page[GiftCredit]:
        """Oldest first."""
        ...
