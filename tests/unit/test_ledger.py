"""The books: zero whatever is written, and right however often they are set right."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import Money
from domain.payments.ledger import (
    Account,
    BadTransfer,
    Books,
    Owed,
    Transfer,
    moved,
    set_right,
)
from tests.samples import pounds
from tests.samples_of_payments import (
    NOTHING,
)

EMPTY = Books(currency="GBP", balances={})
AMOUNTS = st.integers(1, 300)


def owed(total: int, tax: int = 0) -> Owed:
    return Owed(total=pounds(total), tax=pounds(tax), fees=NOTHING)


def right(books: Books, total: int, tax: int = 0) -> Books:
    return books.after(set_right(books, owed(total, tax)))


def written(books: Books, debit: Account, credit: Account, amount: int) -> Books:
    return books.after(moved(debit, credit, pounds(amount)))


def paid(amount: int, books: Books = EMPTY) -> Books:
    return written(books, Account.CLEARING, Account.DEPOSITS, amount)


def total(books: Books) -> Money:
    return sum(books.balances.values(), start=NOTHING)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_transfer_is_of_something(amount: int) -> None:
    with pytest.raises(BadTransfer):
        Transfer(debit=Account.CASH, credit=Account.SALES, amount=Money(amount, "GBP"))


def test_a_transfer_is_between_two_accounts() -> None:
    with pytest.raises(BadTransfer):
        Transfer(debit=Account.CASH, credit=Account.CASH, amount=pounds(1))


def test_amounts_of_any_sign_are_moved() -> None:
    back = moved(Account.CASH, Account.SALES, pounds(-3))

    assert moved(Account.CASH, Account.SALES, NOTHING) == ()
    assert back == (Transfer(debit=Account.SALES, credit=Account.CASH, amount=pounds(3)),)


def test_what_is_charged_and_paid_is_settled() -> None:
    books = right(paid(100), 100, tax=20)

    assert books.of(Account.SALES) == pounds(-80)
    assert books.of(Account.TAX) == pounds(-20)
    assert (books.charged, books.paid, books.credit) == (pounds(100), pounds(100), NOTHING)


def test_what_is_paid_before_it_is_owed_is_a_deposit() -> None:
    assert (paid(30).credit, paid(30).settled) == (pounds(30), pounds(30))
    books = right(paid(30), 100)
    assert (books.of(Account.RECEIVABLE), books.credit) == (pounds(70), NOTHING)
    assert right(paid(70, books), 100).of(Account.RECEIVABLE) == NOTHING


def test_what_is_not_owed_any_more_is_credit() -> None:
    books = right(right(paid(100), 100, tax=20), 30, tax=6)

    assert (books.credit, books.charged) == (pounds(70), pounds(30))


def test_what_is_about_to_go_back_counts_for_nothing_any_more() -> None:
    set_aside = written(paid(100), Account.DEPOSITS, Account.REFUNDS, 100)

    assert (set_aside.settled, set_aside.credit) == (NOTHING, NOTHING)
    assert set_aside.paid == pounds(100)


def test_what_was_let_off_counts_as_if_it_was_paid_before_and_after_it_is_gone() -> None:
    full = right(paid(100), 100)
    set_aside = written(full, Account.ALLOWANCES, Account.REFUNDS, 50)
    gone = written(set_aside, Account.REFUNDS, Account.CLEARING, 45)
    with_fee = written(gone, Account.REFUNDS, Account.REFUND_FEES, 5)

    assert {books.settled for books in (full, set_aside, gone, with_fee)} == {pounds(100)}
    assert with_fee.paid == pounds(55)


def test_what_is_not_owed_is_not_let_off_either() -> None:
    let_off = written(right(paid(100), 100), Account.ALLOWANCES, Account.REFUNDS, 50)
    books = right(let_off, 0)

    assert (books.of(Account.ALLOWANCES), books.credit) == (NOTHING, pounds(50))


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["pay", "owe", "give back", "let off", "take back"]), AMOUNTS),
    max_size=12,
)


@given(OPERATIONS, AMOUNTS, st.integers(0, 1))
def test_books_are_set_right_once_and_for_all(
    operations: list[tuple[str, int]], total_owed: int, share: int
) -> None:
    books = EMPTY
    for name, amount in operations:
        books = operate(books, name, amount)
    tax = total_owed // 5 * share

    once = right(books, total_owed, tax)

    assert set_right(once, owed(total_owed, tax)) == ()
    assert total(once) == NOTHING
    assert once.charged == pounds(total_owed)
    assert once.of(Account.RECEIVABLE).minor * once.credit.minor == 0
    assert once.of(Account.RECEIVABLE).minor >= 0
    assert once.credit.minor >= 0


def operate(books: Books, name: str, amount: int) -> Books:
    match name:
        case "pay":
            return paid(amount, books)
        case "owe":
            return right(books, amount)
        case "give back":
            return written(books, Account.DEPOSITS, Account.REFUNDS, amount)
        case "let off":
            return written(books, Account.ALLOWANCES, Account.REFUNDS, amount)
        case _:
            return written(books, Account.REFUNDS, Account.ALLOWANCES, amount)


def test_fees_beside_the_price_are_owed_until_they_are_paid() -> None:
    with_fee = attrs.evolve(owed(100), fees=pounds(5))
    billed = right(paid(100), 100)
    billed = billed.after(set_right(billed, with_fee))
    assert (billed.charged, billed.fees) == (pounds(105), pounds(5))
    assert (billed.of(Account.RECEIVABLE), billed.settled) == (pounds(5), pounds(95))

    after = paid(5, billed)
    after = after.after(set_right(after, with_fee))
    assert (after.of(Account.RECEIVABLE), after.settled) == (NOTHING, pounds(100))
    assert set_right(after, with_fee) == ()
