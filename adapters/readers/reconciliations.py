"""Reconciliation views in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.reconciliations import reconciliation_of
from adapters.schema.payments import payments
from adapters.schema.reconciliations import reconciliations
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from application.kernel.pages import Page, Slice
from application.payments.reconcile_yesterday import midnight_before
from application.payments.reconciliation_ports import ReconciliationViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, ReconciliationId
from domain.payments.reconciliation import Reconciliation, ReconciliationNotFound

LOOKED_BACK = timedelta(days=31)
"""Whoever has taken nothing for longer has nothing to compare."""


@attrs.frozen
class SqlReconciliationViews(ReconciliationViews):
    database: Database

    async def reconciliation(
        self, actor: Actor, reconciliation_id: ReconciliationId
    ) -> Reconciliation:
        question = select(reconciliations).where(
            reconciliations.c.organization_id == actor.organization_id,
            reconciliations.c.id == reconciliation_id,
        )

        def ask(connection: Connection) -> Reconciliation:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ReconciliationNotFound(reconciliation_id)
            return reconciliation_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def reconciliations(self, actor: Actor, *, slice: Slice) -> Page[Reconciliation]:
        question = select(reconciliations).where(
            reconciliations.c.organization_id == actor.organization_id
        )
        keys = (reconciliations.c.made_at, reconciliations.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, reconciliation_of),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlUnreconciled:
    """Who takes payments online and has not compared the day before."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        done = select(reconciliations.c.organization_id).where(
            reconciliations.c.until >= midnight_before(now)
        )
        question = (
            select(payments.c.organization_id)
            .where(
                payments.c.provider.is_not(None),
                payments.c.created_at >= midnight_before(now) - LOOKED_BACK,
                payments.c.organization_id.not_in(done),
            )
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
