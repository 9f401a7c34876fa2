"""What is promised about bookings, in memory."""

from typing import TypeVar

import attrs

from application.bookings.payment_ports import RefundQuotes
from application.bookings.ports import CancellationQuotes, ChangeQuotes
from application.kernel.ports import Stale
from domain.bookings.promises import CancellationQuote, ChangeQuote, Promise
from domain.bookings.quotes import QuoteNotFound
from domain.bookings.refund_quotes import RefundQuote
from domain.kernel.identifiers import QuoteId
from tests.fakes.rows import Rows, found

Promised = TypeVar("Promised", bound=Promise)


@attrs.frozen
class MemoryCancellationQuotes(CancellationQuotes):
    rows: Rows

    def get(self, quote_id: QuoteId) -> CancellationQuote:
        return found(self.rows.cancellation_quotes, quote_id, QuoteNotFound)

    def add(self, quote: CancellationQuote) -> None:
        _add(self.rows.cancellation_quotes, quote)


@attrs.frozen
class MemoryChangeQuotes(ChangeQuotes):
    rows: Rows

    def get(self, quote_id: QuoteId) -> ChangeQuote:
        return found(self.rows.change_quotes, quote_id, QuoteNotFound)

    def add(self, quote: ChangeQuote) -> None:
        _add(self.rows.change_quotes, quote)


@attrs.frozen
class MemoryRefundQuotes(RefundQuotes):
    rows: Rows

    def get(self, quote_id: QuoteId) -> RefundQuote:
        return found(self.rows.refund_quotes, quote_id, QuoteNotFound)

    def add(self, quote: RefundQuote) -> None:
        _add(self.rows.refund_quotes, quote)


def _add(table: dict[QuoteId, Promised], quote: Promised) -> None:
    if quote.id in table:
        raise Stale(f"quote {quote.id} is there already")
    table[quote.id] = quote
