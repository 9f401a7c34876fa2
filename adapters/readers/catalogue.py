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
    and_,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.sql import ColumnCollection

from adapters.readers.finding import has_facet, has_word
from adapters.readers.inventory import STOCK, Throughout
from adapters.readers.unit_price import unit_price
from adapters.schema.bookings import sales_terms
from adapters.schema.inventory import resources
from adapters.schema.metadata import Moment
from adapters.sql.database import Database
from adapters.sql.keysets import page_in_order, page_of
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

Columns = ColumnCollection[str, ColumnElement[Any]]

LONG_AGO = datetime(1900, 1, 1, tzinfo=timezone.utc)


@attrs.frozen
class SqlCatalogueViews(CatalogueViews):
    database: Database

    async def search(
        self, actor: Actor, wanted: CatalogueSearch, *, slice: Slice
    ) -> Page[CatalogueItem]:
        def ask(connection: Connection) -> Page[CatalogueItem]:
            question = _found(actor, wanted, connection.dialect.name)
            keys = _keys(question.selected_columns, wanted)
            if _in_order_before(wanted) and connection.dialect.name == "sqlite":
                # It would put all of it in order again, and ask what is free of it before.
                return page_in_order(connection, question, keys, slice, _item)
            return page_of(connection, question, keys, slice, _item)

        return await self.database.read(ask, of=actor.organization_id)


def _keys(columns: Columns, wanted: CatalogueSearch) -> tuple[ColumnElement[Any], ...]:
    orders: dict[CatalogueOrder, tuple[ColumnElement[Any], ...]] = {
        CatalogueOrder.NAME: (),
        CatalogueOrder.SOONEST: (columns.begins if wanted.dates is None else columns.first_day,),
        CatalogueOrder.PRICE: (columns.currency, columns.minor),
    }
    return (*orders[wanted.order], columns.name, columns.id)


def _in_order_before(wanted: CatalogueSearch) -> bool:
    """Whether it is in order before it is asked what is free, or that is asked of all there is.

    The index on names has its order anyway.
    """
    return wanted.dates is not None and wanted.order is not CatalogueOrder.NAME


def _found(actor: Actor, wanted: CatalogueSearch, dialect: str) -> Select[Any]:
    priced = _priced(actor, wanted, dialect)
    if wanted.dates is None:
        catalogue = priced.subquery("catalogue")
        return select(catalogue, cast(null(), Integer).label("free"))
    if _in_order_before(wanted):
        priced = priced.order_by(*_keys(priced.selected_columns, wanted)).offset(0)
    catalogue = priced.subquery("catalogue")
    throughout = Throughout(
        actor=actor,
        dates=wanted.dates,
        stock=catalogue.c.stock,
        sold_by_day=catalogue.c.sold_by_day,
    )
    return select(catalogue, throughout.free.label("free")).where(throughout.has(wanted.units))


def _priced(actor: Actor, wanted: CatalogueSearch, dialect: str) -> Select[Any]:
    first_day: ColumnElement[Any] = cast(null(), Date)
    if wanted.dates is not None:
        first_day = Throughout(actor=actor, dates=wanted.dates).first_day
    sold = _on_sale(actor, wanted).add_columns(first_day.label("first_day")).subquery("sold")
    price = unit_price(dialect, f"{sold.name}.rates", f"{sold.name}.first_day")
    question = select(sold, price.label("minor"))
    if most := wanted.price_at_most:
        question = question.where(price <= most.minor, sold.c.currency == most.currency)
    return question


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
            sales_terms.c.rates,
            STOCK.label("stock"),
            resources.c.sold_by_day,
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
