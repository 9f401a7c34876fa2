"""Discount codes, from their rows."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, select

from adapters.mapping.kinds import converter
from adapters.schema.discount_codes import discount_codes
from domain.bookings.discount_codes import CodeTerms, DiscountCode


@lru_cache(maxsize=1)
def one_discount_code() -> Executable:
    return select(discount_codes).where(
        discount_codes.c.organization_id == bindparam("p_organization_id"),
        discount_codes.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def discount_code_named() -> Executable:
    return select(discount_codes).where(
        discount_codes.c.organization_id == bindparam("p_organization_id"),
        discount_codes.c.code == bindparam("p_code"),
    )


def discount_code_of(row: Row[Any]) -> DiscountCode:
    return DiscountCode(
        id=row.id,
        code=row.code,
        terms=converter.structure(row.terms, CodeTerms),
        active=row.active,
        version=row.version,
    )
