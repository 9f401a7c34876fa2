"""The books: double entry, each line from one account to another.

A transfer takes an amount off one account and puts it on another, so that the sum over all
accounts is zero in each currency by construction, whatever is written; nothing written is changed
or deleted, only set right by another journal. (The idea of transfers instead of loose debits and
credits is TigerBeetle's.)
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId, JournalId
from domain.kernel.money import Money
from domain.kernel.refusals import Invalid


class Account(Enum):
    """Of one organization. What customers owe is with the booking that they owe it for.

    RECEIVABLE: owed by customers. DEPOSITS: paid by them and not yet used for what they owe.
    REFUNDS: to be given back, not yet gone. CLEARING: at the provider. BANK, CASH: taken by hand.
    DISPUTED: withdrawn by the provider while a dispute lasts. REFUND_FEES: kept for the work of
    giving something back. ALLOWANCES: given back although it was owed. PAPER_FEES: earned by
    issuing papers again. BREAKAGE: gift credit that nobody has used in time.
    """

    RECEIVABLE = "receivable"
    SALES = "sales"
    TAX = "tax"
    DEPOSITS = "deposits"
    REFUNDS = "refunds"
    CLEARING = "clearing"
    BANK = "bank"
    CASH = "cash"
    GIFT_CREDIT = "gift_credit"
    PROVIDER_FEES = "provider_fees"
    REFUND_FEES = "refund_fees"
    ALLOWANCES = "allowances"
    PAPER_FEES = "paper_fees"
    BREAKAGE = "breakage"
    DISPUTED = "disputed"


MONEY = frozenset({Account.CLEARING, Account.BANK, Account.CASH, Account.DISPUTED})
"""Where what customers have paid is."""

CUSTOMERS = frozenset({Account.RECEIVABLE, Account.DEPOSITS, Account.REFUNDS, Account.GIFT_CREDIT})
"""What customers owe and are owed."""


@attrs.frozen
class BadTransfer(Invalid):
    """Books are kept in amounts above zero, between two accounts."""

    code: ClassVar[str] = "bad_transfer"

    def __str__(self) -> str:
        return "a transfer is of more than nothing and between two accounts"


@attrs.frozen(kw_only=True)
class Transfer:
    """`debit` grows by the amount and `credit` shrinks by it."""

    debit: Account
    credit: Account
    amount: Money

    def __attrs_post_init__(self) -> None:
        if self.amount.minor < 1 or self.debit is self.credit:
            raise BadTransfer


class Cause(Enum):
    """What a journal is about; with the identifier of it, it is written once."""

    CHARGED = "charged"
    CAPTURED = "captured"
    FEE = "fee"
    GIFT_ISSUED = "gift_issued"
    GIFT_LAPSED = "gift_lapsed"
    REFUND_SET_ASIDE = "refund_set_aside"
    REFUND_PAID = "refund_paid"
    REFUND_DROPPED = "refund_dropped"
    REFUND_RETURNED = "refund_returned"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"


@attrs.frozen(kw_only=True)
class Journal:
    """What happened, in money. `about` and `cause` name it: there are no two of the same."""

    id: JournalId
    cause: Cause
    about: str
    booking_id: BookingId | None
    transfers: tuple[Transfer, ...]
    occurred_at: datetime


@attrs.frozen(kw_only=True)
class Books:
    """What the accounts of one booking stand at, in one currency; nothing is zero.

    `journals` counts what was written: whoever writes what follows from them names it by that, so
    that two who have seen the same do not both write it.
    """

    currency: str
    journals: int = 0
    balances: Mapping[Account, Money]

    def of(self, account: Account) -> Money:
        """Debits less credits."""
        return self.balances.get(account, Money.zero(self.currency))

    @property
    def paid(self) -> Money:
        """What the customer has paid and not got back, whatever a dispute about it has cost us."""
        return self._sum(MONEY | {Account.PROVIDER_FEES, Account.GIFT_CREDIT})

    @property
    def settled(self) -> Money:
        """What counts against what is owed: what was paid or let off for it, or may be used yet.

        Not what is about to be given back, nor what goes into fees that are owed beside it.
        """
        return self.charged - self.fees - self.of(Account.RECEIVABLE) + self.credit

    @property
    def charged(self) -> Money:
        """What was sold to the customer, taxes included, and the fees beside it."""
        return self.fees - self._sum((Account.SALES, Account.TAX))

    @property
    def fees(self) -> Money:
        """What papers have cost that were issued again."""
        return -self.of(Account.PAPER_FEES)

    @property
    def credit(self) -> Money:
        """What the customer has paid and neither owes nor is about to get back."""
        return -self.of(Account.DEPOSITS)

    def after(self, transfers: Iterable[Transfer]) -> "Books":
        balances = dict(self.balances)
        for one in transfers:
            balances[one.debit] = balances.get(one.debit, one.amount * 0) + one.amount
            balances[one.credit] = balances.get(one.credit, one.amount * 0) - one.amount
        return Books(currency=self.currency, journals=self.journals + 1, balances=balances)

    def _sum(self, accounts: Iterable[Account]) -> Money:
        return sum((self.of(account) for account in accounts), start=Money.zero(self.currency))


@attrs.frozen(kw_only=True)
class Owed:
    """What a booking costs as it stands: `tax` is the part of `total` that is passed on, `fees`
    are owed beside it.
    """

    total: Money
    tax: Money
    fees: Money


def moved(debit: Account, credit: Account, amount: Money) -> tuple[Transfer, ...]:
    """The transfer of an amount of any sign, or none of nothing."""
    if amount.minor == 0:
        return ()
    if amount.minor < 0:
        return (Transfer(debit=credit, credit=debit, amount=-amount),)
    return (Transfer(debit=debit, credit=credit, amount=amount),)


def set_right(books: Books, owed: Owed) -> tuple[Transfer, ...]:
    """What makes the books say what is owed, and uses deposits for it as far as they go.

    What is let off is part of what is owed: never less than nothing of it, or more than all.
    Nothing, if they say so already: it may be asked at any time and any number of times.
    """
    sales = owed.total - owed.tax + books.of(Account.SALES)
    tax = owed.tax + books.of(Account.TAX)
    fees = owed.fees - books.fees
    charged = (
        *moved(Account.RECEIVABLE, Account.SALES, sales),
        *moved(Account.RECEIVABLE, Account.TAX, tax),
        *moved(Account.RECEIVABLE, Account.PAPER_FEES, fees),
    )
    let_off = books.of(Account.ALLOWANCES)
    too_much = let_off - min(max(let_off, Money.zero(books.currency)), owed.total + owed.fees)
    undone = moved(Account.DEPOSITS, Account.ALLOWANCES, too_much)
    receivable = books.of(Account.RECEIVABLE) + sales + tax + fees
    used = min(receivable, books.credit - too_much)
    return (*charged, *undone, *moved(Account.DEPOSITS, Account.RECEIVABLE, used))
