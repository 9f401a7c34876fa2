"""The schema of this release, on the database of the program."""

import attrs

from adapters.migrations.runner import pending, upgrade
from adapters.sql.database import EVERYBODY, NOBODY, Database


@attrs.frozen(kw_only=True)
class SchemaOfRelease:
    database: Database

    async def is_missing(self) -> bool:
        return await self.database.read(pending, of=NOBODY)

    async def bring(self) -> None:
        """Takes the steps that are missing."""
        await self.database.write(upgrade, of=EVERYBODY)
