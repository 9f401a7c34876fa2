"""Tries counted in SQL, for all processes together, before it is known whose they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

import attrs
from sqlalchemy import Connection, bindparam, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.schema.metadata import Moment
from adapters.schema.people import sign_in_tries as tries
from adapters.sql.database import Database
from application.identity.people_ports import TryCounts
from application.kernel.ports import Clock
from application.kernel.rate_limits import PUBLIC
from application.kernel.refusals import RateLimited
from domain.identity.tries import Limit, Tries

KEPT_FOR = timedelta(days=1)


@attrs.frozen(kw_only=True)
class SqlTryCounts(TryCounts):
    """The statement that counts says what it has come to, so that those who try at the same time
    cannot pass a limit together. What is refused is undone, and counts nowhere: whoever is over
    their own limit does not use up everybody's.
    """

    database: Database
    clock: Clock

    async def take(self, limits: Sequence[Limit]) -> None:
        now = self.clock()

        def take(connection: Connection) -> None:
            waits = [self._counted(connection, limit, now) for limit in limits]
            if any(waits):
                raise RateLimited(retry_after=max(waits))
            connection.execute(_long_over(), {"p_before": now - KEPT_FOR})

        await self.database.write(take, of=PUBLIC)

    async def give_back(self, limits: Sequence[Limit]) -> None:
        def give_back(connection: Connection) -> None:
            for limit in limits:
                connection.execute(_one_less(), {"p_digest": _digest(limit)})

        await self.database.write(give_back, of=PUBLIC)

    def _counted(self, connection: Connection, limit: Limit, now: datetime) -> int:
        row = connection.execute(
            _one_more(connection.dialect.name),
            {"digest": _digest(limit), "p_now": now, "p_over": now - limit.within},
        ).one()
        tried = Tries(began_at=row.began_at, number=row.number)
        return tried.seconds_to_wait(limit, now=now)


@lru_cache(maxsize=1)
def _long_over() -> Any:
    """Long enough for nobody to be counting there at this moment."""
    return delete(tries).where(
        tries.c.organization_id == PUBLIC,
        tries.c.began_at < bindparam("p_before", type_=Moment()),
    )


def _digest(limit: Limit) -> bytes:
    return sha256(limit.counted.encode()).digest()


@lru_cache(maxsize=2)
def _one_more(dialect: str) -> Any:
    """Counts on, or begins anew once the time is over."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(tries)
    now, over = (bindparam(name, type_=Moment()) for name in ("p_now", "p_over"))
    is_over = tries.c.began_at <= over
    return (
        insert.values(organization_id=PUBLIC, digest=bindparam("digest"), began_at=now, number=1)
        .on_conflict_do_update(
            index_elements=[tries.c.organization_id, tries.c.digest],
            set_={
                "began_at": case((is_over, now), else_=tries.c.began_at),
                "number": case((is_over, 1), else_=tries.c.number + 1),
            },
        )
        .returning(tries.c.began_at, tries.c.number)
    )


@lru_cache(maxsize=1)
def _one_less() -> Any:
    return (
        update(tries)
        .where(
            tries.c.organization_id == PUBLIC,
            tries.c.digest == bindparam("p_digest"),
            tries.c.number > 0,
        )
        .values(number=tries.c.number - 1)
    )
