"""What else there is, in SQL."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    or_,
    select,
)

from adapters.mapping.kinds import converter
from adapters.readers.inventory import ON_SALE_NOW
from adapters.schema.catalogue import resource_facets
from adapters.schema.inventory import pools, resources, stock_of
from adapters.sql.database import Database
from application.inventory.suggestion_views import (
    Suggestion,
    SuggestionViews,
    Wanted,
    nearest,
    stays,
)
from application.kernel.ports import Clock
from domain.inventory.resources import ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.offerings import Offering
from domain.kernel.periods import DateRange, Zone

ROUTE = ("origin", "destination")


@attrs.frozen(kw_only=True)
class SqlSuggestionViews(SuggestionViews):
    database: Database
    clock: Clock

    async def suggestions(self, actor: Actor, wanted: Wanted) -> Sequence[Suggestion]:
        question = _suggesting(actor, wanted)

        def ask(connection: Connection) -> Sequence[Row[Any]]:
            return connection.execute(question).all()

        rows = await self.database.read(ask, of=actor.organization_id)
        if not rows:
            raise ResourceNotFound(wanted.resource_id)
        now = self.clock()
        today = Zone(rows[0].zone).date_at(now)
        open_rows = [row for row in rows if row.id is not None and row.day >= today]
        if rows[0].sold_by_day:
            offering = converter.structure(rows[0].offering, Offering)  # type: ignore[type-abstract]
            return nearest(_other_dates(open_rows, wanted, offering), wanted.dates)
        later = [row for row in open_rows if row.starts_at is None or row.starts_at > now]
        return nearest(_others(later), wanted.dates)


def _suggesting(actor: Actor, wanted: Wanted) -> Select[Any]:
    """A row for each pool with enough left, or one without where there is none."""
    asked, other = resources.alias("asked"), resources.alias("other")
    candidates = and_(
        other.c.organization_id == asked.c.organization_id,
        other.c.state == "published",
        other.c.deleted_at.is_(None),
        or_(
            and_(asked.c.sold_by_day, other.c.id == asked.c.id),
            and_(~asked.c.sold_by_day, other.c.id != asked.c.id, _alike(asked, other)),
        ),
    )
    theirs = and_(
        pools.c.organization_id == other.c.organization_id,
        pools.c.resource_id == stock_of(other),
        pools.c.day >= wanted.around.first,
        pools.c.day < wanted.around.until,
        wanted.units <= ON_SALE_NOW,
    )
    if wanted.part is not None:
        theirs = and_(theirs, pools.c.id.like(f"%:{wanted.part}"))
    enough = other.join(pools, theirs)
    return (
        select(
            asked.c.zone,
            asked.c.sold_by_day,
            asked.c.offering,
            other.c.id,
            other.c.name,
            other.c.starts_at,
            pools.c.day,
            ON_SALE_NOW.label("free"),
        )
        .select_from(asked.outerjoin(enough, candidates))
        .where(asked.c.organization_id == actor.organization_id, asked.c.id == wanted.resource_id)
        .order_by(other.c.id, pools.c.day)
    )


def _alike(asked: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Another session of that name, or another flight between the same airports."""
    flight = other.c.kind == "flight"
    same_ends = (_same(asked, other, facet) for facet in ROUTE)
    return and_(
        other.c.kind == asked.c.kind,
        or_(and_(~flight, other.c.name == asked.c.name), and_(flight, *same_ends)),
    )


def _same(asked: FromClause, other: FromClause, facet: str) -> ColumnElement[bool]:
    one, two = resource_facets.alias(), resource_facets.alias()
    both = and_(two.c.organization_id == one.c.organization_id, two.c.value == one.c.value)
    return exists(
        select(one.c.value)
        .join(two, both)
        .where(
            one.c.organization_id == asked.c.organization_id,
            one.c.resource_id == asked.c.id,
            two.c.resource_id == other.c.id,
            one.c.facet == facet,
            two.c.facet == facet,
        )
    )


def _other_dates(
    rows: Sequence[Row[Any]], wanted: Wanted, offering: Offering
) -> Sequence[Suggestion]:
    free = {row.day: row for row in rows}
    return [
        Suggestion(
            resource_id=wanted.resource_id,
            name=free[dates.first].name,
            dates=dates,
            starts_at=None,
            free=min(free[day].free for day in dates.days),
        )
        for dates in stays(wanted.dates, free.keys())
        if offering.allows(dates)
    ]


def _others(rows: Sequence[Row[Any]]) -> Sequence[Suggestion]:
    """Of what is sold in parts, the part of which the most is left."""
    best = (max(group, key=lambda row: row.free) for _, group in groupby(rows, lambda r: r.id))
    return [
        Suggestion(
            resource_id=row.id,
            name=row.name,
            dates=DateRange(row.day, row.day + timedelta(days=1)),
            starts_at=row.starts_at,
            free=row.free,
        )
        for row in best
    ]
