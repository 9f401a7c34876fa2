"""What is kept on customers, in SQL, and its transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    delete,
    func,
    literal,
    or_,
    select,
)

from adapters.mapping.attendance import attendance_of
from adapters.mapping.blocks import block_of, whole_blocks
from adapters.mapping.bookings import booking_of, whole_bookings
from adapters.mapping.sealed_parts import FOUND_BY
from adapters.mapping.waiting import entry_of, whole_entries
from adapters.repositories.blocks import SqlBlocks
from adapters.repositories.bookings import SqlBookings
from adapters.repositories.erased_calls import ErasedCalls
from adapters.repositories.erased_payments import ErasedPayments
from adapters.repositories.kept_calls import KeptCalls
from adapters.repositories.kept_papers import KeptPapers
from adapters.repositories.seals import Seals
from adapters.repositories.waiting import SqlWaitingList
from adapters.schema.attendance import attendance
from adapters.schema.blocks import blocks
from adapters.schema.bookings import bookings, quotes
from adapters.schema.idempotency import answers
from adapters.schema.promises import cancellation_quotes, change_quotes, refund_quotes
from adapters.schema.waiting import waiting_entries
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.bookings.customer_ports import Customers, CustomerWork
from domain.bookings.attendance import Mark
from domain.bookings.customers import Customer
from domain.bookings.kept import KeptCall, KeptPaper
from domain.bookings.life import OPEN
from domain.kernel.identifiers import BookingId

TOGETHER = 100


@attrs.frozen
class SqlCustomers(Customers):
    scope: Scope

    def at(self, email: str, *, most: int | None = None) -> Customer:
        names = self._names(email)
        booked = whole_bookings().where(bookings.c.email.in_(names)).limit(most)
        waiting = whole_entries().where(waiting_entries.c.email.in_(names))
        held = whole_blocks().where(_written_by(blocks.c.contact, ("email",), email, names))
        vault = self.scope.vault
        return Customer(
            bookings=[booking_of(row, vault) for row in self._theirs(bookings, booked)],
            waiting=[entry_of(row, vault) for row in self._theirs(waiting_entries, waiting)],
            blocks=[block_of(row, vault) for row in self._theirs(blocks, held)],
        )

    def to_come(self, email: str, *, now: datetime) -> int:
        question = select(func.count()).where(
            self.scope.owns(bookings),
            bookings.c.email.in_(self._names(email)),
            bookings.c.state.in_([state.value for state in OPEN]),
            bookings.c.ends_at > now,
        )
        return int(self.scope.ask(question).scalar_one())

    def marks(self, customer: Customer) -> Sequence[Mark]:
        ids = {booking.id for booking in customer.bookings}
        resource_ids = {one.agreement.request.resource_id for one in customer.bookings}
        question = select(attendance).where(
            self.scope.owns(attendance), attendance.c.id.in_(resource_ids)
        )
        lists = [attendance_of(row.id, row) for row in self.scope.ask(question)]
        return [mark for one in lists for mark in one.marks if mark.place.booking_id in ids]

    def papers(self, customer: Customer) -> Sequence[KeptPaper]:
        return KeptPapers(self.scope).of([booking.id for booking in customer.bookings])

    def calls(self, customer: Customer) -> Sequence[KeptCall]:
        return KeptCalls(self.scope).of(customer.numbers)

    def forget_calls(self, numbers: Sequence[str], *, now: datetime) -> int:
        if not numbers:
            return 0
        gone = ErasedCalls(self.scope).forget(numbers, now=now)
        shown = [*numbers, *map(str, gone.calls), *map(str, gone.notes)]
        for start in range(0, len(shown), TOGETHER):
            self._delete_answers(shown[start : start + TOGETHER])
        return len(gone.calls)

    def forget_how_they_paid(self, booking_ids: Sequence[BookingId]) -> None:
        for start in range(0, len(booking_ids), TOGETHER):
            ErasedPayments(self.scope).forget(booking_ids[start : start + TOGETHER])

    def forget_what_passes(self, email: str, booking_ids: Sequence[BookingId]) -> None:
        path = ("request", "contact", "email")
        asked = _written_by(quotes.c.agreement, path, email, self._names(email))
        self._delete_sealed(quotes, asked)
        self._delete_answers([email])
        for start in range(0, len(booking_ids), TOGETHER):
            some = booking_ids[start : start + TOGETHER]
            self._delete_sealed(change_quotes, change_quotes.c.booking_id.in_(some))
            for table in (cancellation_quotes, refund_quotes):
                self._delete(table, table.c.booking_id.in_(some))
            self._delete_answers([str(id) for id in some])

    def _names(self, email: str) -> Sequence[str]:
        return self.scope.vault.indexes(self.scope.organization_id, email)

    def _theirs(self, table: Table, question: Select[Any]) -> Sequence[Any]:
        asked = question.where(self.scope.owns(table)).order_by(table.c.id)
        rows = self.scope.execute(asked.with_for_update()).all()
        for row in rows:
            Seals(self.scope).remember(row)
        return rows

    def _delete_sealed(self, table: Table, condition: ColumnElement[bool]) -> None:
        """Rows and the keys to them."""
        ids = self.scope.execute(select(table.c.id).where(self.scope.owns(table), condition))
        gone = ids.scalars().all()
        if gone:
            Seals(self.scope).forget(*gone)
            self._delete(table, table.c.id.in_(gone))

    def _delete(self, table: Table, condition: ColumnElement[bool]) -> None:
        self.scope.execute(delete(table).where(self.scope.owns(table), condition))

    def _delete_answers(self, texts: Sequence[str]) -> None:
        """Those that show one of these."""
        dialect = self.scope.connection.dialect.name
        self._delete(answers, or_(*(_shows(dialect, text.encode()) for text in texts)))


def _written_by(
    document: Column[Any], path: Sequence[str], email: str, names: Sequence[str]
) -> ColumnElement[bool]:
    """A document says whose it is: plainly, or by what stands for the address."""
    said = document[path[0]]
    for name in path[1:]:
        said = said[name]
    return or_(said.as_string() == email, document[FOUND_BY].as_string().in_(names))


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
