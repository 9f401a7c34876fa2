"""What calls have led to, in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, Row

from adapters.mapping.sold_in_calls import sold_in
from adapters.readers.calls import shown
from adapters.schema.bookings import bookings
from adapters.sql.database import Database
from application.calls.sales import Sale, SalesViews
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import BookingId, CallId
from domain.kernel.money import Money


@attrs.frozen
class SqlSalesViews(SalesViews):
    database: Database

    async def sales(self, actor: Actor, call_id: CallId) -> Sequence[Sale]:
        actor.must(Permission.READ_BOOKINGS)
        question = (
            sold_in(actor.organization_id, call_id)
            .distinct()
            .order_by(bookings.c.reference)
            .limit(self.MOST)
        )

        def ask(connection: Connection) -> Sequence[Sale]:
            shown(connection, actor, call_id)
            return [_sale(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=actor.organization_id)


def _sale(row: Row[Any]) -> Sale:
    return Sale(
        booking_id=BookingId(row.id),
        reference=row.reference,
        title=row.title,
        state=row.state,
        total=Money(row.total_minor, row.currency),
    )
