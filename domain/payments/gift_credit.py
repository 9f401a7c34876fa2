"""Gift credit: money that was paid before anybody knew what for, or that was given away."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, GiftCreditId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict, Invalid, NotFound
from domain.payments.gift_events import GiftCreditIssued, GiftCreditLapsed

# Crockford's base 32: no letter is taken for a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LETTERS = 4, 4


@attrs.frozen
class GiftCreditNotFound(NotFound):
    code: ClassVar[str] = "gift_credit_not_found"
    gift_credit_id: GiftCreditId

    def __str__(self) -> str:
        return f"no gift credit {self.gift_credit_id}"


@attrs.frozen
class UnknownGiftCode(Invalid):
    """No credit has this code, or it has expired: which of them is not said."""

    code: ClassVar[str] = "unknown_gift_code"
    field: ClassVar[str] = "code"

    def __str__(self) -> str:
        return "there is no credit under this code, or none any more"


@attrs.frozen
class GiftCreditUsedUp(Conflict):
    """Somebody else was faster, or less is left than was asked for."""

    code: ClassVar[str] = "gift_credit_used_up"

    def __str__(self) -> str:
        return "less than that is left on the credit"


@attrs.frozen
class BadGiftCredit(Invalid):
    code: ClassVar[str] = "bad_gift_credit"

    def __str__(self) -> str:
        return "a credit is of one minor unit at least and expires in the future"


class PaidBy(Enum):
    """How a credit came to be: `given`, nobody has paid for it."""

    BANK_TRANSFER = "bank_transfer"
    CASH = "cash"
    GIVEN = "given"


@attrs.frozen(kw_only=True)
class GiftCredit:
    """Its code nobody keeps. What is left of it only storage changes: many may use it at once.

    `lapsed` is what was left when it had expired, and is not owed any more.
    """

    id: GiftCreditId
    amount: Money
    balance: Money
    lapsed: Money
    paid_by: PaidBy
    note: str
    issued_by: ActorId
    issued_at: datetime
    expires_at: datetime | None = None
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def issue(
        cls,
        id: GiftCreditId,
        *,
        amount: Money,
        paid_by: PaidBy,
        note: str,
        expires_at: datetime | None,
        by: ActorId,
        now: datetime,
    ) -> "GiftCredit":
        """Raises BadGiftCredit."""
        if amount.minor < 1 or (expires_at is not None and expires_at <= now):
            raise BadGiftCredit
        issued = GiftCreditIssued(
            gift_credit_id=id, amount=amount, paid_by=paid_by.value, occurred_at=now
        )
        return cls(
            id=id,
            amount=amount,
            balance=amount,
            lapsed=Money.zero(amount.currency),
            paid_by=paid_by,
            note=note,
            issued_by=by,
            issued_at=now,
            expires_at=expires_at,
            events=(issued,),
        )

    def must_be_usable(self, *, now: datetime) -> None:
        """Raises UnknownGiftCode."""
        if self.expires_at is not None and self.expires_at <= now:
            raise UnknownGiftCode

    def lapse(self, *, now: datetime) -> "GiftCredit":
        """Without what is left of it, which has expired."""
        told = GiftCreditLapsed(gift_credit_id=self.id, amount=self.balance, occurred_at=now)
        return attrs.evolve(
            self,
            balance=Money.zero(self.amount.currency),
            lapsed=self.lapsed + self.balance,
            events=(*self.events, told),
        )


def new_code(chance: Callable[[int], int]) -> str:
    """80 bits, in groups that can be read out. `chance` gives numbers below its argument."""
    drawn = [ALPHABET[chance(len(ALPHABET))] for _ in range(GROUPS * LETTERS)]
    groups = ["".join(drawn[place : place + LETTERS]) for place in range(0, len(drawn), LETTERS)]
    return "-".join(("GIFT", *groups))


def tidied(code: str) -> str:
    """However it is typed in."""
    return "".join(code.upper().split()).replace("-", "")
