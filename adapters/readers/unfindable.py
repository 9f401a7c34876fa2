"""Where resources are found by less than what they say, in SQL."""

from collections.abc import Sequence

import attrs
from sqlalchemy import exists, select

from adapters.schema.identity import organizations
from adapters.schema.inventory import UNFINDABLE, resources
from adapters.sql.database import EVERYBODY, Database
from application.inventory.make_findable import Unfindable
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlUnfindable(Unfindable):
    database: Database

    async def organizations(self) -> Sequence[OrganizationId]:
        # Of each organization its index is asked: most have nothing, and nobody reads the rest.
        theirs = resources.c.organization_id == organizations.c.organization_id
        question = select(organizations.c.organization_id).where(
            exists().where(theirs, UNFINDABLE)
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
