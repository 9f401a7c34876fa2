"""What becomes of money, in the books: whatever happens, they add up."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from application.payments.bookkeeping import Bookkeeping
from domain.kernel.identifiers import DisputeId, GiftCreditId
from domain.kernel.money import Money
from domain.payments.contesting import contested
from domain.payments.disputes import Dispute
from domain.payments.gift_credit import GiftCredit, PaidBy
from domain.payments.hearing import heard
from domain.payments.ledger import Account, Books, Cause, Journal, Owed, Transfer, moved, set_right
from domain.payments.payment import Method, Payment, PaymentState
from domain.payments.provider import DisputeStatus, ProviderStatus, RefundStatus
from domain.payments.refunds import Refund, RefundState
from tests.samples import COLLEAGUE, DAY, NOW, pounds
from tests.samples_of_payments import (
    NOTHING,
    PRICE,
    booking_id,
    dispute_news,
    news,
    payment,
    payment_id,
    refund,
    refund_news,
)


def owed(total: int, tax: int = 0) -> Owed:
    return Owed(total=pounds(total), tax=pounds(tax), fees=NOTHING)


NONE_YET = Books(currency="GBP", balances={})
IN_ADVANCE = NONE_YET.after(moved(Account.CLEARING, Account.DEPOSITS, PRICE))
PAID = IN_ADVANCE.after(set_right(IN_ADVANCE, owed(180)))


class Clerk(RuleBasedStateMachine):
    """One payment of 180 for a booking, and whatever may become of it, kept in the books."""

    def __init__(self) -> None:
        super().__init__()
        self.bookkeeping = Bookkeeping(new_id=uuid4)
        self.now = NOW
        self.payment = payment()
        self.refunds: list[Refund] = []
        self.dispute: Dispute | None = None
        self.owed = owed(0)
        self.journals: list[Journal] = []
        self.books = NONE_YET

    def write(self, journals: Any) -> None:
        for journal in journals:
            self.journals.append(journal)
            if journal.booking_id is not None:
                self.books = self.books.after(journal.transfers)

    def becomes(self, after: Payment) -> None:
        self.write(self.bookkeeping.of_payment(self.payment, after, now=self.now))
        self.payment = attrs.evolve(after, version=after.version + 1)

    def refund_becomes(self, place: int, after: Refund) -> None:
        self.write(self.bookkeeping.of_refund(self.refunds[place], after, now=self.now))
        self.refunds[place] = after

    @initialize(status=st.sampled_from([ProviderStatus.PROCESSING, ProviderStatus.SUCCEEDED]))
    def a_customer_pays(self, status: ProviderStatus) -> None:
        self.the_provider_speaks(status, None)

    @rule(status=st.sampled_from(ProviderStatus), fee=st.sampled_from([None, pounds(3)]))
    def the_provider_speaks(self, status: ProviderStatus, fee: Money | None) -> None:
        self.becomes(heard(self.payment, news(status, fee=fee), now=self.now))

    @rule(total=st.integers(0, 200), tax=st.integers(0, 1))
    def another_price_is_owed(self, total: int, tax: int) -> None:
        self.owed = owed(total, total // 5 * tax)
        charges = self.bookkeeping.of_charge(booking_id(), self.books, self.owed, now=self.now)
        self.write(charges)

    @precondition(lambda self: not self.payment.disputed and self.payment.refundable.minor > 0)
    @rule(share=st.integers(1, 100), fee=st.sampled_from([0, 1]))
    def somebody_asks_for_money(self, share: int, fee: int) -> None:
        amount = max(self.payment.refundable.percent(share), Money(2, "GBP"))
        if amount > self.payment.refundable:
            return
        for_nothing = max(self.books.credit, NOTHING)
        asked = refund(
            901 + len(self.refunds),
            amount,
            fee=Money(fee, "GBP"),
            allowance=amount - min(amount, for_nothing),
        )
        self.payment = self.payment.set_aside(amount)
        self.write(self.bookkeeping.of_refund(None, asked, now=self.now))
        self.refunds.append(asked)

    @precondition(lambda self: self.refunds)
    @rule(data=st.data(), decision=st.sampled_from(["approve", "reject"]))
    def somebody_decides(self, data: st.DataObject, decision: str) -> None:
        place = data.draw(st.integers(0, len(self.refunds) - 1))
        asked = self.refunds[place]
        if asked.state is RefundState.FAILED:
            method = data.draw(st.sampled_from(Method))
            self.refund_becomes(place, asked.retry(method, by=COLLEAGUE.id, now=self.now))
        elif asked.state is RefundState.APPROVED and asked.method is not Method.ONLINE:
            self.refund_becomes(place, asked.paid_by_hand(now=self.now))
        elif asked.state is RefundState.REQUESTED and decision == "approve":
            after = asked.approve(by=COLLEAGUE.id, alone_up_to=None, now=self.now)
            self.refund_becomes(place, after)
        elif asked.state is RefundState.REQUESTED and self.dispute is None:
            self.payment = self.payment.put_back(asked.amount)
            after = asked.reject(by=COLLEAGUE.id, note="", now=self.now)
            self.refund_becomes(place, after)

    @precondition(lambda self: self.refunds)
    @rule(data=st.data(), status=st.sampled_from(RefundStatus))
    def the_provider_speaks_of_a_refund(self, data: st.DataObject, status: RefundStatus) -> None:
        place = data.draw(st.integers(0, len(self.refunds) - 1))
        asked = self.refunds[place]
        if asked.state is RefundState.REQUESTED:
            return
        attempt = data.draw(st.integers(1, asked.attempt))
        said = refund_news(status, id=asked.id.int, reference=f"re_{asked.id.int}_{attempt}")
        self.refund_becomes(place, asked.heard(said, now=self.now))

    @precondition(lambda self: self.payment.state is PaymentState.CAPTURED)
    @rule(status=st.sampled_from(DisputeStatus), fee=st.sampled_from([NOTHING, pounds(15)]))
    def the_provider_speaks_of_a_dispute(self, status: DisputeStatus, fee: Money) -> None:
        amount = self.payment.captured
        back = status in {DisputeStatus.WON, DisputeStatus.PREVENTED, DisputeStatus.CLOSED}
        withdrawn = fee if back else amount + fee
        said = dispute_news(status, withdrawn=withdrawn)
        before = self.dispute
        if before is None:
            after = Dispute.open(
                DisputeId(uuid4()),
                said,
                payment_id=self.payment.id,
                booking_id=booking_id(),
                now=self.now,
            )
        else:
            after = before.heard(said, now=self.now)
        if after != before:
            self.write(self.bookkeeping.of_dispute(before, after, now=self.now))
            self.payment = contested(self.payment, after)
            self.dispute = attrs.evolve(after, version=after.version + 1)

    @rule()
    def time_passes(self) -> None:
        self.now += timedelta(hours=1)

    @invariant()
    def all_adds_up_to_nothing(self) -> None:
        accounts = Counter[Account]()
        for journal in self.journals:
            for one in journal.transfers:
                accounts[one.debit] += one.amount.minor
                accounts[one.credit] -= one.amount.minor
        assert sum(accounts.values()) == 0
        assert sum(self.books.balances.values(), start=NOTHING) == NOTHING

    @invariant()
    def never_more_goes_back_than_has_come(self) -> None:
        assert NOTHING <= self.payment.refunding <= self.payment.captured
        under_way = [one.amount for one in self.refunds if one.state is not RefundState.REJECTED]
        assert sum(under_way, start=NOTHING) <= self.payment.captured

    @invariant()
    def nothing_is_written_twice(self) -> None:
        names = [(journal.cause, journal.about) for journal in self.journals]
        assert len(set(names)) == len(names)

    @invariant()
    def books_set_right_stay_right(self) -> None:
        once = self.books.after(set_right(self.books, self.owed))
        assert set_right(once, self.owed) == ()
        assert once.of(Account.RECEIVABLE).minor * once.credit.minor == 0
        assert once.settled == once.charged - once.fees - once.of(Account.RECEIVABLE) + once.credit

    @invariant()
    def the_provider_has_what_it_says_it_has(self) -> None:
        gone = [
            one.paid_out
            for one in self.refunds
            if one.method is Method.ONLINE and one.state is RefundState.SUCCEEDED
        ]
        withdrawn = self.dispute.withdrawn if self.dispute is not None else NOTHING
        there = self.payment.captured - sum(gone, start=NOTHING) - withdrawn
        assert self.books.of(Account.CLEARING) == there

    @invariant()
    def nothing_stays_in_dispute_once_that_is_over(self) -> None:
        if self.dispute is not None and not self.dispute.is_open:
            assert self.books.of(Account.DISPUTED) == NOTHING


TestClerk = Clerk.TestCase
TestClerk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_journals_say_when() -> None:
    bookkeeping = Bookkeeping(new_id=uuid4)
    later = heard(payment(), news(ProviderStatus.SUCCEEDED), now=NOW + DAY)
    (captured,) = bookkeeping.of_payment(payment(), later, now=NOW + DAY)

    assert (captured.cause, captured.occurred_at) == (Cause.CAPTURED, NOW + DAY)


def test_fees_and_what_is_withdrawn_may_come_to_the_same_again() -> None:
    """Each change is written under a name of its own."""
    bookkeeping, names = Bookkeeping(new_id=uuid4), list[tuple[Cause, str]]()
    before = heard(payment(), news(ProviderStatus.SUCCEEDED), now=NOW)
    for version, fee in enumerate((3, 4, 3), start=1):
        known = attrs.evolve(before, version=version)
        after = heard(known, news(ProviderStatus.SUCCEEDED, fee=pounds(fee)), now=NOW)
        names += [(one.cause, one.about) for one in bookkeeping.of_payment(known, after, now=NOW)]
        before = after

    assert len(set(names)) == len(names) == 3


def test_what_a_dispute_costs_is_nothing_that_the_customer_owes() -> None:
    for status, withdrawn, settled in (
        (DisputeStatus.WON, pounds(15), PRICE),
        (DisputeStatus.LOST, pounds(195), NOTHING),
    ):
        opened = dispute(None, DisputeStatus.NEEDS_RESPONSE, pounds(195))
        books = PAID.after(transfers_of(None, opened))
        assert (books.of(Account.DISPUTED), books.paid) == (pounds(195), PRICE)

        books = books.after(transfers_of(opened, dispute(opened, status, withdrawn)))
        assert books.of(Account.DISPUTED) == NOTHING
        assert books.of(Account.PROVIDER_FEES) == pounds(15)
        assert books.of(Account.CLEARING) == PRICE - withdrawn
        assert books.paid == settled == books.after(set_right(books, owed(180))).settled


def test_what_lapses_is_earned_if_somebody_had_paid_for_it() -> None:
    bookkeeping = Bookkeeping(new_id=uuid4)
    for paid_by, account in (
        (PaidBy.CASH, Account.BREAKAGE),
        (PaidBy.GIVEN, Account.ALLOWANCES),
    ):
        credit = GiftCredit.issue(
            GiftCreditId(uuid4()),
            amount=pounds(50),
            paid_by=paid_by,
            note="",
            expires_at=NOW + DAY,
            by=COLLEAGUE.id,
            now=NOW,
        )
        used = attrs.evolve(credit, balance=pounds(20))
        lapsed = used.lapse(now=NOW + DAY)
        issued = bookkeeping.of_gift_credit(credit, now=NOW).transfers
        (written,) = bookkeeping.of_lapsed(used, lapsed, now=NOW + DAY).transfers
        books = NONE_YET.after(issued).after([written])
        assert (written.debit, written.credit) == (Account.GIFT_CREDIT, account)
        assert books.of(Account.GIFT_CREDIT) == -pounds(30)


def dispute(before: Dispute | None, status: DisputeStatus, withdrawn: Money) -> Dispute:
    said = dispute_news(status, withdrawn=withdrawn)
    if before is not None:
        return before.heard(said, now=NOW)
    return Dispute.open(
        DisputeId(uuid4()), said, payment_id=payment_id(), booking_id=booking_id(), now=NOW
    )


def transfers_of(before: Dispute | None, after: Dispute) -> list[Transfer]:
    journals = Bookkeeping(new_id=uuid4).of_dispute(before, after, now=NOW)
    return [one for journal in journals for one in journal.transfers]
