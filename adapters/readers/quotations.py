"""Views of quotations in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, Row, bindparam

from adapters.mapping.quotations import compared_quotations, quotation_of
from adapters.readers.calls import shown
from adapters.schema.calls import quotations
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards
from application.calls.quotation_ports import QuotationShown, QuotationViews
from application.kernel.pages import Page, Slice
from domain.calls.quotations import QuotationNotFound, QuotedSourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, QuotationId


@attrs.frozen
class SqlQuotationViews(QuotationViews):
    database: Database

    async def quotations(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[QuotationShown]:
        question = compared_quotations().where(
            quotations.c.organization_id == actor.organization_id,
            quotations.c.call_id == call_id,
        )
        keys = (quotations.c.quoted_at, quotations.c.id)

        def ask(connection: Connection) -> Page[QuotationShown]:
            shown(connection, actor, call_id)
            return page_backwards(connection, question, keys, slice, _shown)

        return await self.database.read(ask, of=actor.organization_id)

    async def quotation(
        self, actor: Actor, call_id: CallId, quotation_id: QuotationId
    ) -> QuotationShown:
        question = compared_quotations().where(
            quotations.c.organization_id == actor.organization_id,
            quotations.c.call_id == call_id,
            quotations.c.id == quotation_id,
        )

        def ask(connection: Connection) -> QuotationShown:
            shown(connection, actor, call_id)
            row = connection.execute(question).one_or_none()
            if row is None:
                raise QuotationNotFound(quotation_id)
            return _shown(row)

        return await self.database.read(ask, of=actor.organization_id)


def latest_quotations(
    connection: Connection, key: Mapping[str, Any], most: int
) -> Sequence[QuotationShown]:
    """Of the call that is the `p_id` of the key, the first of them first."""
    rows = connection.execute(_latest(), {**key, "p_most": most}).all()
    return [_shown(row) for row in reversed(rows)]


def _shown(row: Row[Any]) -> QuotationShown:
    if row.stands:
        source = QuotedSourceState.CURRENT
    else:
        source = QuotedSourceState.CHANGED if row.here else QuotedSourceState.GONE
    return QuotationShown(
        quotation=quotation_of(row),
        source=source,
        left_at=None if row.stands else row.left_at,
    )


@lru_cache(maxsize=1)
def _latest() -> Executable:
    return (
        compared_quotations()
        .where(
            quotations.c.organization_id == bindparam("p_organization_id"),
            quotations.c.call_id == bindparam("p_id"),
        )
        .order_by(quotations.c.quoted_at.desc(), quotations.c.id.desc())
        .limit(bindparam("p_most"))
    )
