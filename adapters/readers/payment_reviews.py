"""Payments that somebody has to look at, in SQL."""

import attrs
from sqlalchemy import select

from adapters.mapping.payments import payment_of
from adapters.schema.payments import payments
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.kernel.pages import Page, Slice
from application.payments.views import PaymentReviews
from domain.kernel.actors import Actor
from domain.payments.abuse import Review
from domain.payments.payment import Payment, PaymentState


@attrs.frozen
class SqlPaymentReviews(PaymentReviews):
    database: Database

    async def parked(self, actor: Actor, *, slice: Slice) -> Page[Payment]:
        question = select(payments).where(
            payments.c.organization_id == actor.organization_id,
            payments.c.review == Review.PENDING.value,
            payments.c.state == PaymentState.CREATED.value,
        )
        keys = (payments.c.created_at, payments.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, payment_of),
            of=actor.organization_id,
        )
