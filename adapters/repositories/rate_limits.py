"""What is asked, counted in SQL: one statement each time, which waits for whoever is before it."""

from collections import Counter
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Delete,
    Integer,
    bindparam,
    case,
    cast,
    delete,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite

from adapters.schema.rate_limits import rate_limits
from adapters.sql.database import Database
from adapters.sql.server_clock import NOW
from application.kernel.rate_limits import Bucket, RateLimiter
from domain.kernel.identifiers import OrganizationId
from domain.kernel.quotas import Verdict

LONGEST = 120
SWEEP = 1000  # buckets are taken from, and then those that are full are forgotten


@attrs.frozen(eq=False)
class SqlRates(RateLimiter):
    """A bucket that is full is as good as one that was never there."""

    database: Database
    sweep: int = SWEEP
    _taken: Counter[OrganizationId] = attrs.field(factory=Counter, init=False)

    async def take(self, bucket: Bucket, *, units: int = 1, least: int = 1) -> Verdict:
        quota = bucket.quota
        asked = {
            "p_organization_id": bucket.organization_id,
            "p_bucket": bucket.name[:LONGEST],
            "p_interval": quota.interval,
            "p_capacity": quota.capacity,
            "p_units": units,
            "p_least": least,
        }

        def ask(connection: Connection) -> Verdict:
            row = connection.execute(_taking(connection.dialect.name), asked).one()
            if self._is_time_to_sweep(bucket.organization_id):
                connection.execute(_forgetting(), asked | {"p_now": row.now})
            return quota.verdict(row.granted, row.full_at, now=row.now)

        return await self.database.write(ask, of=bucket.organization_id)

    def _is_time_to_sweep(self, organization_id: OrganizationId) -> bool:
        self._taken[organization_id] += 1
        return self._taken[organization_id] % self.sweep == 0


@lru_cache
def _forgetting() -> Delete:
    return delete(rate_limits).where(
        rate_limits.c.organization_id
        == bindparam("p_organization_id", type_=rate_limits.c.organization_id.type),
        rate_limits.c.full_at < bindparam("p_now", type_=BigInteger()),
    )


@lru_cache
def _taking(dialect: str) -> Any:
    now: ColumnElement[int] = literal_column(NOW[dialect], BigInteger())
    interval, capacity = (bindparam(f"p_{name}", type_=BigInteger()) for name in CELLS)
    organization_id = bindparam("p_organization_id", type_=rate_limits.c.organization_id.type)
    new: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(rate_limits)
    begins = _larger(rate_limits.c.full_at, now)
    granted = _granted(_larger((now + capacity - begins) // interval, NONE))
    of_a_full_one = _granted(capacity // interval)
    return (
        new.values(
            organization_id=organization_id,
            bucket=bindparam("p_bucket", type_=rate_limits.c.bucket.type),
            full_at=now + of_a_full_one * interval,
            granted=cast(of_a_full_one, Integer),
        )
        .on_conflict_do_update(
            index_elements=["organization_id", "bucket"],
            set_={"full_at": begins + granted * interval, "granted": cast(granted, Integer)},
        )
        .returning(rate_limits.c.full_at, rate_limits.c.granted, now.label("now"))
    )


CELLS = ("interval", "capacity")
NONE: ColumnElement[int] = literal_column("0", BigInteger())


def _granted(left: ColumnElement[int]) -> ColumnElement[int]:
    units, least = (bindparam(f"p_{name}", type_=BigInteger()) for name in ("units", "least"))
    return case((left < least, NONE), else_=_smaller(units, left))


def _larger(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    return case((one > other, one), else_=other)


def _smaller(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    return case((one < other, one), else_=other)
