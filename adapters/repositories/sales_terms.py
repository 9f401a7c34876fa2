"""Sales terms in SQL."""

import attrs
from sqlalchemy import select

from adapters.mapping.kinds import converter
from adapters.mapping.sales_terms import sales_terms_of
from adapters.schema.bookings import sales_terms
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.bookings.ports import SalesTermsOfResources
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.kernel.identifiers import ResourceId


@attrs.frozen
class SqlSalesTerms(SalesTermsOfResources):
    scope: Scope

    def find(self, resource_id: ResourceId) -> SalesTerms | None:
        found = self.scope.ask(
            select(sales_terms).where(
                self.scope.owns(sales_terms), sales_terms.c.id == resource_id
            )
        )
        row = found.one_or_none()
        return sales_terms_of(row) if row else None

    def get(self, resource_id: ResourceId) -> SalesTerms:
        found = self.find(resource_id)
        if found is None:
            raise NoSalesTerms(resource_id)
        return found

    def save(self, terms: SalesTerms) -> SalesTerms:
        version = store(
            self.scope,
            sales_terms,
            terms.resource_id,
            terms.version,
            rates=converter.unstructure(terms.rates),
            cancellation=converter.unstructure(terms.cancellation),
            adjustments=converter.unstructure(terms.adjustments),
            conditions=converter.unstructure(terms.conditions),
        )
        EventLog(self.scope).publish(terms.events)
        return attrs.evolve(terms, version=version, events=())
