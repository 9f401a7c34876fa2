"""Whose books are to be summed up, in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import or_, select

from adapters.schema.books_sums import books_summed_up
from adapters.schema.identity import organizations
from adapters.schema.times_of_moments import number_of
from adapters.sql.database import EVERYBODY, Database
from application.analytics.sum_up_books import UnsummedBooks, over_before
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlUnsummedBooks(UnsummedBooks):
    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        until = books_summed_up.c.until_day
        question = (
            select(organizations.c.organization_id)
            .outerjoin(
                books_summed_up,
                books_summed_up.c.organization_id == organizations.c.organization_id,
            )
            .where(or_(until.is_(None), until < number_of(over_before(now))))
            .order_by(organizations.c.organization_id)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
