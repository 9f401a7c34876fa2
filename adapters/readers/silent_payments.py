"""Payments and refunds that nothing was heard of for too long, in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs
from sqlalchemy import select

from adapters.mapping.payments import silent_payment
from adapters.schema.payments import payments, refunds
from adapters.sql.database import EVERYBODY, Database
from domain.kernel.identifiers import OrganizationId
from domain.payments.payment import Method
from domain.payments.refunds import AT_THE_PROVIDER


@attrs.frozen(kw_only=True)
class SqlSilentPayments:
    database: Database
    silent_after: timedelta

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        since = now - self.silent_after
        question = (
            select(payments.c.organization_id)
            .where(silent_payment(since))
            .union(
                select(refunds.c.organization_id).where(
                    refunds.c.state.in_([state.value for state in AT_THE_PROVIDER]),
                    refunds.c.method == Method.ONLINE.value,
                    refunds.c.heard_at <= since,
                )
            )
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
