"""What a holder is noted to have of pools, in a document of its row, is what is claimed for it."""

from sqlalchemy import Column, Table, and_, column, func, literal, select, true, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.inventory import claims
from adapters.schema.metadata import Document


def noted_are_claimed(
    dialect: str, *, name: str, holders: Table, noted: "Column[object]", detail: str
) -> Check:
    """`detail` may speak of `pool_id`, and of the units that are `noted` and `claimed`."""
    elements = func.jsonb_array_elements if dialect == "postgresql" else func.json_each
    item = elements(noted).table_valued(
        column("value", Document), name="item", joins_implicitly=True
    )
    written = select(
        holders.c.organization_id,
        holders.c.id.label("holder_id"),
        item.c.value["pool_id"].as_string().label("pool_id"),
        item.c.value["units"].as_integer().label("noted"),
        literal(0).label("claimed"),
    ).join_from(holders, item, true())
    theirs = and_(
        holders.c.organization_id == claims.c.organization_id, holders.c.id == claims.c.hold_id
    )
    taken = select(
        claims.c.organization_id, claims.c.hold_id, claims.c.pool_id, literal(0), claims.c.units
    ).join_from(claims, holders, theirs)
    both = union_all(written, taken).subquery()
    units_noted, units_claimed = func.sum(both.c.noted), func.sum(both.c.claimed)
    return Check(
        name=name,
        question=select(
            both.c.organization_id,
            both.c.holder_id.label("subject"),
            both.c.pool_id,
            units_noted.label("noted"),
            units_claimed.label("claimed"),
        )
        .group_by(both.c.organization_id, both.c.holder_id, both.c.pool_id)
        .having(units_noted != units_claimed),
        detail=detail,
    )
