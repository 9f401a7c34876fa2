"""The schema of this release, on the database of the program."""

from functools import partial

import attrs

from adapters.migrations.rights import let_in
from adapters.migrations.runner import pending, upgrade
from adapters.sql.database import EVERYBODY, NOBODY
from adapters.sql.databases import Owned


@attrs.frozen(kw_only=True)
class SchemaOfRelease:
    """`serves` is the role that will work with it, who need not be its owner."""

    owned: Owned
    serves: str | None

    async def is_missing(self) -> bool:
        async with self.owned() as database:
            return await database.read(pending, of=NOBODY)

    async def bring(self) -> None:
        """Takes the steps that are missing, and lets in whoever serves."""
        async with self.owned() as database:
            await database.write(upgrade, of=EVERYBODY)
            await database.write(partial(let_in, role=self.serves), of=EVERYBODY)
