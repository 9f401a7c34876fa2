"""The books in SQL."""

from collections.abc import Sequence

import attrs

from adapters.mapping.ledger import books_of
from adapters.schema.ledger import journals, transfers
from adapters.sql.scope import Scope
from application.payments.ports import Ledger
from domain.kernel.identifiers import BookingId
from domain.payments.ledger import Books, Journal


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
        return books_of(self.scope.ask, self.scope.organization_id, booking_id, currency)
