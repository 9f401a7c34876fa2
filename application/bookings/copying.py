"""Another resource like one that there is, on the same terms."""

import attrs

from application.bookings.ports import BookingWork
from application.kernel.ports import Clock, NewId
from domain.bookings.sales_terms import SalesTerms
from domain.inventory.resource_refusals import ResourceIsDeleted
from domain.inventory.resources import Resource, ResourceState
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering


@attrs.frozen(kw_only=True)
class Copying:
    """Copies what is laid down: not units, bookings, venues or trainers."""

    new_id: NewId
    clock: Clock

    def original(self, work: BookingWork, resource_id: ResourceId) -> Resource:
        """Raises ResourceNotFound and ResourceIsDeleted."""
        like = work.resources.get(resource_id)
        if like.deleted_at is not None:
            raise ResourceIsDeleted(like.id)
        return like

    def resource(
        self, like: Resource, offering: Offering, *, name: str | None, state: ResourceState
    ) -> Resource:
        return Resource.add(
            ResourceId(self.new_id()),
            name=name or like.name,
            zone=like.zone,
            offering=offering,
            state=state,
            description=like.description,
            category=like.category,
            keywords=like.keywords,
            low_at=like.low_at,
            now=self.clock(),
        )

    def terms(self, terms: SalesTerms, copy: Resource) -> SalesTerms:
        return SalesTerms.set(
            copy.id,
            terms.rates,
            terms.cancellation,
            replacing=0,
            now=self.clock(),
            conditions=terms.conditions,
            adjustments=terms.adjustments,
        )
