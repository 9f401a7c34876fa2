"""Figures about local dates, in SQL."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    select,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from adapters.mapping.sums import total_of
from adapters.readers.on_the_books import on_the_books
from adapters.schema.analytics import sold_days
from adapters.schema.inventory import pools, resources, stock_of
from adapters.sql.database import Database
from application.analytics.day_views import DayFigures, DayQuestion
from domain.analytics.counted_bookings import SUMMED_BY_DAY
from domain.analytics.occupancy import DayTotals, Occupied, SoldTotals
from domain.analytics.pick_up import OnTheBooks
from domain.kernel.actors import Actor

SOLD, NOTHING = sold_days.c, OnTheBooks()
Columns = ReadOnlyColumnCollection[str, Any]
LEFT = pools.c.capacity + pools.c.allowance - pools.c.taken


@attrs.frozen(kw_only=True)
class SqlDayFigures(DayFigures):
    database: Database

    async def days(self, actor: Actor, question: DayQuestion) -> Mapping[date, Occupied]:
        on_sale, sold = _on_sale(actor, question), _sold(actor, question)

        def ask(connection: Connection) -> Mapping[date, Occupied]:
            found = {day: Occupied() for day in question.dates.days}
            for row in connection.execute(on_sale):
                found[row.day] += Occupied(totals=_of_pools(row))
            for row in connection.execute(sold):
                found[row.day] += _of_bookings(row)
            return found

        return await self.database.read(ask, of=actor.organization_id)

    async def pick_up(
        self, actor: Actor, question: DayQuestion, *, at: datetime, before: datetime
    ) -> Mapping[date, Mapping[str, OnTheBooks]]:
        asked = on_the_books(actor, question, at, before)

        def ask(connection: Connection) -> Mapping[date, Mapping[str, OnTheBooks]]:
            found: dict[date, dict[str, OnTheBooks]] = {day: {} for day in question.dates.days}
            for row in connection.execute(asked):
                known = found[row.day].get(row.currency, NOTHING)
                found[row.day][row.currency] = known + _of_books(row)
            return {
                day: {name: books for name, books in of_day.items() if books != NOTHING}
                for day, of_day in found.items()
            }

        return await self.database.read(ask, of=actor.organization_id)


def _on_sale(actor: Actor, question: DayQuestion) -> Select[Any]:
    asked = (
        select(
            pools.c.day,
            _total(pools.c.capacity, "capacity"),
            _total(pools.c.allowance, "allowance"),
            _total(pools.c.taken, "taken"),
            _total(case((pools.c.closed, 0), else_=LEFT), "free"),
            _total(case((pools.c.closed, LEFT), else_=0), "closed"),
        )
        .where(
            pools.c.organization_id == actor.organization_id,
            pools.c.day >= question.dates.first,
            pools.c.day < question.dates.until,
            pools.c.resource_id.is_not(None),
        )
        .group_by(pools.c.day)
    )
    if question.kind is not None:
        of_stock = and_(
            resources.c.organization_id == pools.c.organization_id,
            resources.c.id == pools.c.resource_id,
        )
        asked = asked.join_from(pools, resources, of_stock).where(
            resources.c.kind == question.kind
        )
    if question.resource_id is not None:
        sold = resources.alias("sold")
        stock = select(stock_of(sold)).where(
            sold.c.organization_id == actor.organization_id, sold.c.id == question.resource_id
        )
        asked = asked.where(pools.c.resource_id == stock.scalar_subquery())
    return asked


def _sold(actor: Actor, question: DayQuestion) -> Select[Any]:
    asked = select(
        SOLD.day, SOLD.currency, *(total_of(SOLD[name]).label(name) for name in SUMMED_BY_DAY)
    ).where(*_on_days(actor, question, SOLD))
    return _of_kind(asked, question, SOLD).group_by(SOLD.day, SOLD.currency)


def _on_days(actor: Actor, question: DayQuestion, of: Columns) -> Iterator[ColumnElement[bool]]:
    yield of.organization_id == actor.organization_id
    yield of.day >= question.dates.first
    yield of.day < question.dates.until
    if question.resource_id is not None:
        yield of.resource_id == question.resource_id


def _of_kind(asked: Select[Any], question: DayQuestion, of: Columns) -> Select[Any]:
    if question.kind is None:
        return asked
    of_resource = and_(
        resources.c.organization_id == of.organization_id, resources.c.id == of.resource_id
    )
    return asked.join(resources, of_resource).where(resources.c.kind == question.kind)


def _total(value: ColumnElement[int], name: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(value), 0).label(name)


def _of_books(row: Row[Any]) -> OnTheBooks:
    return OnTheBooks(
        units=int(row.units),
        worth_minor=int(row.worth),
        units_before=int(row.units_before),
        worth_minor_before=int(row.worth_before),
    )


def _of_pools(row: Row[Any]) -> DayTotals:
    names = ("capacity", "allowance", "taken", "free", "closed")
    return DayTotals(**{name: int(getattr(row, name)) for name in names})


def _of_bookings(row: Row[Any]) -> Occupied:
    totals = {name: getattr(row, name) for name in ("sold", "pending", "people")}
    sold = SoldTotals(sold=totals["sold"], worth_minor=row.worth_minor)
    return Occupied(
        totals=DayTotals(**totals), sold={row.currency: sold} if totals["sold"] else {}
    )
