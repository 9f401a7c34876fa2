"""What was paid for bookings and has gone back, in SQL, as paperwork has to know it."""

from collections.abc import Mapping, Sequence

import attrs
from sqlalchemy import Connection, func, literal, select, union_all

from adapters.schema.payments import payments, refunds
from adapters.sql.database import Database
from application.paperwork.ports import Settlements
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId
from domain.kernel.money import Money
from domain.paperwork.standing import Settlement
from domain.payments.refunds import RefundState


@attrs.frozen
class SqlSettlements(Settlements):
    """Of what is refunded a fee may be kept: that has not gone back."""

    database: Database

    async def of(
        self, actor: Actor, booking_ids: Sequence[BookingId]
    ) -> Mapping[BookingId, Settlement]:
        came = select(
            payments.c.booking_id,
            payments.c.currency,
            payments.c.captured_minor.label("paid"),
            literal(0).label("refunded"),
        ).where(
            payments.c.organization_id == actor.organization_id,
            payments.c.booking_id.in_(booking_ids),
            payments.c.captured_minor > 0,
        )
        went = select(
            refunds.c.booking_id,
            refunds.c.currency,
            literal(0).label("paid"),
            (refunds.c.amount_minor - refunds.c.fee_minor).label("refunded"),
        ).where(
            refunds.c.organization_id == actor.organization_id,
            refunds.c.booking_id.in_(booking_ids),
            refunds.c.state == RefundState.SUCCEEDED.value,
        )
        both = union_all(came, went).subquery("money")
        question = select(
            both.c.booking_id,
            both.c.currency,
            func.sum(both.c.paid).label("paid"),
            func.sum(both.c.refunded).label("refunded"),
        ).group_by(both.c.booking_id, both.c.currency)

        def ask(connection: Connection) -> Mapping[BookingId, Settlement]:
            return {
                row.booking_id: Settlement(
                    paid=Money(int(row.paid), row.currency),
                    refunded=Money(int(row.refunded), row.currency),
                )
                for row in connection.execute(question)
            }

        return await self.database.read(ask, of=actor.organization_id)
