"""Payment views in SQL."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.disputes import dispute_of, stored_event_of
from adapters.mapping.payments import one_payment, one_refund, payment_of, refund_of
from adapters.schema.payments import disputes, payments, provider_events, refunds
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.kernel.pages import Page, Slice
from application.payments.ports import StoredEvent, Treatment
from application.payments.views import PaymentFilter, PaymentViews, RefundFilter
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId, RefundId
from domain.payments.disputes import Dispute
from domain.payments.payment import Payment
from domain.payments.refunds import Refund
from domain.payments.refusals import PaymentNotFound, RefundNotFound


@attrs.frozen
class SqlPaymentViews(PaymentViews):
    database: Database

    async def payment(self, actor: Actor, payment_id: PaymentId) -> Payment:
        def ask(connection: Connection) -> Payment:
            key = {"p_organization_id": actor.organization_id, "p_id": payment_id}
            row = connection.execute(one_payment(), key).one_or_none()
            if row is None:
                raise PaymentNotFound(payment_id)
            return payment_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def payments(
        self, actor: Actor, *, filter: PaymentFilter, slice: Slice
    ) -> Page[Payment]:
        question = select(payments).where(payments.c.organization_id == actor.organization_id)
        if filter.booking_id is not None:
            question = question.where(payments.c.booking_id == filter.booking_id)
        if filter.state is not None:
            question = question.where(payments.c.state == filter.state.value)
        keys = (payments.c.created_at, payments.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, payment_of),
            of=actor.organization_id,
        )

    async def refund(self, actor: Actor, refund_id: RefundId) -> Refund:
        def ask(connection: Connection) -> Refund:
            key = {"p_organization_id": actor.organization_id, "p_id": refund_id}
            row = connection.execute(one_refund(), key).one_or_none()
            if row is None:
                raise RefundNotFound(refund_id)
            return refund_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def refunds(self, actor: Actor, *, filter: RefundFilter, slice: Slice) -> Page[Refund]:
        question = select(refunds).where(refunds.c.organization_id == actor.organization_id)
        if filter.booking_id is not None:
            question = question.where(refunds.c.booking_id == filter.booking_id)
        if filter.state is not None:
            question = question.where(refunds.c.state == filter.state.value)
        keys = (refunds.c.requested_at, refunds.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, refund_of),
            of=actor.organization_id,
        )

    async def disputes(self, actor: Actor, *, slice: Slice) -> Page[Dispute]:
        question = select(disputes).where(disputes.c.organization_id == actor.organization_id)
        keys = (disputes.c.opened_at, disputes.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, dispute_of),
            of=actor.organization_id,
        )

    async def provider_events(
        self, actor: Actor, *, treatment: Treatment | None, slice: Slice
    ) -> Page[StoredEvent]:
        question = select(provider_events).where(
            provider_events.c.organization_id == actor.organization_id
        )
        if treatment is not None:
            question = question.where(provider_events.c.state == treatment.value)
        keys = (provider_events.c.received_at, provider_events.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, stored_event_of),
            of=actor.organization_id,
        )
