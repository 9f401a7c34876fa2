"""What is kept on customers, in SQL, and its transaction."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Row,
    Select,
    Table,
    delete,
    func,
    literal,
    or_,
    select,
)

from adapters.mapping.attendance import attendance_of
from adapters.mapping.blocks import block_of
from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.waiting import entry_of
from adapters.repositories.blocks import SqlBlocks
from adapters.repositories.bookings import SqlBookings
from adapters.repositories.sealed_agreements import SealedAgreements
from adapters.repositories.waiting import SqlWaitingList
from adapters.schema.attendance import attendance
from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings, quotes
from adapters.schema.idempotency import answers
from adapters.schema.promises import cancellation_quotes, change_quotes
from adapters.schema.waiting import waiting_entries
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.bookings.customer_ports import Customers, CustomerWork
from domain.bookings.attendance import Mark
from domain.bookings.booking import Booking
from domain.bookings.customers import Customer
from domain.kernel.identifiers import BookingId

TOGETHER = 100


@attrs.frozen
class SqlCustomers(Customers):
    scope: Scope

    def at(self, email: str) -> Customer:
        names = self.scope.vault.indexes(self.scope.organization_id, email)
        return Customer(
            bookings=[
                self._booking(row)
                for row in self._theirs(bookings, bookings.c.email.in_(names), whole_bookings())
            ],
            waiting=[
                entry_of(row)
                for row in self._theirs(waiting_entries, waiting_entries.c.email == email)
            ],
            blocks=[
                block_of(row)
                for row in self._theirs(blocks, blocks.c.contact["email"].as_string() == email)
            ],
        )

    def marks(self, customer: Customer) -> Sequence[Mark]:
        ids = {booking.id for booking in customer.bookings}
        resource_ids = {one.agreement.request.resource_id for one in customer.bookings}
        question = select(attendance).where(
            self.scope.owns(attendance), attendance.c.id.in_(resource_ids)
        )
        lists = [attendance_of(row.id, row) for row in self.scope.ask(question)]
        return [mark for one in lists for mark in one.marks if mark.place.booking_id in ids]

    def forget_what_passes(self, email: str, booking_ids: Sequence[BookingId]) -> None:
        asked = quotes.c.agreement["request"]["contact"]["email"].as_string() == email
        self._delete(quotes, asked)
        self._delete_answers([email])
        for start in range(0, len(booking_ids), TOGETHER):
            some = booking_ids[start : start + TOGETHER]
            for table in (change_quotes, cancellation_quotes):
                self._delete(table, table.c.booking_id.in_(some))
            self._delete_answers([str(id) for id in some])

    def _booking(self, row: Row[Any]) -> Booking:
        SealedAgreements(self.scope).remember(row)
        return booking_of(row, self.scope.vault)

    def _theirs(
        self, table: Table, condition: ColumnElement[bool], question: Select[Any] | None = None
    ) -> Sequence[Any]:
        asked = select(table) if question is None else question
        asked = asked.where(self.scope.owns(table), condition).order_by(table.c.id)
        return self.scope.execute(asked.with_for_update()).all()

    def _delete(self, table: Table, condition: ColumnElement[bool]) -> None:
        self.scope.execute(delete(table).where(self.scope.owns(table), condition))

    def _delete_answers(self, texts: Sequence[str]) -> None:
        """Those that show one of these."""
        dialect = self.scope.connection.dialect.name
        self._delete(answers, or_(*(_shows(dialect, text.encode()) for text in texts)))


def _shows(dialect: str, text: bytes) -> ColumnElement[bool]:
    """Bytes are looked for in bytes; the two engines name it differently."""
    if dialect == "postgresql":
        return func.strpos(func.encode(answers.c.body, "hex"), text.hex()) > 0
    return func.instr(answers.c.body, literal(text, LargeBinary)) > 0


@attrs.frozen(kw_only=True)
class SqlCustomerWork(CustomerWork):
    customers: SqlCustomers
    bookings: SqlBookings
    waiting: SqlWaitingList
    blocks: SqlBlocks
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlCustomerWork":
        return cls(
            customers=SqlCustomers(scope),
            bookings=SqlBookings(scope),
            waiting=SqlWaitingList(scope),
            blocks=SqlBlocks(scope),
            facts=EventLog(scope),
        )
