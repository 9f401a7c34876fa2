"""What is taken of every pool is what its claims add up to, and never more than there is."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.inventory import claims, pools


def inventory_checks() -> Sequence[Check]:
    return (_taken_is_claimed(), _taken_within_limits(), _claims_have_pools())


def _taken_is_claimed() -> Check:
    sums = (
        select(
            claims.c.organization_id, claims.c.pool_id, func.sum(claims.c.units).label("claimed")
        )
        .group_by(claims.c.organization_id, claims.c.pool_id)
        .subquery()
    )
    claimed = func.coalesce(sums.c.claimed, 0)
    theirs = and_(sums.c.organization_id == pools.c.organization_id, sums.c.pool_id == pools.c.id)
    return Check(
        name="taken_is_claimed",
        question=select(
            pools.c.organization_id,
            pools.c.id.label("subject"),
            pools.c.taken,
            claimed.label("claimed"),
        )
        .outerjoin_from(pools, sums, theirs)
        .where(pools.c.taken != claimed),
        detail="{taken} units are taken and {claimed} claimed",
    )


def _taken_within_limits() -> Check:
    limit = pools.c.capacity + pools.c.allowance
    return Check(
        name="taken_within_limits",
        question=select(
            pools.c.organization_id,
            pools.c.id.label("subject"),
            pools.c.taken,
            limit.label("limit"),
        ).where(or_(pools.c.taken < 0, pools.c.taken > limit)),
        detail="{taken} of {limit} units are taken",
    )


def _claims_have_pools() -> Check:
    theirs = and_(
        pools.c.organization_id == claims.c.organization_id, pools.c.id == claims.c.pool_id
    )
    return Check(
        name="claims_have_pools",
        question=select(
            claims.c.organization_id,
            claims.c.pool_id.label("subject"),
            claims.c.hold_id,
            claims.c.units,
        )
        .outerjoin_from(claims, pools, theirs)
        .where(pools.c.id.is_(None)),
        detail="booking {hold_id} claims {units} units of a pool that does not exist",
    )
