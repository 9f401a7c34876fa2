"""What is promised about bookings, in SQL."""

from typing import Any

import attrs
from sqlalchemy import Row, Select, Table, select

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_agreements import sealed_agreement_of
from adapters.mapping.sealed_parts import key_of
from adapters.repositories.seals import Seals
from adapters.schema.promises import cancellation_quotes, change_quotes, refund_quotes
from adapters.sql.scope import Scope
from application.bookings.payment_ports import RefundQuotes
from application.bookings.ports import CancellationQuotes, ChangeQuotes
from domain.bookings.cancellation import Cancellation
from domain.bookings.promises import CancellationQuote, ChangeQuote, Promise
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.refund_quotes import LineGivenBack, RefundQuote
from domain.kernel.identifiers import QuoteId
from domain.kernel.money import Money


@attrs.frozen
class SqlCancellationQuotes(CancellationQuotes):
    scope: Scope

    def get(self, quote_id: QuoteId) -> CancellationQuote:
        row = _row(self.scope, cancellation_quotes, quote_id)
        return CancellationQuote(
            **_members(row), split=converter.structure(row.cancellation, Cancellation)
        )

    def add(self, quote: CancellationQuote) -> None:
        self.scope.add(
            cancellation_quotes,
            **_columns(quote),
            cancellation=converter.unstructure(quote.split),
        )


@attrs.frozen
class SqlChangeQuotes(ChangeQuotes):
    scope: Scope

    def get(self, quote_id: QuoteId) -> ChangeQuote:
        row = _row(self.scope, change_quotes, quote_id)
        return ChangeQuote(
            **_members(row),
            agreement=sealed_agreement_of(row, self.scope.vault),
            difference=Money(row.difference_minor, row.currency),
            fee=Money(row.fee_minor, row.currency),
        )

    def add(self, quote: ChangeQuote) -> None:
        seals = Seals(self.scope)
        self.scope.add(
            change_quotes,
            **_columns(quote),
            agreement=seals.agreement(quote.id, quote.agreement),
            difference_minor=quote.difference.minor,
            fee_minor=quote.fee.minor,
            currency=quote.difference.currency,
        )
        seals.keep_key(quote.id)


@attrs.frozen(kw_only=True)
class Amounts:
    """What a refund is quoted at, as it is stored."""

    amount: Money
    fee: Money
    unused: Money
    tax: Money
    lines: tuple[LineGivenBack, ...]

    @classmethod
    def of(cls, quote: RefundQuote) -> "Amounts":
        return cls(**{field.name: getattr(quote, field.name) for field in attrs.fields(cls)})


@attrs.frozen
class SqlRefundQuotes(RefundQuotes):
    scope: Scope

    def get(self, quote_id: QuoteId) -> RefundQuote:
        row = _row(self.scope, refund_quotes, quote_id)
        amounts = converter.structure(row.amounts, Amounts)
        return RefundQuote(
            **_members(row),
            payment_id=row.payment_id,
            payment_version=row.payment_version,
            **attrs.asdict(amounts, recurse=False),
        )

    def add(self, quote: RefundQuote) -> None:
        self.scope.add(
            refund_quotes,
            **_columns(quote),
            payment_id=quote.payment_id,
            payment_version=quote.payment_version,
            amounts=converter.unstructure(Amounts.of(quote)),
        )


def _row(scope: Scope, table: Table, quote_id: QuoteId) -> Row[Any]:
    row = scope.ask(_whole(table).where(scope.owns(table), table.c.id == quote_id)).one_or_none()
    if row is None:
        raise QuoteNotFound(quote_id)
    return row


def _whole(table: Table) -> Select[Any]:
    """With the key to who it is for, where there is one."""
    return select(table, key_of(table).label("data_key"))


def _members(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "booking_id": row.booking_id,
        "version": row.booking_version,
        "expires_at": row.expires_at,
    }


def _columns(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "booking_id": promise.booking_id,
        "booking_version": promise.version,
        "expires_at": promise.expires_at,
    }
