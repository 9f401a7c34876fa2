"""How far cancellations by the company are, in SQL."""

import attrs
from sqlalchemy import Connection, and_, case, func, select

from adapters.schema.bookings import bookings
from adapters.schema.inventory import resources
from adapters.sql.database import Database
from application.bookings.views import CancellationProgress, CancellationViews
from domain.bookings.life import OPEN
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money


@attrs.frozen
class SqlCancellationViews(CancellationViews):
    database: Database

    async def progress(self, actor: Actor, resource_id: ResourceId) -> CancellationProgress:
        is_open = bookings.c.state.in_([state.value for state in OPEN])
        # All of the price is given back, so that its total is what is owed.
        by_company = bookings.c.cancellation["by_company"].as_boolean()
        theirs = and_(
            bookings.c.organization_id == resources.c.organization_id,
            bookings.c.resource_id == resources.c.id,
        )
        question = (
            select(
                bookings.c.currency,
                func.sum(case((is_open, 1), else_=0)).label("open"),
                func.sum(case((by_company, 1), else_=0)).label("cancelled"),
                func.sum(case((by_company, bookings.c.total_minor), else_=0)).label("owed"),
            )
            .select_from(resources.outerjoin(bookings, theirs))
            .where(
                resources.c.organization_id == actor.organization_id,
                resources.c.id == resource_id,
            )
            .group_by(bookings.c.currency)
            .order_by(bookings.c.currency)
        )

        def ask(connection: Connection) -> CancellationProgress:
            rows = connection.execute(question).all()
            if not rows:
                raise ResourceNotFound(resource_id)
            return CancellationProgress(
                resource_id=resource_id,
                open=sum(row.open for row in rows),
                cancelled=sum(row.cancelled for row in rows),
                refunds=[Money(int(row.owed), row.currency) for row in rows if row.owed],
            )

        return await self.database.read(ask, of=actor.organization_id)
