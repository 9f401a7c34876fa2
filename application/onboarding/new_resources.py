"""What is to be on sale from the beginning."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from application.inventory.import_openings import OpeningRow, opened_by, pools_of
from application.kernel.ports import NewId
from application.onboarding.ports import OnboardingWork
from application.onboarding.refusals import MOST_POOLS, NotAnEarlierOne, TooMuchAtOnce, part
from domain.bookings.adjustments import NO_ADJUSTMENTS, Adjustments
from domain.bookings.cancellation import CancellationTerms
from domain.bookings.conditions import USUAL_CONDITIONS, Conditions
from domain.bookings.pricing import RatePlan
from domain.bookings.sales_terms import SalesTerms
from domain.inventory.pools import Pool
from domain.inventory.resource_refusals import UnfitStock
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.events import Event
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import DateRange, Zone


@attrs.frozen(kw_only=True)
class NewTerms:
    rates: RatePlan
    cancellation: CancellationTerms
    conditions: Conditions = USUAL_CONDITIONS
    adjustments: Adjustments = NO_ADJUSTMENTS


@attrs.frozen(kw_only=True)
class NewOpening:
    """`dates` are local dates of the place, or None for what is sold whole."""

    dates: DateRange | None = None
    part: str | None = None
    capacity: int
    allowance: int = 0
    closed: bool = False

    @property
    def size(self) -> int:
        return 1 if self.dates is None else (self.dates.until - self.dates.first).days

    def of(self, resource: Resource) -> OpeningRow:
        return OpeningRow(resource_id=resource.id, **attrs.asdict(self, recurse=False))


@attrs.frozen(kw_only=True)
class NewResource:
    """Of two openings of one day, the later one counts.

    It sells units of its own, or those of the earlier one at the place `stock_of`.
    """

    name: str
    zone: Zone
    offering: Offering
    state: ResourceState = ResourceState.PUBLISHED
    description: str = ""
    category: str | None = None
    keywords: tuple[str, ...] = ()
    low_at: int | None = None
    stock_of: int | None = None
    terms: NewTerms | None = None
    openings: tuple[NewOpening, ...] = ()

    def resource(self, id: ResourceId, earlier: Sequence[Resource], *, now: datetime) -> Resource:
        """Raises NotAnEarlierOne."""
        try:
            return self._added(id, self._stock(earlier), now)
        except UnfitStock:
            raise NotAnEarlierOne from None

    def _added(self, id: ResourceId, stock: Resource | None, now: datetime) -> Resource:
        return Resource.add(
            id,
            name=self.name,
            zone=self.zone,
            offering=self.offering,
            stock=stock,
            state=self.state,
            description=self.description,
            category=self.category,
            keywords=self.keywords,
            low_at=self.low_at,
            now=now,
        )

    def _stock(self, earlier: Sequence[Resource]) -> Resource | None:
        if self.stock_of is None:
            return None
        if self.stock_of >= len(earlier) or earlier[self.stock_of].stock_id is not None:
            raise NotAnEarlierOne
        return earlier[self.stock_of]


@attrs.frozen(kw_only=True)
class Assortment:
    """Made up before anything is asked of the storage: all of it is new, and waits for nobody."""

    resources: Sequence[Resource]
    terms: Sequence[SalesTerms]
    pools: Mapping[PoolId, Pool]
    opened: Sequence[Event]

    @classmethod
    def of(cls, wanted: Sequence[NewResource], *, new_id: NewId, now: datetime) -> "Assortment":
        """Raises PartRefused or TooMuchAtOnce."""
        if sum(opening.size for one in wanted for opening in one.openings) > MOST_POOLS:
            raise TooMuchAtOnce
        resources: list[Resource] = []
        for place, one in enumerate(wanted):
            with part("resources", place):
                resources.append(one.resource(ResourceId(new_id()), resources, now=now))
        rows = list(_rows(wanted, resources))
        return cls(
            resources=resources,
            terms=list(_terms(wanted, resources, now)),
            pools={pool.id: pool for _, pools in rows for pool in pools},
            opened=[opened_by(row, now) for row, _ in rows],
        )

    def keep(self, work: OnboardingWork) -> tuple[Resource, ...]:
        kept = tuple(work.resources.save(resource) for resource in self.resources)
        for terms in self.terms:
            work.sales_terms.save(terms)
        work.inventory.open(list(self.pools.values()))
        work.facts.publish(self.opened)
        return kept


def _terms(
    wanted: Sequence[NewResource], resources: Sequence[Resource], now: datetime
) -> Iterator[SalesTerms]:
    for place, (one, resource) in enumerate(zip(wanted, resources, strict=True)):
        if one.terms is not None:
            with part("resources", place, "sales_terms"):
                yield SalesTerms.set(
                    resource.id,
                    one.terms.rates,
                    one.terms.cancellation,
                    replacing=0,
                    now=now,
                    conditions=one.terms.conditions,
                    adjustments=one.terms.adjustments,
                )


def _rows(
    wanted: Sequence[NewResource], resources: Sequence[Resource]
) -> Iterator[tuple[OpeningRow, Sequence[Pool]]]:
    for place, (one, resource) in enumerate(zip(wanted, resources, strict=True)):
        for number, opening in enumerate(one.openings):
            with part("resources", place, "openings", number):
                row = opening.of(resource)
                yield row, list(pools_of(row, resource))
