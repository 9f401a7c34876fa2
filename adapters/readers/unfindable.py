"""Where resources are found by less than what they say, in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import select

from adapters.schema.inventory import UNFINDABLE, resources
from adapters.sql.database import EVERYBODY, Database
from application.inventory.make_findable import Unfindable
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlUnfindable(Unfindable):
    database: Database

    async def organizations(self) -> Sequence[OrganizationId]:
        question = select(resources.c.organization_id).where(UNFINDABLE).distinct()
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
