"""Resources in SQL."""

from collections.abc import Collection, Sequence

import attrs
from sqlalchemy import or_, select, update

from adapters.mapping.kinds import converter
from adapters.mapping.resources import resource_of
from adapters.repositories.finding import make_findable
from adapters.schema.inventory import FOUND_BY, UNFINDABLE, resources
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.inventory.ports import Resources
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.identifiers import ResourceId
from domain.kernel.offerings import Offering


@attrs.frozen
class SqlResources(Resources):
    scope: Scope

    def get(self, resource_id: ResourceId) -> Resource:
        found = self.scope.ask(
            select(resources).where(self.scope.owns(resources), resources.c.id == resource_id)
        )
        row = found.one_or_none()
        if row is None:
            raise ResourceNotFound(resource_id)
        return resource_of(row)

    def known(self, resource_ids: Sequence[ResourceId]) -> Collection[ResourceId]:
        question = select(resources.c.id).where(
            self.scope.owns(resources), resources.c.id.in_(resource_ids)
        )
        return set(self.scope.ask(question).scalars())

    def several(self, resource_ids: Sequence[ResourceId]) -> Sequence[Resource]:
        rows = self.scope.ask(
            select(resources).where(self.scope.owns(resources), resources.c.id.in_(resource_ids))
        )
        return [resource_of(row) for row in rows]

    def selling(self, stock: ResourceId) -> Sequence[Resource]:
        rows = self.scope.ask(
            select(resources)
            .where(
                self.scope.owns(resources),
                or_(resources.c.id == stock, resources.c.stock_id == stock),
            )
            .order_by(resources.c.id)
        )
        return [resource_of(row) for row in rows]

    def make_findable(self, *, limit: int) -> int:
        rows = self.scope.execute(
            select(resources)
            .where(self.scope.owns(resources), UNFINDABLE)
            .order_by(resources.c.id)
            .limit(limit)
            .with_for_update()
        )
        found = [resource_of(row) for row in rows]
        for resource in found:
            make_findable(self.scope, resource)
        if found:
            self.scope.execute(
                update(resources)
                .where(self.scope.owns(resources), resources.c.id.in_([one.id for one in found]))
                .values(found_by=FOUND_BY)
            )
        return len(found)

    def save(self, resource: Resource) -> Resource:
        period = resource.offering.takes_place
        version = store(
            self.scope,
            resources,
            resource.id,
            resource.version,
            kind=resource.offering.kind,
            name=resource.name,
            zone=resource.zone.name,
            sold_by_day=resource.offering.sold_by_day,
            stock_id=resource.stock_id,
            state=resource.state.value,
            deleted_at=resource.deleted_at,
            description=resource.description,
            category=resource.category,
            keywords=list(resource.keywords),
            low_at=resource.low_at,
            cancelled_at=resource.cancelled_at,
            found_by=FOUND_BY,
            starts_at=period and period.starts_at,
            ends_at=period and period.ends_at,
            offering=converter.unstructure(resource.offering, unstructure_as=Offering),
        )
        make_findable(self.scope, resource)
        EventLog(self.scope).publish(resource.events)
        return attrs.evolve(resource, version=version, events=())
