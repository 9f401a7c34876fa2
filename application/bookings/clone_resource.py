"""Add another resource like one that there is: a session on another day, a room type more."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import attrs

from application.bookings.copying import Copying
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.inventory.events import PoolsOpened
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import Offering
from domain.kernel.periods import YEARS, BadDates, Period, Zone
from domain.kernel.refusals import Invalid


@attrs.frozen
class DayNeeded(Invalid):
    code: ClassVar[str] = "day_needed"
    field: ClassVar[str] = "day"

    def __str__(self) -> str:
        return "say on which day it takes place; what is always there takes place on none"


@attrs.frozen(kw_only=True)
class CloneResource:
    """`day` is a local date of the place, or None for what is always there."""

    actor: Actor
    resource_id: ResourceId
    day: date | None
    name: str | None = None
    state: ResourceState = ResourceState.DRAFT
    once: Once[Resource] | None = None


@attrs.frozen(kw_only=True)
class CloneResourceHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    copying: Copying

    async def __call__(self, command: CloneResource, /) -> Resource:
        """With the sales terms and, if it takes place once, as many units, all of them free."""

        def clone(work: BookingWork) -> Resource:
            like = self.copying.original(work, command.resource_id)
            offering = _on(command.day, like.offering, like.zone)
            copy = work.resources.save(
                self.copying.resource(like, offering, name=command.name, state=command.state)
            )
            terms = work.sales_terms.find(like.id)
            if terms is not None:
                work.sales_terms.save(self.copying.terms(terms, copy))
            if command.day is not None:
                self._open(work, like, copy)
            return copy

        return await self.unit_of_work(command.actor, clone, once=command.once)

    def _open(self, work: BookingWork, like: Resource, copy: Resource) -> None:
        originals = {part: pool_id for part, pool_id, _ in _pools(like)}
        known = work.inventory.lock(list(originals.values()))
        pools = [
            Pool(
                id=pool_id,
                resource_id=copy.id,
                day=day,
                capacity=known[originals[part]].capacity,
                allowance=known[originals[part]].allowance,
            )
            for part, pool_id, day in _pools(copy)
            if originals[part] in known
        ]
        work.inventory.open(sorted(pools, key=lambda pool: pool.id))
        for pool in pools:
            work.facts.publish([self._opened(copy, pool)])

    def _opened(self, copy: Resource, pool: Pool) -> PoolsOpened:
        return PoolsOpened(
            resource_id=copy.id,
            first=None,
            until=None,
            capacity=pool.capacity,
            allowance=pool.allowance,
            closed=False,
            occurred_at=self.clock(),
        )


def _on(day: date | None, offering: Offering, zone: Zone) -> Offering:
    """At the same time on the wall, for as long. Raises DayNeeded and BadDates."""
    period = offering.takes_place
    if (day is None) is not (period is None):
        raise DayNeeded
    if day is None or period is None:
        return offering
    if day.year not in YEARS:
        raise BadDates(day, day)
    starts_at = zone.moment(day, zone.wall_time(period.starts_at).time())
    return offering.moved_to(Period(starts_at, starts_at + (period.ends_at - period.starts_at)))


def _pools(resource: Resource) -> Iterator[tuple[str | None, PoolId, date]]:
    for part in resource.offering.parts:
        days = resource.offering.pools(resource.stock, dates=None, zone=resource.zone, part=part)
        for pool_id, day in days.items():
            yield part, pool_id, day
