"""The books in SQL."""

from collections.abc import Sequence
from functools import lru_cache

import attrs
from sqlalchemy import Executable, bindparam, func, select, union_all

from adapters.schema.ledger import journals, transfers
from adapters.sql.scope import Scope
from application.payments.ports import Ledger
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.payments.ledger import Account, Books, Journal


@attrs.frozen
class SqlLedger(Ledger):
    scope: Scope

    def write(self, written: Sequence[Journal]) -> None:
        for journal in written:
            self.scope.add(
                journals,
                id=journal.id,
                cause=journal.cause.value,
                about=journal.about,
                booking_id=journal.booking_id,
                occurred_at=journal.occurred_at,
            )
        for journal in written:
            for number, transfer in enumerate(journal.transfers, start=1):
                self.scope.add(
                    transfers,
                    journal_id=journal.id,
                    number=number,
                    booking_id=journal.booking_id,
                    debit=transfer.debit.value,
                    credit=transfer.credit.value,
                    amount_minor=transfer.amount.minor,
                    currency=transfer.amount.currency,
                )

    def books_of(self, booking_id: BookingId, currency: str) -> Books:
        key = {
            "p_organization_id": self.scope.organization_id,
            "p_booking_id": booking_id,
            "p_currency": currency,
        }
        rows = self.scope.ask(_balances_of_booking(), key).all()
        return Books(
            currency=currency,
            journals=rows[0].journals if rows else 0,
            balances={
                Account(row.account): Money(int(row.balance), currency)
                for row in rows
                if row.balance
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
    return select(both.c.account, balance, journals_of_booking.label("journals")).group_by(
        both.c.account
    )
