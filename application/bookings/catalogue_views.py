"""The catalogue as customers look through it: what is on sale, for when and for how much."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import DateRange


class CatalogueOrder(Enum):
    NAME = "name"
    SOONEST = "soonest"
    PRICE = "price"


@attrs.frozen(kw_only=True)
class CatalogueSearch:
    """All of it has to be so; of the values of one facet, any.

    Each word of `text` begins one that is said about the resource. `units` are wanted on every
    day of `dates` on which it is sold; without dates, nobody asks how many are left.
    """

    text: str = ""
    kind: str | None = None
    facets: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    dates: DateRange | None = None
    units: int = 1
    price_at_most: Money | None = None
    order: CatalogueOrder = CatalogueOrder.NAME


@attrs.frozen(kw_only=True)
class CatalogueItem:
    """`unit_price` is that of the usual rate on `first_day`, before discounts, fees and taxes."""

    resource_id: ResourceId
    kind: str
    name: str
    description: str
    category: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    first_day: date | None
    free: int | None
    unit_price: Money


class CatalogueViews(Protocol):
    async def search(
        self, actor: Actor, wanted: CatalogueSearch, *, slice: Slice
    ) -> Page[CatalogueItem]:
        """What is published and has rates, in the order wanted."""
        ...
