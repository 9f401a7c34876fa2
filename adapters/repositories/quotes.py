"""Quotes in SQL."""

from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, Row, bindparam, select

from adapters.repositories.kinds import converter
from adapters.schema.bookings import quotes
from adapters.sql.scope import Scope
from application.bookings.ports import Quotes
from domain.bookings.agreement import Agreement
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.kernel.identifiers import QuoteId


@attrs.frozen
class SqlQuotes(Quotes):
    scope: Scope

    def get(self, quote_id: QuoteId) -> Quote:
        found = self.scope.execute(
            one_quote(),
            {"p_organization_id": self.scope.organization_id, "p_id": quote_id},
        )
        row = found.one_or_none()
        if row is None:
            raise QuoteNotFound(quote_id)
        return quote_of(row)

    def add(self, quote: Quote) -> None:
        self.scope.add(
            quotes,
            id=quote.id,
            expires_at=quote.expires_at,
            agreement=converter.unstructure(quote.agreement),
        )


@lru_cache(maxsize=1)
def one_quote() -> Executable:
    return select(quotes).where(
        quotes.c.organization_id == bindparam("p_organization_id"),
        quotes.c.id == bindparam("p_id"),
    )


def quote_of(row: Row[Any]) -> Quote:
    return Quote(
        id=row.id,
        agreement=converter.structure(row.agreement, Agreement),
        expires_at=row.expires_at,
    )
