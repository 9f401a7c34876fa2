"""Set what a resource costs and what cancelling it does, for quotes to come."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.bookings.adjustments import NO_ADJUSTMENTS, Adjustments
from domain.bookings.cancellation import CancellationTerms
from domain.bookings.conditions import USUAL_CONDITIONS, Conditions
from domain.bookings.pricing import RatePlan
from domain.bookings.sales_terms import SalesTerms
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class SetSalesTerms:
    """`version` is the one the caller has seen: 0 where there were no terms yet."""

    actor: Actor
    resource_id: ResourceId
    rates: RatePlan
    cancellation: CancellationTerms
    conditions: Conditions = USUAL_CONDITIONS
    adjustments: Adjustments = NO_ADJUSTMENTS
    version: int


@attrs.frozen(kw_only=True)
class SetSalesTermsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock

    async def __call__(self, command: SetSalesTerms, /) -> SalesTerms:
        def set_terms(work: BookingWork) -> SalesTerms:
            resource = work.resources.get(command.resource_id)
            known = work.sales_terms.find(resource.id)
            version = known.version if known else 0
            require_version(version, command.version)
            terms = SalesTerms.set(
                resource.id,
                command.rates,
                command.cancellation,
                replacing=version,
                now=self.clock(),
                conditions=command.conditions,
                adjustments=command.adjustments,
            )
            return work.sales_terms.save(terms)

        return await self.unit_of_work(command.actor, set_terms)
