"""The books of a booking, from what was written in them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, Executable, and_, bindparam, func, select, union_all

from adapters.schema.ledger import journals, transfers
from domain.kernel.identifiers import BookingId, OrganizationId
from domain.kernel.money import Money
from domain.payments.ledger import Account, Books

OF_JOURNAL = and_(
    journals.c.organization_id == transfers.c.organization_id,
    journals.c.id == transfers.c.journal_id,
)
Ask = Callable[[Executable, Mapping[str, Any]], CursorResult[Any]]


def books_of(
    ask: Ask, organization_id: OrganizationId, booking_id: BookingId, currency: str
) -> Books:
    key = {
        "p_organization_id": organization_id,
        "p_booking_id": booking_id,
        "p_currency": currency,
    }
    rows = ask(_balances_of_booking(), key).all()
    return Books(
        currency=currency,
        journals=rows[0].written if rows else 0,
        balances={
            Account(row.account): Money(int(row.balance), currency) for row in rows if row.balance
        },
    )


@lru_cache(maxsize=1)
def _balances_of_booking() -> Executable:
    sides = [
        select(account.label("account"), amount.label("minor")).where(
            transfers.c.organization_id == bindparam("p_organization_id"),
            transfers.c.booking_id == bindparam("p_booking_id"),
            transfers.c.currency == bindparam("p_currency"),
        )
        for account, amount in (
            (transfers.c.debit, transfers.c.amount_minor),
            (transfers.c.credit, -transfers.c.amount_minor),
        )
    ]
    both = union_all(*sides).subquery("sides")
    journals_of_booking = (
        select(func.count(transfers.c.journal_id.distinct()))
        .where(
            transfers.c.organization_id == bindparam("p_organization_id"),
            transfers.c.booking_id == bindparam("p_booking_id"),
        )
        .scalar_subquery()
    )
    balance = func.sum(both.c.minor).label("balance")
    return select(both.c.account, balance, journals_of_booking.label("written")).group_by(
        both.c.account
    )
