"""Inventory views in SQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Row,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    literal_column,
    select,
)

from adapters.mapping.resources import resource_of
from adapters.readers.finding import has_facet
from adapters.schema.bookings import bookings
from adapters.schema.inventory import claims, pools, resources, stock_of
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.inventory.views import Availability, FewOf, FreeResource, InventoryViews, Listed
from application.kernel.pages import Page, Slice
from domain.inventory.pools import Few
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange

STOCK = stock_of(resources)
# Not a parameter: the index covers held bookings only, and they are few, while claims are as many
# as were ever sold. The planner has to see that it will do.
HELD = literal_column("'held'", String)
FREE = pools.c.capacity + pools.c.allowance - pools.c.taken
ON_SALE_NOW = case((pools.c.closed, 0), else_=FREE)


@attrs.frozen
class SqlInventoryViews(InventoryViews):
    database: Database
    few_of: FewOf

    async def resource(self, actor: Actor, resource_id: ResourceId) -> Resource:
        question = select(resources).where(
            resources.c.organization_id == actor.organization_id, resources.c.id == resource_id
        )

        def ask(connection: Connection) -> Resource:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise ResourceNotFound(resource_id)
            return resource_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def resources(
        self,
        actor: Actor,
        *,
        kind: str | None = None,
        listed: Listed | None = None,
        category: str | None = None,
        slice: Slice,
    ) -> Page[Resource]:
        question = select(resources).where(
            resources.c.organization_id == actor.organization_id, _is_listed(listed)
        )
        if kind is not None:
            question = question.where(resources.c.kind == kind)
        if category is not None:
            question = question.where(has_facet(actor, "category", category))
        keys = (resources.c.name, resources.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, resource_of),
            of=actor.organization_id,
        )

    async def availability(
        self, actor: Actor, resource_id: ResourceId, *, dates: DateRange
    ) -> Sequence[Availability]:
        question, few = _pools_of(actor, resource_id, dates), await self.few_of(actor)

        def ask(connection: Connection) -> Sequence[Availability]:
            rows = connection.execute(question).all()
            if not rows:
                raise ResourceNotFound(resource_id)
            return [_availability(row, few) for row in rows if row.pool_id is not None]

        return await self.database.read(ask, of=actor.organization_id)

    async def search(
        self, actor: Actor, *, kind: str | None, dates: DateRange, units: int, slice: Slice
    ) -> Page[FreeResource]:
        question = _searching(actor, kind, dates, units)
        keys = (question.selected_columns.name, question.selected_columns.resource_id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, _free_resource),
            of=actor.organization_id,
        )


def _is_listed(listed: Listed | None) -> ColumnElement[bool]:
    if listed is Listed.DELETED:
        return resources.c.deleted_at.is_not(None)
    there = resources.c.deleted_at.is_(None)
    return there if listed is None else and_(there, resources.c.state == listed.value)


def _pools_of(actor: Actor, resource_id: ResourceId, dates: DateRange) -> Select[Any]:
    """A row for every pool, or one without a pool for a resource that has none in these dates."""
    # Claim by claim of these pools: as a join, databases begin with all that is held anywhere.
    ends_at = (
        select(bookings.c.expires_at)
        .where(
            bookings.c.organization_id == actor.organization_id,
            bookings.c.id == claims.c.hold_id,
            bookings.c.state == "held",
        )
        .correlate(claims)
        .scalar_subquery()
    )
    next_release_at = (
        select(func.min(ends_at))
        .where(claims.c.organization_id == actor.organization_id, claims.c.pool_id == pools.c.id)
        .correlate(pools)
        .scalar_subquery()
    )
    theirs = and_(
        pools.c.organization_id == resources.c.organization_id,
        pools.c.resource_id == STOCK,
        pools.c.day >= dates.first,
        pools.c.day < dates.until,
    )
    return (
        select(
            pools.c.id.label("pool_id"),
            pools.c.day,
            pools.c.capacity,
            FREE.label("free"),
            pools.c.closed,
            resources.c.low_at,
            next_release_at.label("next_release_at"),
        )
        .select_from(resources.outerjoin(pools, theirs))
        .where(resources.c.organization_id == actor.organization_id, resources.c.id == resource_id)
        .order_by(pools.c.day)
    )


@attrs.frozen(kw_only=True)
class Throughout:
    """What is left of a resource on every day within `dates` on which there is any.

    Asked of one resource after the other, as far as a page goes: what all of them have left would
    be known only once all of their pools had been read.
    """

    actor: Actor
    dates: DateRange
    stock: ColumnElement[UUID] = STOCK
    sold_by_day: ColumnElement[bool] = resources.c.sold_by_day

    @property
    def first_day(self) -> ColumnElement[date]:
        earliest = self._of_pools(func.min(pools.c.day))
        return case((self.sold_by_day, literal(self.dates.first, Date)), else_=earliest)

    @property
    def free(self) -> ColumnElement[int]:
        return self._of_pools(func.min(ON_SALE_NOW))

    def has(self, units: int) -> ColumnElement[bool]:
        """That as many are left, and that what is sold by the day is there on each of them."""
        # Not EXISTS: PostgreSQL would look up all that are short of anything before it begins.
        short = self._asked(select(pools.c.day).where(units > ON_SALE_NOW).limit(1))
        wanted = case((self.sold_by_day, len(self.dates)), else_=1)
        # In this order: of what is sold out, one day is enough to know.
        return case((short.is_not(None), False), else_=self._of_pools(func.count()) >= wanted)

    def _of_pools(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return self._asked(select(value))

    def _asked(self, question: Select[Any]) -> ColumnElement[Any]:
        theirs = question.where(
            pools.c.organization_id == self.actor.organization_id,
            pools.c.resource_id == self.stock,
            pools.c.day >= self.dates.first,
            pools.c.day < self.dates.until,
        )
        return theirs.correlate_except(pools).scalar_subquery()


def _searching(actor: Actor, kind: str | None, dates: DateRange, units: int) -> Select[Any]:
    throughout = Throughout(actor=actor, dates=dates)
    question = select(
        resources.c.id.label("resource_id"),
        resources.c.kind,
        resources.c.name,
        throughout.first_day.label("first_day"),
        throughout.free.label("free"),
    ).where(
        resources.c.organization_id == actor.organization_id,
        resources.c.state == "published",
        resources.c.deleted_at.is_(None),
        throughout.has(units),
    )
    return question if kind is None else question.where(resources.c.kind == kind)


def _availability(row: Row[Any], few: Few) -> Availability:
    return Availability(
        pool_id=row.pool_id,
        day=row.day,
        capacity=row.capacity,
        free=0 if row.closed else row.free,
        closed=row.closed,
        next_release_at=row.next_release_at,
        low_at=row.low_at,
        few=few,
    )


def _free_resource(row: Row[Any]) -> FreeResource:
    return FreeResource(
        resource_id=row.resource_id,
        kind=row.kind,
        name=row.name,
        first_day=row.first_day,
        free=row.free,
    )
