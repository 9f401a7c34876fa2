"""What has become of payments, refunds and disputes, in the books."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from application.kernel.ports import NewId
from domain.kernel.identifiers import BookingId, JournalId
from domain.kernel.money import Money
from domain.payments.disputes import Dispute, DisputeOutcome
from domain.payments.gift_credit import GiftCredit, PaidBy
from domain.payments.ledger import (
    Account,
    Books,
    Cause,
    Journal,
    Owed,
    Transfer,
    moved,
    set_right,
)
from domain.payments.payment import Method, Payment, PaymentState
from domain.payments.refunds import Refund, RefundState

MONEY_BY_METHOD = {
    Method.ONLINE: Account.CLEARING,
    Method.BANK_TRANSFER: Account.BANK,
    Method.CASH: Account.CASH,
    Method.GIFT_CREDIT: Account.GIFT_CREDIT,
}
GIFTS_BY_PAYMENT = {
    PaidBy.BANK_TRANSFER: Account.BANK,
    PaidBy.CASH: Account.CASH,
    PaidBy.GIVEN: Account.ALLOWANCES,
}


@attrs.frozen(kw_only=True)
class Bookkeeping:
    """Journals of what is different afterwards; nothing for what was known before."""

    new_id: NewId

    def of_payment(
        self, before: Payment | None, after: Payment, *, now: datetime
    ) -> Iterator[Journal]:
        account, about = MONEY_BY_METHOD[after.method], str(after.id)
        was = before.state if before is not None else None
        if after.state is PaymentState.CAPTURED and was is not PaymentState.CAPTURED:
            transfers = moved(account, Account.DEPOSITS, after.captured)
            yield self._journal(Cause.CAPTURED, about, after.booking_id, transfers, now)
        kept = _grown(before.fee if before is not None else None, after.fee)
        if kept is not None:
            transfers = moved(Account.PROVIDER_FEES, account, kept)
            yield self._journal(Cause.FEE, f"{about}:{after.version}", None, transfers, now)

    def of_refund(
        self, before: Refund | None, after: Refund, *, now: datetime
    ) -> Iterator[Journal]:
        """The whole amount is set aside at first; what is kept of it is earned once it is paid."""
        was, is_now = (before.state if before is not None else None), after.state
        if was is None:
            yield self._refund(Cause.REFUND_SET_ASIDE, after, _set_aside(after), now)
        if is_now is was:
            return
        if is_now is RefundState.SUCCEEDED:
            yield self._refund(Cause.REFUND_PAID, after, _paid_out(after), now)
        if is_now is RefundState.REJECTED:
            yield self._refund(Cause.REFUND_DROPPED, after, _undone(_set_aside(after)), now)
        if was is RefundState.SUCCEEDED:
            yield self._refund(Cause.REFUND_RETURNED, after, _undone(_paid_out(after)), now)

    def of_dispute(
        self, before: Dispute | None, after: Dispute, *, now: datetime
    ) -> Iterator[Journal]:
        """What the provider holds back is still the customer's payment until it is lost.

        What it has not given back at the end of one that was not is its fee.
        """
        about, booking_id = str(after.id), after.booking_id
        held = before.withdrawn if before is not None else Money.zero(after.withdrawn.currency)
        taken = after.withdrawn - held
        if taken.minor:
            transfers = moved(Account.DISPUTED, Account.CLEARING, taken)
            name = f"{about}:{after.version}"
            yield self._journal(Cause.DISPUTE_OPENED, name, booking_id, transfers, now)
        if after.is_open or (before is not None and not before.is_open):
            return
        if after.outcome is DisputeOutcome.LOST:
            transfers = (
                *moved(Account.DEPOSITS, Account.DISPUTED, after.amount),
                *moved(Account.PROVIDER_FEES, Account.DISPUTED, after.withdrawn - after.amount),
            )
            yield self._journal(Cause.DISPUTE_LOST, about, booking_id, transfers, now)
        elif after.withdrawn.minor:
            transfers = moved(Account.PROVIDER_FEES, Account.DISPUTED, after.withdrawn)
            yield self._journal(Cause.DISPUTE_WON, about, booking_id, transfers, now)

    def of_gift_credit(self, credit: GiftCredit, *, now: datetime) -> Journal:
        """It is owed to whoever has its code, of no booking yet."""
        account = GIFTS_BY_PAYMENT[credit.paid_by]
        transfers = moved(account, Account.GIFT_CREDIT, credit.amount)
        return self._journal(Cause.GIFT_ISSUED, str(credit.id), None, transfers, now)

    def of_lapsed(self, before: GiftCredit, after: GiftCredit, *, now: datetime) -> Journal:
        """What was given away and not used was never given; what was paid for is earned."""
        given = after.paid_by is PaidBy.GIVEN
        account = Account.ALLOWANCES if given else Account.BREAKAGE
        transfers = moved(Account.GIFT_CREDIT, account, after.lapsed - before.lapsed)
        about = f"{after.id}:{after.lapsed.minor}"
        return self._journal(Cause.GIFT_LAPSED, about, None, transfers, now)

    def of_charge(
        self, booking_id: BookingId, books: Books, owed: Owed, *, now: datetime
    ) -> Iterator[Journal]:
        """What makes the books of a booking say what is owed for it."""
        transfers = set_right(books, owed)
        if transfers:
            about = f"{booking_id}:{books.journals}"
            yield self._journal(Cause.CHARGED, about, booking_id, transfers, now)

    def _refund(
        self, cause: Cause, refund: Refund, transfers: tuple[Transfer, ...], now: datetime
    ) -> Journal:
        about = f"{refund.id}:{refund.attempt}"
        return self._journal(cause, about, refund.booking_id, transfers, now)

    def _journal(
        self,
        cause: Cause,
        about: str,
        booking_id: BookingId | None,
        transfers: tuple[Transfer, ...],
        now: datetime,
    ) -> Journal:
        return Journal(
            id=JournalId(self.new_id()),
            cause=cause,
            about=about,
            booking_id=booking_id,
            transfers=transfers,
            occurred_at=now,
        )


def _set_aside(refund: Refund) -> tuple[Transfer, ...]:
    return (
        *moved(Account.DEPOSITS, Account.REFUNDS, refund.amount - refund.allowance),
        *moved(Account.ALLOWANCES, Account.REFUNDS, refund.allowance),
    )


def _undone(transfers: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    return tuple(
        Transfer(debit=one.credit, credit=one.debit, amount=one.amount) for one in transfers
    )


def _paid_out(refund: Refund) -> tuple[Transfer, ...]:
    account = MONEY_BY_METHOD[refund.method]
    return (
        *moved(Account.REFUNDS, account, refund.paid_out),
        *moved(Account.REFUNDS, Account.REFUND_FEES, refund.fee),
    )


def _grown(before: Money | None, after: Money | None) -> Money | None:
    if after is None:
        return None
    change = after if before is None else after - before
    return change if change.minor else None
