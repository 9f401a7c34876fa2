"""What the rows of a page ask for again and again: it is looked up once in a transaction."""

import attrs

from adapters.repositories.resources import SqlResources
from adapters.repositories.sales_terms import SqlSalesTerms
from domain.bookings.sales_terms import SalesTerms
from domain.inventory.resources import Resource
from domain.kernel.identifiers import ResourceId


@attrs.frozen
class ResourcesAskedOnce(SqlResources):
    """What is saved here is looked up anew: by then it has another version."""

    seen: dict[ResourceId, Resource] = attrs.field(factory=dict, init=False, eq=False)

    def get(self, resource_id: ResourceId) -> Resource:
        if resource_id not in self.seen:
            self.seen[resource_id] = super().get(resource_id)
        return self.seen[resource_id]

    def save(self, resource: Resource) -> Resource:
        self.seen.pop(resource.id, None)
        return super().save(resource)


@attrs.frozen
class TermsAskedOnce(SqlSalesTerms):
    """What is saved here is looked up anew."""

    seen: dict[ResourceId, SalesTerms | None] = attrs.field(factory=dict, init=False, eq=False)

    def find(self, resource_id: ResourceId) -> SalesTerms | None:
        if resource_id not in self.seen:
            self.seen[resource_id] = super().find(resource_id)
        return self.seen[resource_id]

    def save(self, terms: SalesTerms) -> SalesTerms:
        self.seen.pop(terms.resource_id, None)
        return super().save(terms)
