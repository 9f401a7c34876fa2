"""Puts things on sale, by the use cases that everybody has."""

import attrs

from application.bookings.set_sales_terms import SetSalesTerms
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.pricing import RatePlan
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.offerings import Offering
from domain.kernel.periods import DateRange, Zone
from entrypoints.wiring.container import Container


@attrs.frozen(kw_only=True)
class Shelves:
    container: Container
    actor: Actor

    async def add(self, name: str, zone: Zone, offering: Offering, rates: RatePlan) -> Resource:
        command = AddResource(actor=self.actor, name=name, zone=zone, offering=offering)
        resource: Resource = await self.container.inventory.add_resource()(command)
        terms = SetSalesTerms(
            actor=self.actor,
            resource_id=resource.id,
            rates=rates,
            cancellation=USUAL_TERMS,
            version=0,
        )
        await self.container.bookings.set_sales_terms()(terms)
        return resource

    async def fill(
        self,
        resource: Resource,
        units: int,
        *,
        dates: DateRange | None = None,
        part: str | None = None,
    ) -> None:
        """`dates` for what is sold by the day, `part` for what is sold in parts."""
        await self.container.inventory.open_pools()(
            OpenPools(
                actor=self.actor,
                resource_id=resource.id,
                dates=dates,
                part=part,
                capacity=units,
            )
        )
