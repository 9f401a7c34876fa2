"""Who pays in which call, in SQL."""

import attrs
from sqlalchemy import select

from adapters.schema.events import event_log
from adapters.schema.payments import payments
from adapters.sql.database import Database
from application.calls.keep_payments_unheard import Paid, PaymentsOfCalls
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId
from domain.payments.events import PaymentStarted
from domain.payments.payment import WAITS_FOR_CUSTOMER, PaymentState


@attrs.frozen
class SqlPaymentsOfCalls(PaymentsOfCalls):
    database: Database

    async def paid(self, actor: Actor, payment_id: PaymentId, /) -> Paid | None:
        ours = actor.organization_id
        question = (
            select(event_log.c.call_id, payments.c.state)
            .select_from(event_log)
            .join(
                payments,
                (payments.c.organization_id == ours) & (payments.c.id == event_log.c.subject),
            )
            .where(
                event_log.c.organization_id == ours,
                event_log.c.subject == payment_id,
                event_log.c.name == PaymentStarted.name,
                event_log.c.call_id.is_not(None),
            )
            .limit(1)
        )
        row = await self.database.read(
            lambda connection: connection.execute(question).one_or_none(), of=ours
        )
        if row is None:
            return None
        return Paid(row.call_id, is_open=PaymentState(row.state) in WAITS_FOR_CUSTOMER)
