"""Quotes, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, Select, bindparam, select

from adapters.mapping.sealed_agreements import sealed_agreement_of
from adapters.mapping.sealed_parts import key_of
from adapters.schema.bookings import quotes
from adapters.sealing.vault import Vault
from domain.bookings.quotes import Quote


def whole_quotes() -> Select[Any]:
    """With the key to who it is for, where there is one."""
    return select(quotes, key_of(quotes).label("data_key"))


@lru_cache(maxsize=1)
def one_quote() -> Executable:
    return whole_quotes().where(
        quotes.c.organization_id == bindparam("p_organization_id"),
        quotes.c.id == bindparam("p_id"),
    )


def quote_of(row: Row[Any], vault: Vault) -> Quote:
    return Quote(
        id=row.id,
        agreement=sealed_agreement_of(row, vault),
        expires_at=row.expires_at,
    )
