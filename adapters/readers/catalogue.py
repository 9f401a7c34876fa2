"""The catalogue in SQL."""

from datetime import date, datetime, timezone
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from adapters.readers.finding import has_facet, has_word
from adapters.readers.inventory import STOCK, free_throughout
from adapters.readers.unit_price import unit_price
from adapters.schema.bookings import sales_terms
from adapters.schema.inventory import resources
from adapters.schema.metadata import Moment
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.bookings.catalogue_views import (
    CatalogueItem,
    CatalogueOrder,
    CatalogueSearch,
    CatalogueViews,
)
from application.kernel.pages import Page, Slice
from domain.inventory.wordings import words
from domain.kernel.actors import Actor
from domain.kernel.money import Money

LONG_AGO = datetime(1900, 1, 1, tzinfo=timezone.utc)


@attrs.frozen
class SqlCatalogueViews(CatalogueViews):
    database: Database

    async def search(
        self, actor: Actor, wanted: CatalogueSearch, *, slice: Slice
    ) -> Page[CatalogueItem]:
        def ask(connection: Connection) -> Page[CatalogueItem]:
            found = _found(actor, wanted, connection.dialect.name)
            question = select(found)
            if most := wanted.price_at_most:
                question = question.where(
                    found.c.minor <= most.minor, found.c.currency == most.currency
                )
            return page_of(connection, question, _keys(found, wanted), slice, _item)

        return await self.database.read(ask, of=actor.organization_id)


def _keys(found: Subquery, wanted: CatalogueSearch) -> tuple[ColumnElement[Any], ...]:
    orders: dict[CatalogueOrder, tuple[ColumnElement[Any], ...]] = {
        CatalogueOrder.NAME: (),
        CatalogueOrder.SOONEST: (found.c.begins if wanted.dates is None else found.c.first_day,),
        CatalogueOrder.PRICE: (found.c.currency, found.c.minor),
    }
    return (*orders[wanted.order], found.c.name, found.c.id)


def _found(actor: Actor, wanted: CatalogueSearch, dialect: str) -> Subquery:
    question = _on_sale(actor, wanted)
    if wanted.dates is None:
        price = unit_price(dialect, "CAST(NULL AS date)")
        left: tuple[ColumnElement[Any], ...] = (
            cast(null(), Date).label("first_day"),
            cast(null(), Integer).label("free"),
        )
    else:
        free = free_throughout(actor, wanted.dates, wanted.units)
        price = unit_price(dialect, f"{free.name}.first_day")
        left = (free.c.first_day, free.c.free)
        question = question.join(free, free.c.resource_id == STOCK).where(
            or_(~resources.c.sold_by_day, free.c.days == len(wanted.dates))
        )
    return question.add_columns(*left, price.label("minor")).subquery("catalogue")


def _on_sale(actor: Actor, wanted: CatalogueSearch) -> Select[Any]:
    theirs = and_(
        sales_terms.c.organization_id == resources.c.organization_id,
        sales_terms.c.id == resources.c.id,
    )
    conditions = [has_word(actor, word) for word in sorted(words([wanted.text]))]
    conditions += [has_facet(actor, name, *values) for name, values in wanted.facets.items()]
    if wanted.kind is not None:
        conditions.append(resources.c.kind == wanted.kind)
    return (
        select(
            resources.c.id,
            resources.c.kind,
            resources.c.name,
            resources.c.description,
            resources.c.category,
            resources.c.starts_at,
            resources.c.ends_at,
            func.coalesce(resources.c.starts_at, literal(LONG_AGO, Moment)).label("begins"),
            sales_terms.c.rates["price"]["currency"].as_string().label("currency"),
        )
        .join(sales_terms, theirs)
        .where(
            resources.c.organization_id == actor.organization_id,
            sales_terms.c.organization_id == actor.organization_id,
            resources.c.state == "published",
            resources.c.deleted_at.is_(None),
            *conditions,
        )
    )


def _item(row: Row[Any]) -> CatalogueItem:
    first_day: date | None = row.first_day
    return CatalogueItem(
        resource_id=row.id,
        kind=row.kind,
        name=row.name,
        description=row.description,
        category=row.category,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        first_day=first_day,
        free=row.free,
        unit_price=Money(row.minor, row.currency),
    )
