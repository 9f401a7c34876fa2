"""Discount code views in SQL."""

from typing import Any

import attrs
from sqlalchemy import Connection, Row, and_, literal, select

from adapters.mapping.discount_codes import discount_code_of, one_discount_code
from adapters.schema.discount_codes import discount_codes
from adapters.schema.inventory import pools
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.bookings.views import DiscountCodeUse, DiscountCodeViews
from application.kernel.pages import Page, Slice
from domain.bookings.discount_codes import DiscountCode, DiscountCodeNotFound
from domain.kernel.actors import Actor
from domain.kernel.claims import uses_pool
from domain.kernel.identifiers import DiscountCodeId

USES = and_(
    pools.c.organization_id == discount_codes.c.organization_id,
    pools.c.id == literal(uses_pool("")) + discount_codes.c.code,
)


@attrs.frozen
class SqlDiscountCodeViews(DiscountCodeViews):
    database: Database

    async def discount_code(self, actor: Actor, discount_code_id: DiscountCodeId) -> DiscountCode:
        def ask(connection: Connection) -> DiscountCode:
            key = {"p_organization_id": actor.organization_id, "p_id": discount_code_id}
            row = connection.execute(one_discount_code(), key).one_or_none()
            if row is None:
                raise DiscountCodeNotFound(discount_code_id)
            return discount_code_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def discount_codes(self, actor: Actor, *, slice: Slice) -> Page[DiscountCodeUse]:
        question = (
            select(discount_codes, pools.c.taken)
            .join_from(discount_codes, pools, USES)
            .where(
                discount_codes.c.organization_id == actor.organization_id,
                pools.c.organization_id == actor.organization_id,
            )
        )
        keys = (discount_codes.c.code, discount_codes.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _use),
            of=actor.organization_id,
        )


def _use(row: Row[Any]) -> DiscountCodeUse:
    return DiscountCodeUse(discount_code=discount_code_of(row), used=row.taken)
