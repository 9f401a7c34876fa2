"""Whether the database answers and has the schema of this release."""

import logging
from collections.abc import Callable, Mapping

import attrs
from sqlalchemy import Connection

from adapters.sql.database import NOBODY, Database
from application.kernel.health import Health
from domain.kernel.refusals import Refusal

logger = logging.getLogger(__name__)


@attrs.frozen
class DatabaseHealth(Health):
    database: Database
    pending: Callable[[Connection], bool]

    async def __call__(self) -> Mapping[str, bool]:
        try:
            behind = await self.database.read(self.pending, of=NOBODY)
        except Refusal:
            logger.warning("the database does not answer", exc_info=True)
            return {"database": False, "schema": False}
        return {"database": True, "schema": not behind}
