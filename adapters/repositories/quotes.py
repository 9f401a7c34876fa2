"""Quotes in SQL."""

from collections.abc import Sequence

import attrs

from adapters.mapping.quotes import one_quote, quote_of, whole_quotes
from adapters.mapping.sealed_parts import FOUND_BY, SEALED
from adapters.repositories.ordering import in_order
from adapters.repositories.seals import Seals
from adapters.schema.bookings import quotes
from adapters.sql.scope import Scope
from application.bookings.ports import Quotes
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.kernel.identifiers import QuoteId


@attrs.frozen
class SqlQuotes(Quotes):
    scope: Scope

    def get(self, quote_id: QuoteId) -> Quote:
        found = self.scope.ask(
            one_quote(),
            {"p_organization_id": self.scope.organization_id, "p_id": quote_id},
        )
        row = found.one_or_none()
        if row is None:
            raise QuoteNotFound(quote_id)
        return quote_of(row, self.scope.vault)

    def several(self, quote_ids: Sequence[QuoteId]) -> Sequence[Quote]:
        rows = self.scope.ask(
            whole_quotes().where(self.scope.owns(quotes), quotes.c.id.in_(quote_ids))
        )
        vault = self.scope.vault
        return in_order(quote_ids, {row.id: quote_of(row, vault) for row in rows}, QuoteNotFound)

    def add(self, quote: Quote) -> None:
        seals, agreement = Seals(self.scope), quote.agreement
        document = seals.agreement(quote.id, agreement)
        if SEALED in document:
            document = {**document, FOUND_BY: seals.index(agreement.request.contact.email)}
        self.scope.add(quotes, id=quote.id, expires_at=quote.expires_at, agreement=document)
        seals.keep_key(quote.id)
