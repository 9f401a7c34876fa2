"""What a database says it has sold, in bare SQL, and what its own checks find."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Connection, func, select

from adapters.schema.inventory import claims, pools
from application.kernel.verification import Finding
from domain.kernel.identifiers import OrganizationId, ResourceId

UP_TO_A_WORKER = {"events_are_numbered", "jobs_are_handed_over"}


@attrs.frozen(kw_only=True)
class Sold:
    """`over` counts pools of which more is taken, or claimed, than there is."""

    taken: int
    claimed: int
    fullest: int
    over: int

    @property
    def is_right(self) -> bool:
        return self.over == 0 and self.taken == self.claimed


async def sold(database: Any, organization_id: OrganizationId, *resources: ResourceId) -> Sold:
    """Of all pools of the resources; one statement, so of one moment."""
    claimed = (
        select(claims.c.pool_id, func.sum(claims.c.units).label("units"))
        .where(claims.c.organization_id == organization_id)
        .group_by(claims.c.pool_id)
        .subquery()
    )
    units = func.coalesce(claimed.c.units, 0)
    most = pools.c.capacity + pools.c.allowance
    question = (
        select(pools.c.taken, units.label("claimed"), most.label("most"))
        .select_from(pools.outerjoin(claimed, claimed.c.pool_id == pools.c.id))
        .where(pools.c.organization_id == organization_id, pools.c.resource_id.in_(resources))
    )

    def ask(connection: Connection) -> Sold:
        rows = connection.execute(question).all()
        return Sold(
            taken=sum(row.taken for row in rows),
            claimed=sum(row.claimed for row in rows),
            fullest=max(max(row.taken, row.claimed) for row in rows),
            over=sum(max(row.taken, row.claimed) > row.most for row in rows),
        )

    result: Sold = await database.read(ask, of=organization_id)
    return result


async def findings(container: Any) -> Sequence[Finding]:
    """Without those about work that waits for a worker: none is running here."""
    found: Sequence[Finding] = await container.verification()()
    return [finding for finding in found if finding.check not in UP_TO_A_WORKER]
