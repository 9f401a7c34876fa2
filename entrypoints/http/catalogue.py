"""The route on which customers look through the catalogue."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar

import attrs
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.bookings.catalogue_views import (
    CatalogueItem,
    CatalogueOrder,
    CatalogueSearch,
    CatalogueViews,
)
from application.kernel.pages import BadCursor
from domain.identity.request_limits import Counted
from domain.kernel.actors import Permission
from domain.kernel.money import Money, UnknownCurrency
from domain.kernel.periods import BadDates, DateRange
from domain.kernel.refusals import Invalid
from entrypoints.http.availability import AtLeast, First, Free, Until
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.resource_shapes import Category, Description
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    LONGEST_RANGE,
    ONE_LINE,
    Currency,
    Identifier,
    Kind,
    MinorUnits,
    Moment,
    MoneyBody,
    Name,
    Output,
)

AnyRequest = Request[Any, Any, Any]

Text = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=200,
        description="Words, or how they begin; all of them are to be found.",
        examples=["doub sea"],
    ),
]
Value = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Faro"])]
AnyOf = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=400,
        description="Keywords, of which one is enough, set apart by commas.",
        examples=["quiet,sea view"],
    ),
]


@attrs.frozen
class DatesIncomplete(Invalid):
    code: ClassVar[str] = "dates_incomplete"
    field: ClassVar[str] = "until"

    def __str__(self) -> str:
        return "give both dates, or none"


@attrs.frozen
class CurrencyNeeded(Invalid):
    """The most that something may cost is an amount of a currency."""

    code: ClassVar[str] = "currency_needed"
    field: ClassVar[str] = "currency"

    def __str__(self) -> str:
        return "say in which currency: prices in others are not compared"


class CatalogueQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from"}):
    q: Text | None = None
    kind: Kind | None = None
    location: Value | None = None
    category: Value | None = None
    tier: Value | None = None
    company: Value | None = None
    keywords: AnyOf | None = None
    first: First | None = None
    until: Until | None = None
    units: AtLeast = 1
    price_max: MinorUnits | None = None
    currency: Currency | None = None
    sort: CatalogueOrder = CatalogueOrder.NAME

    def search(self) -> CatalogueSearch:
        """Raises BadDates, DatesIncomplete, CurrencyNeeded and UnknownCurrency."""
        return CatalogueSearch(
            text=self.q or "",
            kind=self.kind,
            facets=self._facets(),
            dates=self._dates(),
            units=self.units,
            price_at_most=self._price(),
            order=self.sort,
        )

    def _facets(self) -> dict[str, Sequence[str]]:
        given = {
            "location": self.location,
            "category": self.category,
            "tier": self.tier,
            "company": self.company,
        }
        facets: dict[str, Sequence[str]] = {
            name: (value,) for name, value in given.items() if value is not None
        }
        if self.keywords is not None:
            facets["keyword"] = self.keywords.split(",")
        return facets

    def _dates(self) -> DateRange | None:
        if self.first is None and self.until is None:
            return None
        if self.first is None or self.until is None:
            raise DatesIncomplete
        return DateRange.of_at_most(LONGEST_RANGE, self.first, self.until)

    def _price(self) -> Money | None:
        if self.price_max is None:
            return None
        if self.currency is None:
            raise CurrencyNeeded
        return Money(self.price_max, self.currency)


class CatalogueItemBody(Output, frozen=True):
    """`unit_price` is that of the usual rate on `first_day`; a quote says all of the price."""

    resource_id: Identifier
    kind: Kind
    name: Name
    description: Description
    category: Category | None
    starts_at: Moment | None
    ends_at: Moment | None
    first_day: date | None
    free: Free | None
    unit_price: MoneyBody

    @classmethod
    def of(cls, item: CatalogueItem) -> "CatalogueItemBody":
        return cls(
            resource_id=item.resource_id,
            kind=item.kind,
            name=item.name,
            description=item.description,
            category=item.category,
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            first_day=item.first_day,
            free=item.free,
            unit_price=MoneyBody.of(item.unit_price),
        )


class CataloguePage(Output, frozen=True):
    items: Annotated[Sequence[CatalogueItemBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


SEARCH = Query(CatalogueQuery)


@get(
    "/v1/catalogue",
    opt=Operation(
        tag="availability",
        needs=Permission.READ_CATALOGUE,
        counts_as=Counted.SEARCH,
        query=SEARCH,
        shows=CataloguePage,
        refuses=(BadCursor, BadDates, DatesIncomplete, CurrencyNeeded, UnknownCurrency),
    ).opt,
)
async def search_catalogue(
    request: AnyRequest, catalogue_views: NamedDependency[SkipValidation[CatalogueViews]]
) -> Response[bytes]:
    """What is on sale: published, with rates, and with dates also with enough units left."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await catalogue_views.search(
        actor_of(request), query.search(), slice=cursors.slice(query)
    )
    items = [CatalogueItemBody.of(item) for item in page.items]
    return cursors.respond(CataloguePage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[search_catalogue])
