"""The statements that take units from one hold for another, each for all pools at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Executable, and_, case, delete, select, update

from adapters.schema.inventory import claims as rows
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId, PoolId


def standing(ours: ColumnElement[bool], hold_id: HoldId, pool_ids: Sequence[PoolId]) -> Executable:
    """What stands for the hold, locked: whoever else takes of it is waited for."""
    return (
        select(rows.c.pool_id, rows.c.units)
        .where(ours, rows.c.hold_id == hold_id, rows.c.pool_id.in_(pool_ids))
        .order_by(rows.c.pool_id)
        .with_for_update()
    )


def giving_up(
    ours: ColumnElement[bool], hold_id: HoldId, claims: Sequence[Claim]
) -> tuple[Executable, Executable]:
    """Rows that are given up as a whole, then those of which something is left.

    The database compares what it changes; together they change a row for every claim, or else
    the hold has less than that.
    """
    units: Mapping[str, int] = {claim.pool_id: claim.units for claim in claims}
    wanted = case(units, value=rows.c.pool_id)
    theirs = and_(ours, rows.c.hold_id == hold_id, rows.c.pool_id.in_(units))
    return (
        delete(rows).where(theirs, rows.c.units == wanted),
        update(rows).where(theirs, rows.c.units > wanted).values(units=rows.c.units - wanted),
    )
