"""Quotes, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.mapping.kinds import converter
from adapters.schema.bookings import quotes
from domain.bookings.agreement import Agreement
from domain.bookings.quotes import Quote


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
